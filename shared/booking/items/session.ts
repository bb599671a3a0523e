import * as z from 'zod';
import { bookingId, instant, orderId, personId } from '../../contracts/common.ts';
import { paidWith } from '../../contracts/passes.ts';
import { type Session, session } from '../../contracts/sessions.ts';
import { gone } from './claim-end.ts';

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
  /** the order that decides about this seat; until the order is booked, the seat is only held */
  o: orderId.optional(),
  /** held until, epoch seconds, while the order waits for a payment, an approval or an answer */
  u: z.int().optional(),
  /** booked by staff: the reason given */
  r: z.string().optional(),
  /** checked in / out at, ISO instants */
  i: instant.optional(),
  x: instant.optional(),
  /** what the resident pays, in fen; the price of the session where it is left out */
  c: z.int().optional(),
  /** what was charged at first, where `c` has changed since because a brother or sister no longer comes */
  q: z.int().optional(),
  /** who of the order's people in this session, by rank, no longer counts for what the family pays */
  v: z.array(z.int()).optional(),
  /** how canceling it costs, as agreed when it was booked: hours before the start, percent kept */
  k: z.array(z.tuple([z.int(), z.int()])).optional(),
  /** what has paid for it instead of the resident */
  w: paidWith.optional(),
  /** true for a place of those kept for a priority group */
  g: z.boolean().optional(),
  /** the allocation round that gave it by a draw */
  d: z.string().optional(),
  /** the series, the date and time (`<date>T<time>`) that its rule gave, and how often it was moved */
  z: z.tuple([z.string(), z.string(), z.int()]).optional(),
  /** did not come; false once that was excused */
  n: z.boolean().optional(),
  /** who last said so or took it back, and when: a member of staff, or `city` by its rule */
  m: z.tuple([z.string(), instant]).optional(),
});
export type Seat = z.infer<typeof seat>;

/** A decision of the waitlist, on the session in the same write that it decides; the stream files it as an item of its own. */
export const waitDecision = z.object({
  /** its number, one more than the last */
  n: z.int(),
  at: instant,
  /** places that were free */
  free: z.int(),
  /** who was offered, with the order that holds the places; or whose entry was dropped */
  lead: personId,
  size: z.int(),
  what: z.enum(['offered', 'dropped']),
  /** why an entry was dropped */
  why: z.enum(['no-entry', 'has-a-place']).optional(),
  orderId: orderId.optional(),
  /** who stood before and was passed over, and by which rule */
  skipped: z.array(z.object({ lead: personId, size: z.int(), why: z.enum(['party-too-large', 'busy-then']) })),
});
export type WaitDecision = z.infer<typeof waitDecision>;

/**
 * A session as stored, `SESSIONWEEK#<center>#<week> / <date>#<sessionId>`: what everybody may see of it, and in the place of the places
 * left `seats`, the seat map by person, and `taken`, its count.
 */
export const sessionItem = session.omit({ placesLeft: true, waiting: true }).extend({
  is: z.literal('session').default('session'),
  taken: z.int(),
  seats: z.record(personId, seat),
  /** The waitlist, first come first: `<who asked>:<size of the party>`. */
  queue: z.array(z.string()).default([]),
  /** Numbers given to those who wait: the last one. */
  lastNumber: z.int().default(0),
  /** Decisions of the waitlist: how many, and the last one. */
  decisions: z.int().default(0),
  last: waitDecision.optional(),
  /** The last place given back, and how many were in all. */
  gone: gone.optional(),
  freed: z.int().default(0),
  /** How often it was shut and opened again, and when last: calendars that show it are told by this. */
  changes: z.int().optional(),
  changedAt: instant.optional(),
  /** The last party that a closure has taken out of the line: who, and which wait of theirs. */
  shutOut: z.object({ lead: personId, w: z.string() }).optional(),
  /** Places of those kept for a priority group that are taken. */
  takenPriority: z.int().default(0),
});
export type SessionItem = z.infer<typeof sessionItem>;

/** An entry of the waitlist as it stands in the queue. */
export const queueElement = (lead: string, size: number): string => `${lead}:${size}`;
export function queueEntry(element: string): { lead: string; size: number } {
  const [lead = '', size = '1'] = element.split(':');
  return { lead, size: Number(size) };
}

/** Places that a newcomer can have: none while somebody waits. */
export const placesFor = ({ capacity, taken, queue }: Pick<SessionItem, 'capacity' | 'taken' | 'queue'>): number =>
  queue.length > 0 ? 0 : Math.max(0, capacity - taken);

/** What anybody may see of a session: places left, how many wait, nobody's name. */
export function publicSession(item: SessionItem): Session {
  return { ...item, placesLeft: placesFor(item), waiting: item.queue.length };
}
