import { queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { BookingId, PersonId } from '../../../../shared/contracts/common.ts';
import { callApi } from '../../lib/api.ts';

/**
 * Bookings of oneself and of everyone one may act for, page by page. Those that come arrive by themselves to the last page, since a place
 * that is held may be on any; more of the past are asked for.
 */
export function useBookings(when: 'coming' | 'past') {
  const found = useInfiniteQuery({
    queryKey: ['bookings', when],
    queryFn: ({ pageParam, signal }) => callApi('GET /v1/bookings', { query: { when, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = found;
  // After a failure it waits for the person to ask again.
  const goesOn = when === 'coming' && hasNextPage && !isFetching && !isFetchNextPageError;
  useEffect(() => {
    if (goesOn) void fetchNextPage();
  }, [goesOn, fetchNextPage]);
  return found;
}

export const bookingQuery = (personId: PersonId, bookingId: BookingId) =>
  queryOptions({
    queryKey: ['bookings', 'one', personId, bookingId],
    queryFn: async ({ signal }) =>
      (await callApi('GET /v1/people/{personId}/bookings/{bookingId}', { path: { personId, bookingId }, signal }))
        .booking,
  });
export const useBooking = (personId: PersonId, bookingId: BookingId) => useQuery(bookingQuery(personId, bookingId));
