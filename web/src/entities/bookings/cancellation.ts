import { useQuery } from '@tanstack/react-query';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import type { CancellationView } from '../../../../shared/contracts/prices.ts';
import { api } from '../../lib/api.ts';
import { bookingPath } from './bookings.ts';

/** What canceling would come to at this moment; asked anew each time somebody is about to. */
export const useCancellation = ({ beneficiaryId, bookingId }: Booking, asking: boolean) =>
  useQuery({
    queryKey: ['cancellation', beneficiaryId, bookingId],
    queryFn: async ({ signal }) => {
      const path = `${bookingPath(beneficiaryId, bookingId)}/cancellation`;
      return (await api.get<{ cancellation: CancellationView }>(path, undefined, signal)).cancellation;
    },
    enabled: asking,
    staleTime: 0,
    gcTime: 0,
  });
