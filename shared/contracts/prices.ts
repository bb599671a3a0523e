import * as z from 'zod';
import { fen, instant, localized, orderId, personId, sessionId } from './common.ts';

/** Why a place costs less than its session, and by how much. */
export const discount = z.discriminatedUnion('kind', [
  /** A brother or sister: this percent of the price. */
  z.object({ kind: z.literal('sibling'), percent: z.int(), offFen: fen }),
  /** All of them together pay no more than `mostFen` in this session. */
  z.object({ kind: z.literal('family-most'), mostFen: fen, offFen: fen }),
]);

/** What one place of an order costs. `listFen` less the discounts is `priceFen`. */
export const quoteItem = z.object({
  sessionId,
  personId,
  listFen: fen,
  priceFen: fen,
  discounts: z.array(discount),
});
export type QuoteItem = z.infer<typeof quoteItem>;

/** What an order would cost now, line by line; the lines sum to the total. */
export const quoteAnswer = z.object({ lines: z.array(quoteItem), totalFen: fen });
export type QuoteView = z.infer<typeof quoteAnswer>;

/** A stretch of time in which a cancellation costs the same: after `from`, or from the beginning where it is left out. */
export const cancelStep = z.object({
  from: instant.optional(),
  keepPercent: z.int(),
  keptFen: fen,
  refundFen: fen,
});

/** What canceling a booking at this moment would come to; the very amounts that would be recorded. */
export const cancellation = z.object({
  /** What comes back to the pass (units) or the fund (fen) that paid for it. */
  paidBack: z
    .object({ kind: z.enum(['pass', 'fund']), name: localized, units: z.int().optional(), amountFen: fen })
    .optional(),
  /** What it costs now, or what the family pays less without it. */
  differenceFen: fen,
  keptFen: fen,
  refundFen: fen,
  /** Until when these amounts hold. */
  until: instant,
  /** The rule in the order of time, the last step ends with the start. */
  steps: z.array(cancelStep),
  startsAt: instant,
  orderId: orderId.optional(),
  /** Others in the order whose price changes with it. */
  repriced: z.array(z.object({ personId, bookingId: z.string(), priceFen: fen, byFen: z.int() })),
});
export type CancellationView = z.infer<typeof cancellation>;
export const cancellationAnswer = z.object({ cancellation });

/** The refund that was shown. Any other is refused, and nothing changes. It may be left out where all of the price comes back. */
export const cancelRequest = z.strictObject({ refundFen: fen.optional() });
