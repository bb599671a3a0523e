import type { BookingRow } from '../../shared/booking/booking-row.ts';
import { type CivilTime, minutesOf } from '../../shared/kernel/days.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';

/** Whether a booking can still be canceled. Residents until it starts; staff until it ends, for who is not checked in. */
export function refusalOfCancel(row: BookingRow, civil: CivilTime, byStaff: boolean): Refusal | undefined {
  const limit = byStaff ? row.endsAt : row.startsAt;
  const late = row.date < civil.date || (row.date === civil.date && minutesOf(limit) <= civil.minutes);
  if (late) return refuse('too-late-to-cancel', { bookingId: row.bookingId });
  if (row.state === 'checked-in' || row.state === 'checked-out')
    return refuse('already-checked-in', { bookingId: row.bookingId });
  return undefined;
}

/** Rows of several people as one list: by date and time, coming ones the soonest first, past ones the latest first. */
export function inOrderOfTime(rows: readonly BookingRow[], newestFirst: boolean): BookingRow[] {
  const time = (row: BookingRow) => `${row.date} ${row.startsAt} ${row.bookingId}`;
  const sorted = [...rows].sort((a, b) => (time(a) < time(b) ? -1 : 1));
  return newestFirst ? sorted.reverse() : sorted;
}
