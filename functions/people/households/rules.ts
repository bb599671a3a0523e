import type { Household } from '../../../shared/contracts/people.ts';
import { ageOn, type IsoDate } from '../../../shared/kernel/days.ts';
import { refuse, wrongField } from '../../../shared/kernel/refusal.ts';
import { birthDateFromCard, CHILD_UNDER_YEARS } from '../profiles/rules.ts';

export const MEMBERS_MOST = 12;

/** Law on the Protection of the Rights and Interests of the Elderly of the PRC, article 2: sixty and over. */
const ELDER_FROM_YEARS = 60;

/** Refuses `invalid-input` when someone born on `birthDate` is no child, or no elder, `today`; `resident-id-check` when the card says another date. */
export function checkMember(
  member: { role: 'child' | 'elder'; birthDate: IsoDate; cardNumber?: string | undefined },
  today: IsoDate,
): void {
  if (member.birthDate > today)
    throw wrongField({ at: 'body.birthDate', rule: 'future', message: 'must not lie in the future' });
  const age = ageOn(member.birthDate, today);
  if (member.role === 'child' && age >= CHILD_UNDER_YEARS) {
    throw wrongField({ at: 'body.birthDate', rule: 'child-age', message: `a child is under ${CHILD_UNDER_YEARS}` });
  }
  if (member.role === 'elder' && age < ELDER_FROM_YEARS) {
    throw wrongField({ at: 'body.birthDate', rule: 'elder-age', message: `an elder is ${ELDER_FROM_YEARS} or older` });
  }
  if (member.cardNumber && birthDateFromCard(member.cardNumber) !== member.birthDate) throw refuse('resident-id-check');
}

type Member = Pick<Household['members'][number], 'personId' | 'role'>;

/**
 * The adult who must still be there when `leaving` has left; `undefined` when those who stay need none. Refuses `last-adult` when
 * they need one and there is none, `no-authority` to a child: it belongs where its guardians have put it.
 */
export function keeperAfter(leaving: Member, others: readonly Member[]): string | undefined {
  if (leaving.role === 'child') throw refuse('no-authority');
  const needOne = leaving.role === 'adult' ? others.length > 0 : others.some(({ role }) => role === 'child');
  if (!needOne) return undefined;
  const keeper = others.find(({ role }) => role === 'adult');
  if (!keeper) throw refuse('last-adult');
  return keeper.personId;
}
