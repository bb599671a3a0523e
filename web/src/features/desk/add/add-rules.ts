import type { Session } from '../../../../../shared/contracts/sessions.ts';
import type { CivilTime } from '../../../../../shared/kernel/days.ts';
import { normalizedPhone } from '../../../../../shared/kernel/phone.ts';
import { isResidentId } from '../../../../../shared/kernel/resident-id.ts';
import { phaseOf } from '../board-rules.ts';
import type { Wanted } from './requests.ts';

/** One request takes at most so many sessions; the server says the same. */
export const MOST_SESSIONS = 10;

export const cardNumberIn = (typed: string): string => typed.normalize('NFKC').replace(/\s/g, '').toUpperCase();

/** Which number staff typed: a card number or a phone number, or what is wrong with it. */
export function wantedOf(typed: string): Wanted | 'whoBad' | 'cardBad' {
  const number = cardNumberIn(typed);
  if (/^[1-9]\d{16}[\dX]$/.test(number)) return isResidentId(number) ? { cardNumber: number } : 'cardBad';
  const phone = normalizedPhone(number);
  return phone === undefined ? 'whoBad' : { phone };
}

/** Why staff cannot book into a session. They may while it runs, unlike residents: that is what a walk-in is. */
export function whyNotWalkIn(session: Session, now: CivilTime): 'over' | 'closed' | 'full' | undefined {
  if (phaseOf(session, now) === 'over') return 'over';
  if (session.status === 'closed') return 'closed';
  return session.placesLeft <= 0 ? 'full' : undefined;
}
