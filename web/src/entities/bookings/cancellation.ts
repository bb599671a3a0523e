import { useQuery } from '@tanstack/react-query';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { callApi } from '../../lib/api.ts';

/** What canceling would come to at this moment; asked anew each time somebody is about to. */
export const useCancellation = ({ beneficiaryId, bookingId }: Booking, asking: boolean) =>
  useQuery({
    queryKey: ['cancellation', beneficiaryId, bookingId],
    queryFn: async ({ signal }) =>
      (
        await callApi('GET /v1/people/{personId}/bookings/{bookingId}/cancellation', {
          path: { personId: beneficiaryId, bookingId },
          signal,
        })
      ).cancellation,
    enabled: asking,
    staleTime: 0,
    gcTime: 0,
  });
