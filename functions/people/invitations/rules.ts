import type { IsoDate } from '../../../shared/kernel/days.ts';
import { type Refusal, refuse, wrongField } from '../../../shared/kernel/refusal.ts';
import { isChild } from '../profiles/rules.ts';

/** Long enough for someone who looks once a week. */
export const INVITATION_DAYS = 14;

/** Enough for a family, too few to try numbers. */
export const INVITATIONS_A_DAY_MOST = 10;

/** Refuses `adults-only` when the date of birth is known and says a child. */
export function checkAdult(birthDate: IsoDate | undefined, today: IsoDate): void {
  if (isChild(birthDate, today)) throw refuse('adults-only');
}

/** The refusal when somebody invites the number they sign in with. */
export const ownNumber = (at: string): Refusal =>
  wrongField({ at, rule: 'own-number', message: 'this is your own number' });
