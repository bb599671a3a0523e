import type { Session } from '../../../../../shared/contracts/sessions.ts';
import type { CivilTime } from '../../../../../shared/kernel/days.ts';
import { phaseOf } from '../board-rules.ts';

/** One request takes at most so many sessions; the server says the same. */
export const MOST_SESSIONS = 10;

/** Why staff cannot book into a session. They may while it runs, unlike residents: that is what a walk-in is. */
export function whyNotWalkIn(session: Session, now: CivilTime): 'over' | 'closed' | 'full' | undefined {
  if (phaseOf(session, now) === 'over') return 'over';
  if (session.status === 'closed') return 'closed';
  return session.placesLeft <= 0 ? 'full' : undefined;
}
