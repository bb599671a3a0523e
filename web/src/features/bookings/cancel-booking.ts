import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { api } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';
import { bookingPath, bookingQuery } from './bookings.ts';

/** Cancels a booking; asking twice cancels once. */
export function useCancelBooking() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ beneficiaryId, bookingId }: Booking) =>
      once('cancel-booking', bookingId, (key) =>
        api.post<{ booking: Booking }>(`${bookingPath(beneficiaryId, bookingId)}/cancel`, {}, key),
      ),
    onSuccess: ({ booking }) => {
      queryClient.setQueryData(bookingQuery(booking.beneficiaryId, booking.bookingId).queryKey, booking);
      return Promise.all(
        ['bookings', 'sessions', 'session', 'availability'].map((name) =>
          queryClient.invalidateQueries({ queryKey: [name] }),
        ),
      );
    },
  });
}
