import * as z from 'zod';
import { instant, orderId, personId, sessionId } from '../../contracts/common.ts';
import { payWith } from '../../contracts/passes.ts';
import { requestHashAttribute, storedAs } from '../../table/stored.ts';

/**
 * `AGENDA#<who asked> / WAIT#<sessionId>`: who stands in a session's line under that name. What the session item says is the
 * truth about the line and its order; this says who the party is and, afterwards, what became of it.
 */
const waitFields = z.object({
  is: z.literal('wait').default('wait'),
  sessionId,
  lead: personId,
  party: z.array(personId).min(1),
  actorId: personId,
  /** Why staff put them in line: then it is them that are told. */
  byStaff: z.string().optional(),
  requestHash: z.string(),
  /** What is to pay for the places that are offered, unless whoever accepts says otherwise. */
  payWith: payWith.optional(),
  joinedAt: instant,
  /** The last number that the session had given when it was read: the one of this wait is higher. */
  numberAbove: z.int().optional(),
  /** The number taken from the session; the stream writes it. */
  number: z.int().optional(),
  /** The order that holds the places of the last offer. */
  orderId: orderId.optional(),
  /** Why it no longer waits. */
  ended: z.enum(['offered', 'left', 'dropped', 'closed']).optional(),
});
export type WaitItem = z.infer<typeof waitFields>;
export const waitItem = storedAs(waitFields, requestHashAttribute);
