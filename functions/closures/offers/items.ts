import * as z from 'zod';
import { bufferQuarters } from '../../../shared/booking/items/day-sheet.ts';
import { closurePlace } from '../../../shared/contracts/closures.ts';
import { offeringId, orderId, roomId } from '../../../shared/contracts/common.ts';

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

/** A place as it is looked for, at its own price; the order that keeps it comes later. */
export type Found = Omit<OfferItem, 'orderId' | 'bookingId' | 'untilEpochSeconds'>;
