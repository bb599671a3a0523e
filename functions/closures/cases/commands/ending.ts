import type { Authorized } from '../../../../shared/access/authorize.ts';
import { releaseAgenda, releaseRoom, releaseSeat, type Why } from '../../../../shared/booking/claim/release.ts';
import { readRow } from '../../../../shared/booking/facts/bookings.ts';
import { readRoomDay } from '../../../../shared/booking/facts/days.ts';
import { readOrder } from '../../../../shared/booking/facts/orders.ts';
import { readSession } from '../../../../shared/booking/facts/sessions.ts';
import { reconcileRoomEntry, reconcileSeat } from '../../../../shared/booking/heal/reconcile.ts';
import { leaveHold } from '../../../../shared/booking/order/order.ts';
import { moveRow } from '../../../../shared/booking/row/rows.ts';
import type { ClosureItem } from '../../items.ts';
import type { CaseItem } from '../items.ts';

/** A claim this young may still be in the hands of its handler, which would write half of it again. */
const SETTLED_AFTER_MS = 60_000;

/** A booking that can be ended: whether it is only held, and what it costs now. */
type Endable = Pick<CaseItem, 'heldFor' | 'priceFen'>;

/**
 * How the booking of a case stands: `gone` (ended by the resident, or otherwise), `there` (they came), `unsettled` (its request is still
 * under way), or {@link Endable}. A booking whose function died without its row is completed first, so that its end is told like any other.
 */
export async function readCaseState(by: Authorized, one: CaseItem): Promise<'gone' | 'there' | 'unsettled' | Endable> {
  const { personId, bookingId, sessionId, roomId, date } = one;
  const [claim, order, written] = await Promise.all([
    claimOf(by, one),
    one.orderId ? readOrder(by, one.orderId) : undefined,
    readRow(by, personId, bookingId),
  ]);
  if (claim === 'gone' || claim === 'there') return claim;
  if (order?.status === 'released') return 'gone';
  if (order?.status === 'claiming') return 'unsettled';
  let row = written;
  if (!row) {
    if (by.now.getTime() - Date.parse(one.madeAt) < SETTLED_AFTER_MS) return 'unsettled';
    if (sessionId) await reconcileSeat(by, sessionId, personId, bookingId);
    else if (roomId) await reconcileRoomEntry(by, roomId, async () => one.title, date, bookingId, {});
    row = await readRow(by, personId, bookingId);
  }
  if (!row || row.state === 'canceled' || row.state === 'lapsed') return 'gone';
  // What it costs may have changed since it was claimed: a brother who stays alone pays another price.
  return { heldFor: order?.status === 'held' ? order.heldFor : undefined, priceFen: row.residentPriceFen };
}

type Claimed = Pick<CaseItem, 'personId' | 'bookingId' | 'date'> & Partial<Pick<CaseItem, 'sessionId' | 'roomId'>>;

async function claimOf(
  by: Authorized,
  { sessionId, roomId, personId, bookingId, date }: Claimed,
): Promise<'gone' | 'there' | 'stands'> {
  if (sessionId) {
    const seat = (await readSession(by, sessionId))?.seats[personId];
    if (seat?.bookingId !== bookingId) return 'gone';
    return seat.checkedInAt ? 'there' : 'stands';
  }
  return (await readRoomDay(by, roomId ?? '', date))?.entries[bookingId] ? 'stands' : 'gone';
}

/** Nothing was paid for what was only held. */
export const refundOf = ({ heldFor, priceFen }: Endable): number => (heldFor ? 0 : priceFen);

/**
 * Ends the booking, because of the closure and with its price back: the claim first, then the person's day, then the row, as in every
 * cancellation. Gives what is given back, in fen. Refuses `already-checked-in` when the person came in the meantime.
 */
export async function endBooking(by: Authorized, closure: ClosureItem, one: CaseItem): Promise<number> {
  const { personId, bookingId, date, startsAt, endsAt, sessionId, roomId, orderId, heldFor } = one;
  let refundFen = one.refundFen;
  if (heldFor && orderId) {
    // Of a hold only this place ends, and what is left can still be confirmed. Confirmed a moment ago, it was paid for.
    const decision = { to: 'released', because: 'closure', decidedBy: closure.closedBy } as const;
    if ((await leaveHold(by, orderId, bookingId, decision)) === 'booked') refundFen = one.priceFen;
  }
  const why: Why = { endedBy: closure.closedBy, because: 'closure', keptFen: 0, refundFen };
  if (sessionId) await releaseSeat(by, sessionId, personId, bookingId, why);
  else if (roomId) {
    const { buffers, with: others } = one;
    await releaseRoom(by, { roomId, date, bookingId, startsAt, endsAt, buffers, with: others }, why);
  }
  await releaseAgenda(by, { personId, date, bookingId, startsAt, endsAt, ofRoom: one.kind === 'room' });
  await moveRow(by, { beneficiaryId: personId, bookingId }, 'canceled', { gone: { bookingId, ...why } });
  return refundFen;
}
