import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { callApi } from '../../lib/api.ts';
import { bookingQuery } from './bookings.ts';

/** A booking to cancel, and the refund that was shown for it. */
type Wanted = { booking: Booking; refundFen: number };

const touched = ['bookings', 'orders', 'sessions', 'session', 'availability', 'quote'];

/** Cancels a booking for the amount that was shown; asking twice cancels once. */
export function useCancelBooking() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ booking: { beneficiaryId, bookingId }, refundFen }: Wanted) =>
      callApi('POST /v1/people/{personId}/bookings/{bookingId}/cancel', {
        path: { personId: beneficiaryId, bookingId },
        body: { refundFen },
      }),
    onSuccess: ({ booking }) => {
      queryClient.setQueryData(bookingQuery(booking.beneficiaryId, booking.bookingId).queryKey, booking);
      return Promise.all(touched.map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
    },
  });
}
