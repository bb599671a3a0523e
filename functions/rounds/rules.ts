import { keptFor } from '../../shared/booking/book/eligibility.ts';
import { reserveOf } from '../../shared/booking/claim/seats.ts';
import type { SessionItem } from '../../shared/booking/items/session.ts';
import type { Eligibility } from '../../shared/contracts/policy.ts';
import type { Round, RoundRequest, RoundSession, RoundSummary } from '../../shared/contracts/rounds.ts';
import { instantOf } from '../../shared/kernel/days.ts';
import { type Refusal, refuse, wrongField } from '../../shared/kernel/refusal.ts';
import { ruleOf } from './draw/rules/text.ts';
import type { ApplicationItem, RoundItem, RoundSessionsItem } from './items.ts';

/**
 * A request that was let in before a moment has passed is over a minute after it, because its function is stopped within 10 seconds. So
 * what is read a minute after the draw's time does not change any more.
 */
const SETTLE_MS = 60_000;
const YEAR_MS = 366 * 86_400_000;

/** From when on the draw can be carried out. */
export const settledAt = ({ drawsAt }: Pick<RoundItem, 'drawsAt'>): Date => new Date(Date.parse(drawsAt) + SETTLE_MS);

/** Why a round cannot be opened with these times, or `undefined`. */
export function refusalOfTimes({ opensAt, closesAt, drawsAt }: RoundRequest, now: Date): Refusal | undefined {
  const [opens, closes, draws] = [opensAt, closesAt, drawsAt].map((at) => Date.parse(at));
  if (opens === undefined || closes === undefined || draws === undefined) return refuse('invalid-input');
  if (closes <= opens) return wrongField('body.closesAt', 'order', 'must be after "opensAt"');
  if (closes <= now.getTime()) return wrongField('body.closesAt', 'past', 'must lie in the future');
  if (draws < closes) return wrongField('body.drawsAt', 'order', 'must not be before "closesAt"');
  if (draws - now.getTime() > YEAR_MS) return wrongField('body.drawsAt', 'too-far', 'must be within a year');
  return undefined;
}

/** Whether there is a result, which is public from then on. */
export const isDrawn = ({ status }: Pick<RoundItem, 'status'>): boolean =>
  status === 'drawn' || status === 'seated' || status === 'settled';

type Moments = Pick<RoundItem, 'status' | 'opensAt' | 'closesAt'>;

/** What a round is to people at `now`. Between the window and the draw nothing happens that they could see. */
export function phaseOf({ status, opensAt, closesAt }: Moments, now: Date): RoundSummary['phase'] {
  if (status === 'settled') return status;
  if (isDrawn({ status })) return 'drawn';
  if (now.getTime() >= Date.parse(closesAt)) return 'closed';
  return status === 'open' && now.getTime() >= Date.parse(opensAt) ? 'open' : 'upcoming';
}

/** Why an application cannot be made or changed now, or `undefined`. */
export function refusalOfWindow(round: RoundItem, now: Date): Refusal | undefined {
  if (phaseOf(round, now) === 'open') return undefined;
  return refuse('round-not-open', { roundId: round.roundId, opensAt: round.opensAt, closesAt: round.closesAt });
}

/** Why the group is none of this round, or `undefined`. */
export function refusalOfGroup(round: RoundItem, groupId: string | undefined): Refusal | undefined {
  const known = groupId === undefined || round.groups.some((group) => group.groupId === groupId);
  return known ? undefined : refuse('group-not-in-round', { groupId });
}

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

/** A round as everybody may see it in a list. */
export function summaryOf(item: RoundItem, now: Date): RoundSummary {
  const { roundId, title, opensAt, closesAt, drawsAt, centerIds, sessionCount, groups, seedHash } = item;
  const phase = phaseOf(item, now);
  return { roundId, title, opensAt, closesAt, drawsAt, phase, centerIds, sessionCount, groups, seedHash };
}

/** A round with its sessions, and from the draw on with the seed and what came of it. */
export function publicRound(item: RoundItem, { sessions, places }: RoundSessionsItem, now: Date): Round {
  const { seed, resultHash, drawnAt, applications, children, childrenPlaced } = item;
  const seatedAll = item.status === 'seated' || item.status === 'settled';
  return {
    ...summaryOf(item, now),
    rule: ruleOf(item.ruleVersion),
    sessions: sessions.map((session, index) => ({ ...session, places: places?.[index] ?? session.places })),
    ...(isDrawn(item) ? { seed, resultHash, drawnAt, applications, children, childrenPlaced } : {}),
    sessionsSeated: seatedAll ? item.sessionCount : item.status === 'drawn' ? item.done : 0,
  };
}
