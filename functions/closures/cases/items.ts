import * as z from 'zod';
import { bufferQuarters } from '../../../shared/booking/items/day-sheet.ts';
import { holdReasons } from '../../../shared/booking/order/order.ts';
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
} from '../../../shared/contracts/common.ts';
import { offerItem } from '../offers/items.ts';

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

/** Who loses one place together, or one person alone. */
export type Party = readonly [CaseItem, ...CaseItem[]];
