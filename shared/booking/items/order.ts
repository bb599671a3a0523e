import * as z from 'zod';
import { clockTime, instant, isoDate, orderId, personId, roomId, sessionId } from '../../contracts/common.ts';
import { paidWith, payWith } from '../../contracts/passes.ts';
import { familyPrice } from '../../contracts/policy.ts';
import { requestHashAttribute, storedAs } from '../../table/stored.ts';
import { bufferQuarters } from './day-sheet.ts';

/** A place in a session that an order decides about. */
const sessionPlace = z.object({ sessionId, personId, bookingId: z.string(), endsAt: clockTime });
/** A stretch of a room, with what comes with it. */
const roomPlace = z.object({
  roomId,
  date: isoDate,
  startsAt: clockTime,
  endsAt: clockTime,
  buffers: bufferQuarters,
  with: z.array(roomId).default([]),
  personId,
  bookingId: z.string(),
});
export const orderItem = z.union([sessionPlace, roomPlace]);
export type OrderItem = z.infer<typeof orderItem>;

/** By session: the people of the order who pay for it, the eldest first, and by which tariff; as agreed when it was made, never changed. */
export const orderFamily = z.record(
  sessionId,
  z.object({ priceFen: z.int(), family: familyPrice, eldestFirst: z.array(personId) }),
);
export type OrderFamily = z.infer<typeof orderFamily>;

/** Why a place is held and not yet booked: a payment, somebody's approval, or an answer to an offer is awaited. */
export const holdReasons = ['payment', 'approval', 'offer'] as const;
export type HoldReason = (typeof holdReasons)[number];

/**
 * The item that decides, once, for one or several places: they are claimed one after another and carry the order's id, and count only
 * when it is booked.
 *
 *   claiming ──> booked             several places: the moment they all become bookings
 *   claiming ──> held ──> booked    a hold: confirmed, approved or accepted before its time is over
 *   claiming, held ──> released     refused, given up, or the time is over
 *
 * A held place that a closure ends leaves the order (`leaveHold`); what is left can still be confirmed.
 *
 * Every arrow is a conditional write on this one item, so exactly one of them happens, whoever is first: a handler, a double of it, or
 * the sweep. A hold books only before `dueAtEpochSeconds` and lapses only from then on, by the clock of who decides.
 */
const orderFields = z.object({
  is: z.literal('order'),
  orderId,
  actorId: personId,
  /** Fingerprint of the request that made it. */
  requestHash: z.string(),
  status: z.enum(['claiming', 'held', 'booked', 'released']),
  heldFor: z.enum(holdReasons).optional(),
  places: z.array(orderItem),
  createdAt: instant,
  /** Why it was released: a refusal code, for the replay and for the row. */
  because: z.string().optional(),
  /** Who confirmed, approved, accepted or gave up. */
  decidedBy: personId.optional(),
  dueAtEpochSeconds: z.int().optional(),
  /** Booked on someone's behalf: the reason given. */
  reason: z.string().optional(),
  /** Where families pay less: by which tariffs it was priced, so that it can be priced again when one of them cancels. */
  family: orderFamily.optional(),
  /** Of an offer: what was to pay for it when its party began to wait. */
  payWith: payWith.optional(),
  /** What has paid for its places instead of the resident, by booking; said in the write that booked it. */
  paid: z.record(z.string(), paidWith).optional(),
  /** The closure that offers its place in the stead of one that it ended. */
  closureId: z.string().optional(),
});
export type Order = z.infer<typeof orderFields>;
export const order = storedAs(orderFields, requestHashAttribute);
export const encodeOrder = (value: Order) => z.encode(order, value);
