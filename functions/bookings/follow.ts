import type { Authorized } from '../../shared/access/authorize.ts';
import { excuseSeat } from '../../shared/booking/claim/attendance.ts';
import { readOrder } from '../../shared/booking/facts/orders.ts';
import { followSeats, followWaitlist } from '../../shared/booking/heal/follow-session.ts';
import { reconcileOrder, reconcileRoomEntry } from '../../shared/booking/heal/reconcile.ts';
import { type BookingRow, bookingRow } from '../../shared/booking/items/booking-row.ts';
import { type RoomEntry, roomDayItem } from '../../shared/booking/items/day-sheet.ts';
import { order } from '../../shared/booking/items/order.ts';
import { sessionItem } from '../../shared/booking/items/session.ts';
import { waitingIn } from '../../shared/booking/items/waitlist.ts';
import { followNoShow } from '../../shared/booking/no-show/no-shows.ts';
import { listApproval } from '../../shared/booking/order/approvals.ts';
import { recordAmountsOf } from '../../shared/booking/row/amounts.ts';
import { promote } from '../../shared/booking/waitlist/promote.ts';
import type { Change, Follower } from '../../shared/plan/follower.ts';
import { tellBooked, tellCanceled, tellLapsed, tellOffered, tellOrderBooked } from './notices.ts';
import { readOfferTerms, readRoomName } from './store.ts';

async function onSession(by: Authorized, { before, after }: Change): Promise<void> {
  const now = sessionItem.parse(after);
  const was = before ? sessionItem.parse(before) : undefined;
  await followSeats(by, was, now);
  await followWaitlist(by, was, now);
  if (waitingIn(now) > 0 && now.taken < now.capacity)
    await promote(by, now.sessionId, (stored, party) => readOfferTerms(by, stored, party));
}

async function onRoomDay(by: Authorized, { sk, before, after }: Change): Promise<void> {
  const [roomId = '', date = ''] = sk.split('#');
  const sheet = roomDayItem.parse(after);
  const now: Record<string, RoomEntry> = sheet.entries;
  const was: Record<string, RoomEntry> = before ? roomDayItem.parse(before).entries : {};
  for (const id of new Set([...Object.keys(now), ...Object.keys(was)])) {
    const entry = now[id] ?? was[id];
    if (!entry || (id in now && id in was)) continue;
    await reconcileRoomEntry(by, roomId, () => readRoomName(by, roomId), date, id, { claim: entry, gone: sheet.gone });
  }
}

async function onOrder(by: Authorized, { before, after }: Change): Promise<void> {
  const now = order.parse(after);
  if (now.status === 'claiming' || before?.['status'] === now.status) return;
  await reconcileOrder(by, now, (roomId) => readRoomName(by, roomId));
  await listApproval(by, now);
  if (now.status === 'booked') await tellOrderBooked(by, now);
}

async function isOfClosure(by: Authorized, { orderId }: BookingRow): Promise<boolean> {
  return orderId !== undefined && (await readOrder(by, orderId))?.closureId !== undefined;
}

async function onBooking(by: Authorized, { before, after }: Change): Promise<void> {
  const row = bookingRow.parse(after);
  const from = before?.['state'];
  if (row.state === from) return;
  await recordAmountsOf(by, row, from);
  if (row.state === 'no-show' || from === 'no-show') await followNoShow(by, row);
  if (row.state === 'excused' && row.sessionId) await excuseSeat(by, row.sessionId, row.beneficiaryId, row.bookingId);
  // A closure tells both in one message of its own: what has ended and what is offered instead.
  if (row.state === 'held' && row.heldFor === 'offer' && !(await isOfClosure(by, row))) await tellOffered(by, row);
  if (row.state === 'booked') await tellBooked(by, row);
  // What was moved goes on elsewhere; of a series, whoever cancels sees all of it on its page.
  const isTold = row.because !== 'closure' && row.because !== 'moved' && !(row.seriesId && row.because === 'resident');
  if (row.state === 'canceled' && isTold) await tellCanceled(by, row);
  if (row.state === 'lapsed') await tellLapsed(by, row);
}

/**
 * What bookings follow: the claims, so that what a handler that died did not write is written here, and the rows, so that people are
 * told. A session is made without seats, so only its changes say anything.
 */
export const bookingFollowers: readonly Follower[] = [
  { kind: 'session', events: ['MODIFY'], follow: onSession },
  { kind: 'room-day', events: ['INSERT', 'MODIFY'], follow: onRoomDay },
  { kind: 'order', events: ['INSERT', 'MODIFY'], follow: onOrder },
  { kind: 'booking', events: ['INSERT', 'MODIFY'], follow: onBooking },
];
