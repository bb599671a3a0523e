import * as z from 'zod';
import { instant, personId } from '../../../shared/contracts/common.ts';

export const readItem = z.object({
  at: instant,
  byId: personId,
  as: z.string(),
  what: z.string(),
  reason: z.string().optional(),
});
