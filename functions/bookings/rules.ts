import type { BookingRow } from '../../shared/booking/items/booking-row.ts';
import { statesBefore } from '../../shared/booking/row/states.ts';
import { type CivilTime, minutesOf } from '../../shared/kernel/days.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';

/**
 * The refund that was shown must be the one that would be recorded. It may be left unsaid where all of the price comes back. Refuses
 * `amount-changed` with what it is now.
 */
export function mustBeShown(
  shownRefundFen: number | undefined,
  { keptFen, refundFen, priceFen }: { keptFen: number; refundFen: number; priceFen: number },
): void {
  if ((shownRefundFen ?? priceFen) !== refundFen) throw refuse('amount-changed', { refundFen, keptFen });
}

/** Whether a booking can still be canceled. Residents until it starts; staff until it ends, for who is not checked in. */
export function refusalOfCancel(row: BookingRow, civil: CivilTime, byStaff: boolean): Refusal | undefined {
  const limit = byStaff ? row.endsAt : row.startsAt;
  const late = row.date < civil.date || (row.date === civil.date && minutesOf(limit) <= civil.minutes);
  if (late) return refuse('too-late-to-cancel', { bookingId: row.bookingId });
  if (row.state === 'checked-in' || row.state === 'checked-out')
    return refuse('already-checked-in', { bookingId: row.bookingId });
  if (!statesBefore('canceled').includes(row.state)) return refuse('too-late-to-cancel', { bookingId: row.bookingId });
  return undefined;
}

/** Rows of several people as one list: by date and time, coming ones the soonest first, past ones the latest first. */
export function inOrderOfTime(rows: readonly BookingRow[], newestFirst: boolean): BookingRow[] {
  const time = (row: BookingRow) => `${row.date} ${row.startsAt} ${row.bookingId}`;
  const sorted = [...rows].sort((a, b) => (time(a) < time(b) ? -1 : 1));
  return newestFirst ? sorted.reverse() : sorted;
}
