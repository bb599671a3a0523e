import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import { callApi } from '../../lib/api.ts';
import { ticketsIn, ticketsOf } from './slip-address.ts';

const keyOf = (tickets: string) => ['booked-here', tickets];

/** Whether anything of it stands; what was canceled or has lapsed since is no success to show again. */
const stands = ({ state }: Booking): boolean => state !== 'canceled' && state !== 'lapsed';

/**
 * What was just booked on this page. Its ids stand in the page's address (`booked`), so that the result is there again after a reload;
 * an address that somebody else opens, or of which nothing stands any more, shows the form.
 */
export function useBookedHere() {
  const { booked = '' } = useSearch({ strict: false });
  const navigate = useNavigate();
  const client = useQueryClient();
  const [isBack, setIsBack] = useState(false);
  const found = useQuery({
    queryKey: keyOf(booked),
    queryFn: ({ signal }) =>
      Promise.all(
        ticketsIn(booked).map(
          async ({ personId, bookingId }) =>
            (await callApi('GET /v1/people/{personId}/bookings/{bookingId}', { path: { personId, bookingId }, signal }))
              .booking,
        ),
      ),
    enabled: booked !== '',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const bookings = booked === '' ? undefined : found.data;
  return {
    isPending: booked !== '' && found.isPending,
    bookings: bookings?.some(stands) ? bookings : undefined,
    show: (made: Booking[]) => {
      const tickets = ticketsOf(made);
      client.setQueryData(keyOf(tickets), made);
      void navigate({ to: '.', search: (before) => ({ ...before, booked: tickets }) });
    },
    more: () => {
      setIsBack(true);
      void navigate({ to: '.', search: ({ booked: _, ...rest }) => rest });
    },
    /** The form stands again where the result was: its title is announced. */
    isBack,
  };
}
