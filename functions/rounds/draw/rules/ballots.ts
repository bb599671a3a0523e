import { keptFor } from '../../../../shared/booking/book/eligibility.ts';
import { reserveOf } from '../../../../shared/booking/claim/seats.ts';
import type { SessionItem } from '../../../../shared/booking/items/session.ts';
import type { SessionId } from '../../../../shared/contracts/common.ts';
import type { Eligibility } from '../../../../shared/contracts/policy.ts';
import type { RoundSession } from '../../../../shared/contracts/rounds.ts';
import { instantOf } from '../../../../shared/kernel/days.ts';
import type { ApplicationItem } from '../../applications/items.ts';
import type { RoundItem } from '../../items.ts';

/**
 * The places that a draw gives: those that are free, but for the ones that the offering still keeps for a priority group at that time. They
 * stay kept, and are the group's until the time that its rule says.
 */
export function placesToGive(session: SessionItem, rule: Eligibility | undefined, drawnAt: Date): number {
  const { date, startsAt, capacity, taken } = session;
  const [drawn, starts] = [drawnAt, instantOf(date, startsAt)].map((moment) => Math.floor(moment.getTime() / 1_000));
  const kept = keptFor(rule, drawn ?? 0, starts ?? 0);
  const reserve = reserveOf(session, kept && { places: kept.places, ofGroup: false });
  return Math.max(0, capacity - taken - reserve);
}

/** What is drawn of an application: its number in the list of groups counts only when staff have confirmed it. */
export function ballotOf(
  { applicationId, personIds, wishes, groupId, confirmed }: ApplicationItem,
  round: RoundItem,
  numberOf: ReadonlyMap<string, number>,
) {
  const index = confirmed ? round.groups.findIndex((group) => group.groupId === groupId) : -1;
  return {
    code: applicationId,
    group: index < 0 ? null : index + 1,
    size: personIds.length,
    wishes: wishes.map((sessionId) => numberOf.get(sessionId) ?? 0),
  };
}

export const numbersOf = (sessions: readonly RoundSession[]): ReadonlyMap<string, number> =>
  new Map(sessions.map(({ sessionId, number }) => [sessionId, number]));

/** The sessions as the result hash is taken of them. */
export const publishedSessions = (
  sessions: readonly { number: number; sessionId: SessionId }[],
  places: readonly number[],
) => sessions.map(({ number, sessionId }) => ({ number, sessionId, places: places[number - 1] ?? 0 }));
