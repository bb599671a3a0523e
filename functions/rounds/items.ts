import * as z from 'zod';
import { groupId } from '../../shared/contracts/city-rules.ts';
import { instant, personId, sessionId } from '../../shared/contracts/common.ts';
import {
  applicationId,
  publishedApplication,
  roundId,
  roundSession,
  roundSummary,
} from '../../shared/contracts/rounds.ts';

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

/** `APPLICATIONS#<roundId>#<shard> / APPLICATION#<applicationId>` */
export const applicationItem = z.object({
  applicationId,
  roundId,
  personIds: z.array(personId),
  /** Who applied, or changed it last: the actor of the bookings that come of it. */
  actorId: personId,
  wishes: z.array(sessionId),
  groupId: groupId.optional(),
  confirmed: z.boolean().default(false),
  changedAt: instant,
  h: z.string(),
  /** Who was drawn and could not be given the place: why, a refusal's code. */
  lost: z.record(personId, z.string()).optional(),
});
export type ApplicationItem = z.infer<typeof applicationItem>;

/** `APPLICATIONS#<roundId>#<shard> / CHILD#<personId>` */
export const applicantItem = z.object({ applicationId });

const ballot = publishedApplication.omit({ order: true, place: true });

/** `ROUND#<roundId> / LIST#<shard>#<page>`: what is drawn, without a name. */
export const listPageItem = z.object({ rows: z.array(ballot) });

/** `ROUND#<roundId> / DRAWN#<first code>`: the same rows by code, with what came of them. */
export const drawnPageItem = z.object({ rows: z.array(publishedApplication) });
