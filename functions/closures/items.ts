import * as z from 'zod';
import { bufferQuarters } from '../../shared/booking/items/day-sheet.ts';
import { holdReasons } from '../../shared/booking/items/order.ts';
import { closure, closurePlace } from '../../shared/contracts/closures.ts';
import {
  clockTime,
  fen,
  instant,
  isoDate,
  localized,
  offeringId,
  orderId,
  personId,
  roomId,
  sessionId,
} from '../../shared/contracts/common.ts';
import { requestHashAttribute, storedAs } from '../../shared/table/stored.ts';

/**
 * How far a closure has come. Every arrow is a conditional write on its item, which also carries how many days of the present step are
 * done, so that whoever continues it knows where.
 *
 *   open ──────> listing ──────> disposing ──────> done
 *   shut day     a case for      every case has    │
 *   by day       each booking    its end           │
 *     └──────────────┴──────────────┴──────────────┴──> lifting ──> lifted
 *                                              opened again    and once more, a minute later
 */
export const closureStates = ['open', 'listing', 'disposing', 'done', 'lifting', 'lifted'] as const;

/** `CLOSURES#<center> / CLOSURE#<closureId>` */
const closureFields = closure.extend({
  is: z.literal('closure').default('closure'),
  status: z.enum(closureStates),
  done: z.int().default(0),
  affected: z.int().default(0),
  inLine: z.int().default(0),
  closedBy: personId,
  liftedBy: personId.optional(),
  /** Fingerprint of the request. */
  requestHash: z.string(),
});
export type ClosureItem = z.infer<typeof closureFields>;
export const closureItem = storedAs(closureFields, requestHashAttribute);

/** A place that is kept for somebody, with the order that keeps it. Written before it is claimed: a rerun claims the same. */
export const offerItem = closurePlace.extend({
  orderId,
  bookingId: z.string(),
  untilEpochSeconds: z.int(),
  with: z.array(roomId).default([]),
  buffers: bufferQuarters.default([0, 0]),
  offeringId: offeringId.optional(),
});
export type OfferItem = z.infer<typeof offerItem>;

/**
 *   pending ──> ending ──> seeking ──> offered
 *      │          │ ^─────────┘  the place was gone: the next one
 *      │          └──> none: no equal place
 *      └──> kept, ended: nothing to be done by this closure
 */
export const caseStates = ['pending', 'ending', 'seeking', 'offered', 'none', 'kept', 'ended'] as const;

/** `CLOSURE#<closureId> / CASE#<bookingId>`: one affected booking, all that is needed to end it and to find its like. */
export const caseItem = z.object({
  bookingId: z.string(),
  personId,
  actorId: personId,
  /** Why staff booked it: then its beneficiary is the one to be told. */
  byStaff: z.string().optional(),
  kind: z.enum(['room', 'session']),
  title: localized,
  date: isoDate,
  startsAt: clockTime,
  endsAt: clockTime,
  priceFen: fen,
  madeAt: instant,
  orderId: orderId.optional(),
  sessionId: sessionId.optional(),
  roomId: roomId.optional(),
  with: z.array(roomId).default([]),
  buffers: bufferQuarters.default([0, 0]),
  offeringId: offeringId.optional(),
  purpose: z.string().optional(),

  state: z.enum(caseStates),
  /** It was only held, for this. */
  heldFor: z.enum(holdReasons).optional(),
  /** Places that were gone when they were claimed. */
  refused: z.array(z.string()).default([]),
  offer: offerItem.optional(),
  refundFen: fen.default(0),
  /** No place had room for all of its party: it is looked after by itself. */
  apart: z.boolean().optional(),
  toldAt: instant.optional(),
});
export type CaseItem = z.infer<typeof caseItem>;

/**
 *   pending ──> ending ──> ended: out of the line, and told
 *      └──> kept, left: nothing to be done by this closure
 */
export const lineStates = ['pending', 'ending', 'ended', 'kept', 'left'] as const;

/** `CLOSURE#<closureId> / LINE#<waitId>`: one party in the line of a session that is shut; all that is needed to end it and to tell it. */
export const lineItem = z.object({
  /** Names this very wait: who waits for the session again later has another. */
  waitId: z.string(),
  sessionId,
  title: localized,
  date: isoDate,
  startsAt: clockTime,
  endsAt: clockTime,
  lead: personId,
  party: z.array(personId).min(1),
  actorId: personId,
  /** Why staff put them in line. */
  byStaff: z.string().optional(),
  /** Absent when nothing but the place in the line is known of it. */
  joinedAt: instant.optional(),

  state: z.enum(lineStates),
  toldAt: instant.optional(),
});
export type LineItem = z.infer<typeof lineItem>;
