import * as z from 'zod';
import { personId } from '../../contracts/common.ts';

/**
 * What the last claim to be given back leaves behind on its session or sheet, in the same write: who ended it, why, and the very amounts
 * that were shown before. The stream sees every image, so the row is written from this even when the function died right after.
 */
export const gone = z.object({
  /** booking id */
  b: z.string(),
  /** who ended it; absent when time or the city did */
  a: personId.optional(),
  /** why, one of {@link endings} */
  y: z.string(),
  /** kept and given back, in fen */
  k: z.int().optional(),
  r: z.int().optional(),
  /** percent kept of what a pass or a fund paid for it */
  p: z.int().optional(),
  /** by how much the prices of others in the same order have changed with it, by booking, in fen */
  d: z.record(z.string(), z.int()).optional(),
});
export type Gone = z.infer<typeof gone>;
