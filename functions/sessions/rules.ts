import { fullFacts, type KeptPlaces, reserveOf } from '../../shared/booking/claim/seats.ts';
import type { AgendaDayItem } from '../../shared/booking/items/day-sheet.ts';
import { placesFor, type SessionItem } from '../../shared/booking/items/session.ts';
import type { PersonId, SessionId } from '../../shared/contracts/common.ts';
import { type CivilTime, minutesOf, quartersBetween } from '../../shared/kernel/days.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';

/** Why this session takes no bookings now, or `undefined`. `civil` is the wall clock of the center. */
export function refusalOfTime(session: SessionItem, civil: CivilTime): Refusal | undefined {
  const { sessionId } = session;
  const started =
    session.date < civil.date || (session.date === civil.date && minutesOf(session.startsAt) <= civil.minutes);
  if (started) return refuse('session-started', { sessionId });
  return refusalOfStatus(session);
}

/** Walk-ins are booked while the session runs: staff may, until it ends. */
export function refusalOfTimeForStaff(session: SessionItem, civil: CivilTime): Refusal | undefined {
  const { sessionId } = session;
  const over = session.date < civil.date || (session.date === civil.date && minutesOf(session.endsAt) <= civil.minutes);
  if (over) return refuse('session-started', { sessionId });
  return refusalOfStatus(session);
}

/** Places that a draw gives are not first come, first served until it is over. */
function refusalOfStatus({ sessionId, status, roundId }: SessionItem): Refusal | undefined {
  if (status === 'allocating') return refuse('in-allocation', { sessionId, roundId });
  return status === 'open' ? undefined : refuse('session-closed', { sessionId });
}

/**
 * What the session as read says about this party: full, others wait, or someone is in it already. Kinder and cheaper than the claim's
 * own no. A hold that has lapsed counts as free: the claim gives it back on its way.
 */
export function refusalOfSeats(
  session: SessionItem,
  personIds: readonly PersonId[],
  nowEpochSeconds: number,
  kept?: KeptPlaces,
): Refusal | undefined {
  const { sessionId } = session;
  const twice = personIds.find((personId) => session.seats[personId]);
  if (twice) return refuse('already-booked', { sessionId, personId: twice });
  const lapsed = Object.values(session.seats).filter(
    ({ heldUntilEpochSeconds: until }) => until !== undefined && until <= nowEpochSeconds,
  ).length;
  const placesLeft = placesFor({ ...session, taken: session.taken - lapsed });
  const reserve = reserveOf(session, kept);
  if (placesLeft - reserve >= personIds.length) return undefined;
  return refuse('session-full', fullFacts(session, placesLeft, reserve, personIds.length, kept));
}

/** Whether the person's own day, as read, is free for the session. */
export function refusalOfAgenda(
  session: SessionItem,
  personId: PersonId,
  day: AgendaDayItem | undefined,
): Refusal | undefined {
  const busy = quartersBetween(session.startsAt, session.endsAt).some((quarter) => day?.busy.has(quarter));
  return busy ? refuse('person-busy', { personId, sessionId: session.sessionId, date: session.date }) : undefined;
}

type PartyOf = { readonly session: SessionItem; readonly beneficiaryIds: readonly PersonId[] };

/** Somebody who is wanted in two sessions of one request that overlap: nobody can attend both. */
export function overlapOfOne(
  parties: readonly PartyOf[],
): { personId: PersonId; sessionId: SessionId; date: string } | undefined {
  for (const [index, { session: one, beneficiaryIds }] of parties.entries()) {
    for (const { session: other, beneficiaryIds: others } of parties.slice(index + 1)) {
      const both = beneficiaryIds.find((personId) => others.includes(personId));
      const meet = one.date === other.date && one.startsAt < other.endsAt && other.startsAt < one.endsAt;
      if (both && meet) return { personId: both, sessionId: other.sessionId, date: other.date };
    }
  }
  return undefined;
}

/**
 * The odds of somebody on the waitlist, told from what happened before: `needed` places must come free for them, and `freedBefore` came
 * free on average in the same session of the weeks before. Good when that is enough, fair up to twice as much, else slim.
 */
export function oddsOf(needed: number, freedBefore: number | undefined): 'good' | 'fair' | 'slim' | 'unknown' {
  if (freedBefore === undefined) return 'unknown';
  if (needed <= freedBefore) return 'good';
  return needed <= 2 * freedBefore ? 'fair' : 'slim';
}
