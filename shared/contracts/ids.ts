import type { BookingId } from './common.ts';
/** The six characters a person reads to staff, or staff type in: the end of the booking id, in capitals. */
export function shortCodeOf(bookingId: BookingId): string {
  return bookingId.slice(-6).toUpperCase();
}
