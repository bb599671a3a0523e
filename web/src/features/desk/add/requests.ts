import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Booking } from '../../../../../shared/contracts/bookings.ts';
import type { Person } from '../../../../../shared/contracts/people.ts';
import { api } from '../../../lib/api.ts';
import type { cityDistricts } from '../../../lib/city.ts';
import { once } from '../../../lib/intent.ts';
import { reloadBoard } from '../board.ts';

export type Wanted = { cardNumber: string } | { phone: string };

/** Looks someone up by the exact number. Each look is logged with the reason and shown to that person. */
export const useFindPerson = () =>
  useMutation({
    mutationFn: async (body: Wanted & { reason: string }) =>
      (await api.post<{ people: Person[] }>('/v1/people/search', body)).people,
    gcTime: 0,
  });

type NewPerson = { name: string; cardNumber: string; district?: (typeof cityDistricts)[number]; reason: string };

const freshKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Creates a record for someone without a phone. The key lives in memory only: the card number must not reach session storage. */
export function useCreatePerson() {
  const kept = useRef({ body: '', key: '' });
  return useMutation({
    mutationFn: async (body: NewPerson) => {
      const text = JSON.stringify(body);
      if (kept.current.body !== text) kept.current = { body: text, key: freshKey() };
      return (await api.post<{ person: Person }>('/v1/people', body, kept.current.key)).person;
    },
    gcTime: 0,
  });
}

type DeskBooking = { sessionIds: string[]; beneficiaryIds: string[]; reason: string };

/** Books someone on their behalf: all sessions or none. */
export function useDeskBooking(centerId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: DeskBooking) =>
      once('desk-booking', { centerId, ...body }, (key) =>
        api.post<{ bookings: Booking[] }>(`/v1/centers/${centerId}/bookings`, body, key),
      ),
    // Not waited for: the answer is shown at once.
    onSettled: () => {
      void reloadBoard(client, centerId);
      void client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
}
