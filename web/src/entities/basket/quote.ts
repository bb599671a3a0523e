import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { callApi } from '../../lib/api.ts';
import type { Place } from './basket.ts';

/** What these places would cost together now, line by line. Nothing is booked by asking. */
export const useQuote = (places: readonly Place[]) =>
  useQuery({
    queryKey: ['quote', ...places.map(({ sessionId, beneficiaryId }) => `${sessionId} ${beneficiaryId}`)],
    queryFn: () => callApi('POST /v1/session-bookings/quote', { body: { places: [...places] } }),
    enabled: places.length > 0,
    placeholderData: keepPreviousData,
  });
