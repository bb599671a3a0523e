import { queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { BookingId, PersonId } from '../../../../shared/contracts/common.ts';
import { callApi } from '../../lib/api.ts';

/** Bookings of oneself and of everyone one may act for, page by page. */
export const useBookings = (when: 'coming' | 'past') =>
  useInfiniteQuery({
    queryKey: ['bookings', when],
    queryFn: ({ pageParam, signal }) => callApi('GET /v1/bookings', { query: { when, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

export const bookingQuery = (personId: PersonId, bookingId: BookingId) =>
  queryOptions({
    queryKey: ['bookings', 'one', personId, bookingId],
    queryFn: async ({ signal }) =>
      (await callApi('GET /v1/people/{personId}/bookings/{bookingId}', { path: { personId, bookingId }, signal }))
        .booking,
  });
export const useBooking = (personId: PersonId, bookingId: BookingId) => useQuery(bookingQuery(personId, bookingId));
