/**
 * The state machine of a booking, whole: from which state which one follows. A row moves only along these arrows, each a conditional
 * write, so whatever comes late or twice changes nothing. What brings each about is listed in `shared/booking/README.md`.
 *
 * `lapsed`, `canceled`, `checked-out` and `excused` are ends. Nothing that is over, and nothing that was attended, is undone.
 */
export const bookingMoves = {
  held: ['booked', 'lapsed', 'canceled'],
  booked: ['checked-in', 'checked-out', 'no-show', 'canceled'],
  'checked-in': ['checked-out'],
  'checked-out': [],
  'no-show': ['excused', 'checked-in'],
  excused: [],
  lapsed: [],
  canceled: [],
} as const satisfies Record<string, readonly string[]>;

export type BookingState = keyof typeof bookingMoves;

/** States that `to` may follow on. */
export function statesBefore(to: BookingState): BookingState[] {
  return (Object.keys(bookingMoves) as BookingState[]).filter((from) =>
    (bookingMoves[from] as readonly string[]).includes(to),
  );
}

/** States of a booking that holds its place. */
export const activeStates = ['held', 'booked', 'checked-in', 'checked-out', 'no-show', 'excused'] as const;

export const isActive = (state: BookingState): boolean => (activeStates as readonly string[]).includes(state);
