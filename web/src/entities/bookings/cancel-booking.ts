import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { api } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';
import { bookingPath, bookingQuery } from './bookings.ts';

/** A booking to cancel, and the refund that was shown for it. */
type Wanted = { booking: Booking; refundFen: number };

const touched = ['bookings', 'orders', 'sessions', 'session', 'availability', 'quote'];

/** Cancels a booking for the amount that was shown; asking twice cancels once. */
export function useCancelBooking() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ booking: { beneficiaryId, bookingId }, refundFen }: Wanted) =>
      once('cancel-booking', { bookingId, refundFen }, (key) =>
        api.post<{ booking: Booking }>(`${bookingPath(beneficiaryId, bookingId)}/cancel`, { refundFen }, key),
      ),
    onSuccess: ({ booking }) => {
      queryClient.setQueryData(bookingQuery(booking.beneficiaryId, booking.bookingId).queryKey, booking);
      return Promise.all(touched.map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
    },
  });
}
