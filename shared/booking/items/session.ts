import * as z from 'zod';
import { bookingId, instant, orderId, personId } from '../../contracts/common.ts';
import { paidWith } from '../../contracts/passes.ts';
import { type Session, session } from '../../contracts/sessions.ts';
import { requestHashAttribute, storedAs } from '../../table/stored.ts';
import { agreedCancellation } from './cancellation.ts';
import { claimEnd } from './claim-end.ts';
import { claimCharges } from './counter.ts';
import { occurrenceMark } from './occurrence.ts';
import { type Waitlist, waitingIn } from './waitlist.ts';

/** What a seat's attributes are called in the table: short, because a losing claim on a full session is billed by the whole item. */
export const seatAttributes = {
  ...requestHashAttribute,
  bookingId: 'b',
  actorId: 'a',
  bookedAt: 't',
  orderId: 'o',
  heldUntilEpochSeconds: 'u',
  staffReason: 'r',
  checkedInAt: 'i',
  checkedOutAt: 'x',
  priceFen: 'c',
  chargedFen: 'q',
  uncountedRanks: 'v',
  cancellation: 'k',
  paidWith: 'w',
  isPriority: 'g',
  roundId: 'd',
  occurrence: 'z',
  isNoShow: 'n',
  noShowMark: 'm',
  charges: 'l',
} as const satisfies Record<keyof Seat, string>;

/**
 * One seat of a session, the claim itself: it carries enough for the stream to write the booking row when the function that
 * claimed it died.
 */
const seatFields = z.object({
  bookingId,
  /** Who booked. */
  actorId: personId,
  bookedAt: instant,
  /** Fingerprint of the request, to tell a replay from another body under the same key. */
  requestHash: z.string(),
  /** The order that decides about this seat; until the order is booked, the seat is only held. */
  orderId: orderId.optional(),
  /** While the order waits for a payment, an approval or an answer. */
  heldUntilEpochSeconds: z.int().optional(),
  /** Booked by staff: the reason given. */
  staffReason: z.string().optional(),
  checkedInAt: instant.optional(),
  checkedOutAt: instant.optional(),
  /** What the resident pays; the price of the session where it is left out. */
  priceFen: z.int().optional(),
  /** What was charged at first, where the price has changed since because a brother or sister no longer comes. */
  chargedFen: z.int().optional(),
  /** Who of the order's people in this session, by rank, no longer counts for what the family pays. */
  uncountedRanks: z.array(z.int()).optional(),
  cancellation: agreedCancellation.optional(),
  /** What has paid for it instead of the resident. */
  paidWith: paidWith.optional(),
  /** True for a place of those kept for a priority group. */
  isPriority: z.boolean().optional(),
  /** The allocation round that gave it by a draw. */
  roundId: z.string().optional(),
  occurrence: occurrenceMark.optional(),
  /** True for who did not come; false once that was excused. */
  isNoShow: z.boolean().optional(),
  /** Who last said so or took it back, and when: a member of staff, or `city` by its rule. */
  noShowMark: z.tuple([z.string(), instant]).optional(),
  /** What it counts against by name; where an order decides about it, the order does. */
  charges: claimCharges.optional(),
});
export type Seat = z.infer<typeof seatFields>;
export const seat = storedAs(seatFields, seatAttributes);
export const encodeSeat = (value: Seat) => z.encode(seat, value);

/** Where a fact of a seat stands on its session, for expressions; `person` is the placeholder of the person's id. */
export const seatPath = (person: string, name: keyof Seat): string => `seats.${person}.${seatAttributes[name]}`;

/** A decision of the waitlist, on the session in the same write that it decides; the stream files it as an item of its own. */
const waitDecisionFields = z.object({
  /** One more than the last. */
  number: z.int(),
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
export type WaitDecision = z.infer<typeof waitDecisionFields>;
export const waitDecision = storedAs(waitDecisionFields, { number: 'n' });
export const encodeWaitDecision = (value: WaitDecision) => z.encode(waitDecision, value);

/** The last party that a closure has taken out of the line: who, and which wait of theirs. */
const shutOutFields = z.object({ lead: personId, waitId: z.string() });
export type ShutOut = z.infer<typeof shutOutFields>;
const shutOut = storedAs(shutOutFields, { waitId: 'w' });
export const encodeShutOut = (value: ShutOut) => z.encode(shutOut, value);

/** Of a stored session what lists need: all that everybody may see, how many places are taken, and who waits. No seat map. */
export const listedSession = session.omit({ placesLeft: true, waiting: true }).extend({
  taken: z.int(),
  /** Who joined the line last: `<who asked>:<size of the party>` → the number that it was given. Absent where nobody has joined yet. */
  tail: z.record(z.string(), z.int()).optional(),
  /** Who joined before them, block by block: the size of the party of each number, `0` for who no longer waits. */
  blocks: z.record(z.string(), z.string()).optional(),
  /** The line of a session as it was stored before: its elements, first come first. They stand before all others. */
  queue: z.array(z.string()).default([]),
  /** How often it was shut and opened again, and when last: calendars that show it are told by this. */
  changes: z.int().optional(),
  changedAt: instant.optional(),
});
export type ListedSession = z.infer<typeof listedSession>;
export const listedSessionAttributes = Object.keys(listedSession.shape);

/**
 * A session as stored, `SESSIONWEEK#<center>#<week> / <date>#<sessionId>`: what everybody may see of it, and in the place of the places
 * left `seats`, the seat map by person, and `taken`, its count.
 */
export const sessionItem = listedSession.extend({
  is: z.literal('session').default('session'),
  seats: z.record(personId, seat),
  /** Numbers given to those who wait: the last one. */
  lastNumber: z.int().default(0),
  /** Decisions of the waitlist: how many, and the last one. */
  decisions: z.int().default(0),
  last: waitDecision.optional(),
  /** The last place given back, and how many were in all. */
  gone: claimEnd.optional(),
  freed: z.int().default(0),
  shutOut: shutOut.optional(),
  /** Places of those kept for a priority group that are taken. */
  takenPriority: z.int().default(0),
});
export type SessionItem = z.infer<typeof sessionItem>;
export const encodeSession = (value: SessionItem) => z.encode(sessionItem, value);

/** Places that a newcomer can have: none while somebody waits. */
export const placesFor = (session: Pick<SessionItem, 'capacity' | 'taken'> & Waitlist): number =>
  waitingIn(session) > 0 ? 0 : Math.max(0, session.capacity - session.taken);

/** What anybody may see of a session: places left, how many wait, nobody's name. */
export function publicSession(item: ListedSession): Session {
  return { ...item, placesLeft: placesFor(item), waiting: waitingIn(item) };
}
