import * as z from 'zod';
import { courtLimitId, instant, personId } from '../../../shared/contracts/common.ts';
import { requestHashAttribute, storedAs } from '../../../shared/table/stored.ts';
import { requestHash } from '../requests/items.ts';

/** A court's limit, under the child. The adult's access record names the child as long as it stands. */
const courtLimitFields = z.object({
  limitId: courtLimitId,
  childId: personId,
  adultId: personId,
  reason: z.string(),
  documentNumber: z.string(),
  since: instant,
  setBy: personId,
  lifted: z.object({ at: instant, by: personId, reason: z.string(), documentNumber: z.string() }).optional(),
  requestHash,
});
export type CourtLimitItem = z.infer<typeof courtLimitFields>;
export const courtLimitItem = storedAs(courtLimitFields, requestHashAttribute);
