import * as z from 'zod';
import { clockTime, instant, isoDate, localized, personId, sessionId } from '../../../shared/contracts/common.ts';

/**
 *   pending ──> ending ──> ended: out of the line, and told
 *      └──> kept, left: nothing to be done by this closure
 */
export const waitCaseStates = ['pending', 'ending', 'ended', 'kept', 'left'] as const;

/** `CLOSURE#<closureId> / LINE#<waitId>`: one party in the line of a session that is shut; all that is needed to end it and to tell it. */
export const waitCaseItem = z.object({
  /** Names this very wait: who waits for the session again later has another. */
  waitId: z.string(),
  sessionId,
  title: localized,
  date: isoDate,
  startsAt: clockTime,
  endsAt: clockTime,
  lead: personId,
  party: z.array(personId).min(1),
  actorId: personId,
  /** Why staff put them in line. */
  byStaff: z.string().optional(),
  /** Absent when nothing but the place in the line is known of it. */
  joinedAt: instant.optional(),

  state: z.enum(waitCaseStates),
  toldAt: instant.optional(),
});

export type WaitCaseItem = z.infer<typeof waitCaseItem>;
