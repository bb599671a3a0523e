/** Events that are kept of one account. */
const EVENTS_KEPT = 100;

/** The history with one more event, which never outgrows its item: the first stays, and the latest do. */
export function historyWith<Event>(history: readonly Event[], next: Event): Event[] {
  const all = [...history, next];
  return all.length <= EVENTS_KEPT ? all : [...all.slice(0, 1), ...all.slice(1 - EVENTS_KEPT)];
}
