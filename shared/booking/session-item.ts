import * as z from 'zod';
import { type Session, session } from '../contracts/bookings.ts';
import { bookingId, instant, orderId, personId } from '../contracts/common.ts';

/**
 * One seat of a session, the claim itself: it carries enough for the stream to write the booking row when the function that
 * claimed it died. Names are short because a losing claim on a full session is billed by the size of the whole item.
 */
export const seat = z.object({
  /** booking id */
  b: bookingId,
  /** actor: who booked */
  a: personId,
  /** when, ISO instant */
  t: instant,
  /** fingerprint of the request, to tell a replay from another body under the same key */
  h: z.string(),
  /** the order over several sessions that this seat belongs to; until the order commits, the seat is only held */
  o: orderId.optional(),
  /** booked by staff: the reason given */
  r: z.string().optional(),
  /** checked in / out at, ISO instants */
  i: instant.optional(),
  x: instant.optional(),
});
export type Seat = z.infer<typeof seat>;

/**
 * A session as stored, `SESSIONWEEK#<center>#<week> / <date>#<sessionId>`: what everybody may see of it, and in the place of the places
 * left `seats`, the seat map by person, and `taken`, its count.
 */
export const sessionItem = session.omit({ placesLeft: true }).extend({
  is: z.literal('session').default('session'),
  taken: z.int(),
  seats: z.record(personId, seat),
});
export type SessionItem = z.infer<typeof sessionItem>;

/** What anybody may see of a session: places left, nobody's name. */
export function publicSession({ is: _is, taken, seats: _seats, ...item }: SessionItem): Session {
  return { ...item, placesLeft: Math.max(0, item.capacity - taken) };
}
