import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { normalizedPhone } from '../../../../shared/kernel/phone.ts';
import { isResidentId } from '../../../../shared/kernel/resident-id.ts';
import { type BodyOf, callApi } from '../../lib/api.ts';

type Wanted = { cardNumber: string } | { phone: string };

export const cardNumberIn = (typed: string): string => typed.normalize('NFKC').replace(/\s/g, '').toUpperCase();

/** Which number staff typed: a card number or a phone number, or what is wrong with it. */
export function wantedOf(typed: string): Wanted | 'whoBad' | 'cardBad' {
  const number = cardNumberIn(typed);
  if (/^[1-9]\d{16}[\dX]$/.test(number)) return isResidentId(number) ? { cardNumber: number } : 'cardBad';
  const phone = normalizedPhone(number);
  return phone === undefined ? 'whoBad' : { phone };
}

/** Looks someone up by the exact number. Each look is logged with the reason and shown to that person. */
export const useFindPerson = () =>
  useMutation({
    mutationFn: async (body: Wanted & { reason: string }) => (await callApi('POST /v1/people/search', { body })).people,
    gcTime: 0,
  });

const freshKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Creates a record for someone without a phone. The key lives in memory only: the card number must not reach session storage. */
export function useCreatePerson() {
  const kept = useRef({ body: '', key: '' });
  return useMutation({
    mutationFn: async (body: BodyOf<'POST /v1/people'>) => {
      const text = JSON.stringify(body);
      if (kept.current.body !== text) kept.current = { body: text, key: freshKey() };
      return (await callApi('POST /v1/people', { body, key: kept.current.key })).person;
    },
    gcTime: 0,
  });
}
