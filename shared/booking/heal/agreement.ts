import type { BookingRow } from '../items/booking-row.ts';
import type { AgendaDayItem, RoomEntry } from '../items/day-sheet.ts';
import type { Order } from '../items/order.ts';
import type { Seat } from '../items/session.ts';
import { stateOfSeat } from '../row/booking-row.ts';
import { isActive } from '../row/states.ts';

/*
 * Whether what is derived from a claim says the same as the claim, told from items at hand. A row is the last that is written when a claim
 * is made and when it is given back: one that agrees says that the person's day was taken, or given back, before it.
 */

/** A row that is over: what its claim was given back, the person's day was before it. `gone`: the claim does not stand any more. */
const agreesGone = (row: BookingRow | undefined): boolean => row !== undefined && !isActive(row.state);

/** The row of a seat; `seat` is `undefined` where it has been given back. */
export function seatAgrees(seat: Seat | undefined, row: BookingRow | undefined): boolean {
  if (!seat || !row) return agreesGone(row) && seat === undefined;
  if (seat.heldUntilEpochSeconds !== undefined) return row.state === 'held';
  return row.state === stateOfSeat(seat) && (row.repricings ?? 0) >= (seat.uncountedRanks?.length ?? 0);
}

/** The row of a resource's entry that is somebody's booking; `entry` is `undefined` where it has been given back. */
export function roomEntryAgrees(entry: RoomEntry | undefined, row: BookingRow | undefined): boolean {
  if (!entry || !row) return agreesGone(row) && entry === undefined;
  if (entry.heldUntilEpochSeconds !== undefined) return row.state === 'held';
  return isActive(row.state) && row.state !== 'held';
}

/** The row of a place of an order that has come to `status`: nothing is left of the place to be done. */
export function placeAgrees(status: Exclude<Order['status'], 'claiming'>, row: BookingRow | undefined): boolean {
  if (status === 'released') return agreesGone(row);
  return row !== undefined && isActive(row.state) && (status === 'held' || row.state !== 'held');
}

/** The person's day has the booking, unless it is an offer: that leaves the day of who is asked alone until they say yes. */
export const dayAgrees = (row: BookingRow, day: AgendaDayItem | undefined): boolean =>
  (row.state === 'held' && row.heldFor === 'offer') || day?.entries[row.bookingId] !== undefined;
