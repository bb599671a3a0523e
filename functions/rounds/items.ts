import * as z from 'zod';
import { instant, personId } from '../../shared/contracts/common.ts';
import { roundSession, roundSummary } from '../../shared/contracts/rounds.ts';

/**
 * How far a round has come. Every arrow is one conditional write on the round's item, which also carries how far the work of the
 * present state has come (`done`), so that whoever continues it knows where.
 *
 *   preparing ──> open ──> closed ──> listed ──> drawn ──> seated ──> settled
 *       │        sessions  places      the list   the       winners    families
 *       │        are in    counted,    stands     result    seated     told
 *       v        the round list made              stands
 *   abandoned (a session could not be had)
 */
export const roundStatuses = [
  'preparing',
  'open',
  'closed',
  'listed',
  'drawn',
  'seated',
  'settled',
  'abandoned',
] as const;

/** `ROUNDS / ROUND#<roundId>` */
export const roundItem = roundSummary.omit({ phase: true }).extend({
  is: z.literal('round').default('round'),
  status: z.enum(roundStatuses),
  /** Shards listed while `closed`, sessions seated while `drawn`, families told while `seated`. */
  done: z.int().default(0),
  ruleVersion: z.string(),
  /** The seed, encrypted until the draw. */
  seedCipher: z.string(),
  openedBy: personId,
  openedAt: instant,
  /** Fingerprint of the request. */
  h: z.string(),
  seed: z.string().optional(),
  resultHash: z.string().optional(),
  drawnAt: instant.optional(),
  applications: z.int().optional(),
  children: z.int().optional(),
  childrenPlaced: z.int().optional(),
});
export type RoundItem = z.infer<typeof roundItem>;

/** `ROUND#<roundId> / SESSIONS`: the sessions as they were when the round was opened, and once it has closed the places of each. */
export const roundSessionsItem = z.object({
  sessions: z.array(roundSession),
  places: z.array(z.int()).optional(),
});
export type RoundSessionsItem = z.infer<typeof roundSessionsItem>;
