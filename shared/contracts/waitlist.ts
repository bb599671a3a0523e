import * as z from 'zod';
import { instant, personId, sessionId } from './common.ts';
import { payWith } from './passes.ts';
import { session } from './sessions.ts';

/** A party on the waitlist of a session. `position` 1 is next; `number` is what the session gave out when it joined. */
export const waiting = z.object({
  sessionId,
  /** Who is asked for all of them. */
  personId,
  party: z.array(personId),
  number: z.int().optional(),
  position: z.int(),
  /** Parties in line, and how many places were freed before in comparable sessions: what the odds are told from. */
  inLine: z.int(),
  odds: z.enum(['good', 'fair', 'slim', 'unknown']),
  /** What is to pay for the place when it is offered. */
  payWith: payWith.optional(),
  session: session.optional(),
});
export type Waiting = z.infer<typeof waiting>;
export const waitingAnswer = z.object({ waiting: z.array(waiting) });

/** A decision of a waitlist as everybody in it may see it; `personId` for the center's staff only. */
export const waitDecisionView = z.object({
  number: z.int(),
  at: instant,
  free: z.int(),
  what: z.enum(['offered', 'dropped']),
  why: z.string().optional(),
  size: z.int(),
  personId: personId.optional(),
  skipped: z.array(z.object({ size: z.int(), why: z.string(), personId: personId.optional() })),
});
export const waitDecisionsAnswer = z.object({ decisions: z.array(waitDecisionView) });
