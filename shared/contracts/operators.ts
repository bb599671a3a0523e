import * as z from 'zod';
import { centerId, fen, isoDate, localized, service } from './common.ts';
import { boardSeat } from './desk.ts';
import { session } from './sessions.ts';

export const operatorSummary = z.object({
  operatorId: z.string(),
  name: localized,
  services: z.array(service),
  sample: z.boolean(),
});
export const whitelistEntry = z.object({
  operatorId: z.string(),
  centerId,
  services: z.array(service),
  priceCeilingFen: fen.optional(),
  validFrom: isoDate,
  validUntil: isoDate,
  status: z.enum(['active', 'suspended', 'removed']),
  since: isoDate,
});
export type WhitelistEntry = z.infer<typeof whitelistEntry>;
export const operatorsAnswer = z.object({ operators: z.array(operatorSummary) });
export const operatorAnswer = z.object({ operator: operatorSummary, whitelist: z.array(whitelistEntry) });
export const operatorSessionsAnswer = z.object({ sessions: z.array(session.extend({ taken: z.int() })) });
export const rosterAnswer = z.object({ session, seats: z.array(boardSeat) });
