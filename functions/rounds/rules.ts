import type { Round, RoundRequest, RoundSummary } from '../../shared/contracts/rounds.ts';
import { type Refusal, refuse, wrongField } from '../../shared/kernel/refusal.ts';
import { ruleOf } from './draw/rules/text.ts';
import type { RoundItem, RoundSessionsItem } from './items.ts';

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
  if (closes <= opens) return wrongField({ at: 'body.closesAt', rule: 'order', message: 'must be after "opensAt"' });
  if (closes <= now.getTime())
    return wrongField({ at: 'body.closesAt', rule: 'past', message: 'must lie in the future' });
  if (draws < closes)
    return wrongField({ at: 'body.drawsAt', rule: 'order', message: 'must not be before "closesAt"' });
  if (draws - now.getTime() > YEAR_MS)
    return wrongField({ at: 'body.drawsAt', rule: 'too-far', message: 'must be within a year' });
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
