import type { Order } from '../../../shared/booking/order/order.ts';
import type { ClosureOutcome, ClosureRow, ClosureTotals } from '../../../shared/contracts/closures.ts';
import type { CaseItem } from './items.ts';

/**
 * Cases as parties, in the order of the first of each: several people of one order in one session are offered a place together. What
 * staff booked for several people is theirs one by one: none of them answers for the others.
 */
export function partiesOf<One extends Pick<CaseItem, 'bookingId' | 'orderId' | 'sessionId' | 'byStaff'>>(
  cases: readonly One[],
): One[][] {
  const partyOf = ({ bookingId, orderId, sessionId, byStaff }: One) =>
    orderId && sessionId && !byStaff ? `${orderId} ${sessionId}` : bookingId;
  return [...Map.groupBy(cases, partyOf).values()];
}

/** A hold whose time is over books no more, whether or not anybody has released it yet. */
export function outcomeOf(
  one: Pick<CaseItem, 'state'>,
  order: Order | undefined,
  nowEpochSeconds: number,
): ClosureOutcome {
  if (one.state === 'none' || one.state === 'kept' || one.state === 'ended') return one.state;
  if (one.state !== 'offered' || !order) return 'waiting';
  if (order.status === 'booked') return 'moved';
  if (order.status === 'released') return order.because === 'hold-expired' ? 'lapsed' : 'declined';
  return (order.dueAtEpochSeconds ?? 0) > nowEpochSeconds ? 'offered' : 'lapsed';
}

const REFUNDED: readonly ClosureOutcome[] = ['declined', 'lapsed', 'none'];

export const isRefunded = (outcome: ClosureOutcome): boolean => REFUNDED.includes(outcome);

/** Counted from the rows alone, so that the report adds up by construction. */
export function totalsOf(rows: readonly Pick<ClosureRow, 'outcome' | 'refundFen'>[]): ClosureTotals {
  const count = (...outcomes: ClosureOutcome[]) => rows.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const back = rows.filter(({ outcome }) => isRefunded(outcome));
  return {
    affected: rows.length,
    waiting: count('waiting'),
    offered: count('offered'),
    moved: count('moved'),
    refunded: back.length,
    kept: count('kept'),
    ended: count('ended'),
    refundFen: back.reduce((sum, { refundFen }) => sum + refundFen, 0),
  };
}
