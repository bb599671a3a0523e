import { queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import type { BookingId, PersonId } from '../../../../shared/contracts/common.ts';
import { api } from '../../lib/api.ts';

type Page = { bookings: Booking[]; nextCursor?: string };

/** Bookings of oneself and of everyone one may act for, page by page. */
export const useBookings = (when: 'coming' | 'past') =>
  useInfiniteQuery({
    queryKey: ['bookings', when],
    queryFn: ({ pageParam, signal }) => api.get<Page>('/v1/bookings', { when, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

export const bookingPath = (personId: PersonId, bookingId: BookingId): string =>
  `/v1/people/${personId}/bookings/${bookingId}`;

export const bookingQuery = (personId: PersonId, bookingId: BookingId) =>
  queryOptions({
    queryKey: ['bookings', 'one', personId, bookingId],
    queryFn: async ({ signal }) =>
      (await api.get<{ booking: Booking }>(bookingPath(personId, bookingId), undefined, signal)).booking,
  });
export const useBooking = (personId: PersonId, bookingId: BookingId) => useQuery(bookingQuery(personId, bookingId));
