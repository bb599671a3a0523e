import * as z from 'zod';
import { courtLimitId, instant, personId } from '../../../shared/contracts/common.ts';
import { h } from '../requests/items.ts';

/** A court's limit, under the child. The adult's access record names the child as long as it stands. */
export const courtLimitItem = z.object({
  limitId: courtLimitId,
  childId: personId,
  adultId: personId,
  reason: z.string(),
  documentNumber: z.string(),
  since: instant,
  setBy: personId,
  lifted: z.object({ at: instant, by: personId, reason: z.string(), documentNumber: z.string() }).optional(),
  h,
});

export type CourtLimitItem = z.infer<typeof courtLimitItem>;
