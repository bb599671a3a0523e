import * as z from 'zod';
import {
  bookingId,
  centerId,
  clockTime,
  cursor,
  fen,
  instant,
  isoDate,
  localized,
  offeringId,
  operatorId,
  orderId,
  personId,
  roomId,
  service,
  sessionId,
} from './common.ts';
import { paidWith, payWith } from './passes.ts';
import { cancellationTier } from './policy.ts';

export const bookingStates = [
  'held',
  'booked',
  'checked-in',
  'checked-out',
  'no-show',
  'excused',
  'canceled',
  'lapsed',
] as const;

/** What a held place waits for: a payment, the center's approval, or the answer to an offer from the waitlist. */
export const heldFor = z.enum(['payment', 'approval', 'offer']);

/** A place or a stretch of a room that somebody has. */
export const booking = z.object({
  bookingId,
  orderId: orderId.optional(),
  kind: z.enum(['room', 'session']),
  state: z.enum(bookingStates),
  beneficiaryId: personId,
  beneficiaryName: z.string().optional(),
  actorId: personId,
  /** True when staff booked it on the beneficiary's behalf. */
  byStaff: z.boolean(),
  /** Why staff booked it, as they wrote it. */
  reason: z.string().optional(),
  centerId,
  title: localized,
  roomId: roomId.optional(),
  sessionId: sessionId.optional(),
  service: service.optional(),
  date: isoDate,
  startsAt: clockTime,
  endsAt: clockTime,
  residentPriceFen: fen,
  /** What has paid for it, beside what the resident pays. */
  paidWith: paidWith.optional(),
  /** Of a room under a fair-use rule: hours within the allowance, and hours beyond it that are paid for. */
  freeHours: z.number().optional(),
  pricedHours: z.number().optional(),
  /** The organization that it is for. */
  organizationId: operatorId.optional(),
  /** Six characters that staff read or scan at check-in. */
  shortCode: z.string(),
  purpose: z.string().optional(),
  createdAt: instant,
  canceledAt: instant.optional(),
  /** The allocation round whose draw gave it. */
  roundId: z.string().optional(),
  /** The series that it is an occurrence of, and which one: the date and time that the series' rule gave it, wherever it has been moved. */
  seriesId: z.string().optional(),
  recurrence: z.object({ date: isoDate, startsAt: clockTime }).optional(),
  /** How often it has been changed (moved), and when last; a cancellation is told by `canceledAt`. */
  sequence: z.int().optional(),
  changedAt: instant.optional(),
  /** Why it ended: `resident`, `staff`, `closure`, or the code of a refusal. */
  because: z.string().optional(),
  endedBy: personId.optional(),
  /** Kept and given back when it was canceled, in fen. */
  keptFen: fen.optional(),
  refundFen: fen.optional(),
  /** Percent kept of what a pass or a fund paid: then the unit of a pass does not come back, and of a fund the rest. */
  keptPercent: z.int().optional(),
  /** What is kept of the price when it is canceled late, as agreed when it was booked. */
  cancellation: z.array(cancellationTier).optional(),
  heldFor: heldFor.optional(),
  heldUntil: instant.optional(),
  offeringId: offeringId.optional(),
  /** Further resources that come with a room. */
  with: z.array(roomId).optional(),
});
export type Booking = z.infer<typeof booking>;

export const bookingAnswer = z.object({ booking });
/** An order as those see it who may act for somebody in it, or work at its center. */
export const order = z.object({
  orderId,
  status: z.enum(['claiming', 'held', 'booked', 'released']),
  heldFor: heldFor.optional(),
  heldUntil: instant.optional(),
  because: z.string().optional(),
  /** Of an offer: what is to pay for it, as said when joining the line. */
  payWith: payWith.optional(),
  /** Its places are offered in the stead of what a closure has ended. */
  inStead: z.literal(true).optional(),
  /** What the resident pays for all of it, in fen. */
  totalFen: fen,
  bookings: z.array(booking),
});
export type OrderView = z.infer<typeof order>;
export const orderViewAnswer = z.object({ order });
export const ordersAnswer = z.object({ orders: z.array(order) });
/**
 * For a payment: the very amount that was shown; anything else is refused, and nothing is taken. For an offer: the pass or fund that pays for
 * it; `null` for money, although one was named when joining the line, which pays when it is left out.
 */
export const orderConfirm = z.strictObject({ amountFen: fen.optional(), payWith: payWith.nullable().optional() });

export const bookingsQuery = z.strictObject({
  when: z.enum(['coming', 'past']).default('coming'),
  cursor: cursor.optional(),
  /** Bookings to a page; when left out, 100 of those that come and 20 of the past. */
  limit: z.coerce.number().int().min(1).max(100).optional(),
});
export const bookingsAnswer = z.object({ bookings: z.array(booking), nextCursor: z.string().optional() });
