import { useSyncExternalStore } from 'react';
import type { PersonId, SessionId } from '../../../../shared/contracts/common.ts';
import { MOST_PEOPLE, MOST_PLACES, MOST_SESSIONS } from '../sessions/booking-rules.ts';

/** One place of a checkout: who, in which session. */
export type Place = { sessionId: SessionId; beneficiaryId: PersonId };

/** Among the drafts, so that it survives a reload and goes with them when somebody signs out. */
const STORAGE_KEY = 'linli.draft.basket';
const none: Place[] = [];
const listeners = new Set<() => void>();
let kept: { text: string | null; places: Place[] } = { text: null, places: none };

const isPlace = (value: unknown): value is Place =>
  typeof value === 'object' &&
  value !== null &&
  'sessionId' in value &&
  typeof value.sessionId === 'string' &&
  'beneficiaryId' in value &&
  typeof value.beneficiaryId === 'string';

function parsed(text: string | null): Place[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter(isPlace) : none;
  } catch {
    return none;
  }
}

/** The same array until it changes, as React asks of a store. */
function places(): Place[] {
  const text = sessionStorage.getItem(STORAGE_KEY);
  if (text !== kept.text) kept = { text, places: parsed(text) };
  return kept.places;
}

function write(next: readonly Place[]): void {
  if (next.length === 0) sessionStorage.removeItem(STORAGE_KEY);
  else sessionStorage.setItem(STORAGE_KEY, JSON.stringify(next));
  for (const tell of listeners) tell();
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export const samePlace = (one: Place, other: Place): boolean =>
  one.sessionId === other.sessionId && one.beneficiaryId === other.beneficiaryId;

/** Whether one request can take all of these. */
function fits(all: readonly Place[]): boolean {
  const count = (of: (place: Place) => string) => new Set(all.map(of)).size;
  return (
    all.length <= MOST_PLACES &&
    count(({ sessionId }) => sessionId) <= MOST_SESSIONS &&
    count(({ beneficiaryId }) => beneficiaryId) <= MOST_PEOPLE
  );
}

const union = (had: readonly Place[], more: readonly Place[]): Place[] => [
  ...had,
  ...more.filter((place) => !had.some((other) => samePlace(other, place))),
];

/** What one wants to book together, of any sessions and for anybody: kept from page to page until it is booked. */
export function useBasket() {
  const current = useSyncExternalStore(subscribe, places);
  return {
    places: current,
    /** Whether these fit as well. */
    takes: (more: readonly Place[]): boolean => fits(union(current, more)),
    add: (more: readonly Place[]): void => write(union(places(), more)),
    remove: (gone: readonly Place[]): void =>
      write(places().filter((place) => !gone.some((other) => samePlace(other, place)))),
    clear: (): void => write(none),
  };
}
