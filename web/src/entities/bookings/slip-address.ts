import type { Booking } from '../../../../shared/contracts/bookings.ts';
import type { BookingId, PersonId } from '../../../../shared/contracts/common.ts';

type Ticket = { personId: PersonId; bookingId: BookingId };

/** The part of a slip's address that names its bookings: `person~booking`, several joined by commas. */
export const ticketsOf = (bookings: Pick<Booking, 'beneficiaryId' | 'bookingId'>[]): string =>
  bookings.map(({ beneficiaryId, bookingId }) => `${beneficiaryId}~${bookingId}`).join(',');

/** The bookings an address names; anything else in it is left out. */
export function ticketsIn(text: string): Ticket[] {
  return text.split(',').flatMap((part) => {
    const [personId, bookingId, ...rest] = part.split('~');
    return personId && bookingId && rest.length === 0 ? [{ personId, bookingId }] : [];
  });
}
