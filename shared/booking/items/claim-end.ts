import * as z from 'zod';
import { personId } from '../../contracts/common.ts';
import { storedAs } from '../../table/stored.ts';

/**
 * What the last claim to be given back leaves behind on its session or sheet, in the same write: who ended it, why, and the very amounts
 * that were shown before. The stream sees every image, so the row is written from this even when the function died right after.
 */
const claimEndFields = z.object({
  bookingId: z.string(),
  /** Absent when time or the city ended it. */
  endedBy: personId.optional(),
  because: z.string(),
  keptFen: z.int().optional(),
  refundFen: z.int().optional(),
  /** Percent kept of what a pass or a fund paid for it. */
  keptPercent: z.int().optional(),
  /** By how much the prices of others in the same order have changed with it, by booking, in fen. */
  moved: z.record(z.string(), z.int()).optional(),
});
export type ClaimEnd = z.infer<typeof claimEndFields>;

export const claimEnd = storedAs(claimEndFields, {
  bookingId: 'b',
  endedBy: 'a',
  because: 'y',
  keptFen: 'k',
  refundFen: 'r',
  keptPercent: 'p',
  moved: 'd',
} satisfies Record<keyof ClaimEnd, string>);
export const encodeClaimEnd = (value: ClaimEnd) => z.encode(claimEnd, value);
