import * as z from 'zod';
import { groupId } from './city-rules.ts';
import {
  centerId,
  clockTime,
  cursor,
  freeText,
  instant,
  isoDate,
  localized,
  namedPerson,
  personId,
  service,
  sessionId,
} from './common.ts';
import { id } from './id.ts';

export const roundId = id<'Round'>(z.string().regex(/^r[0-9a-z]{16}$/));
export type RoundId = z.infer<typeof roundId>;
/** Also the code under which an application is published; it says nothing of whom it is for. */
export const applicationId = id<'Application'>(z.string().regex(/^a[0-9a-z]{16}$/));
export type ApplicationId = z.infer<typeof applicationId>;

export const SESSIONS_MOST = 400;
export const WISHES_MOST = 10;
export const TOGETHER_MOST = 4;
const GROUPS_MOST = 8;

const distinct = (list: readonly string[]): boolean => new Set(list).size === list.length;
const mustNotRepeat = { error: 'must not repeat' };

/** A priority group; the order of the list is the order of the groups. */
export const priorityGroup = z.object({ groupId, name: localized });

/** A title in both languages. */
export const textInBoth = z.strictObject({ zh: freeText(60), en: freeText(60) });

/** A round to open. */
export const roundRequest = z.strictObject({
  title: textInBoth,
  /** Applications are taken from here on … */
  opensAt: instant,
  /** … and before this. */
  closesAt: instant,
  /** Groups may be confirmed until then; the draw follows within minutes. */
  drawsAt: instant,
  sessionIds: z.array(sessionId).min(1).max(SESSIONS_MOST).refine(distinct, mustNotRepeat),
  groups: z
    .array(z.strictObject({ groupId, name: textInBoth }))
    .max(GROUPS_MOST)
    .refine((groups) => distinct(groups.map((group) => group.groupId)), mustNotRepeat)
    .default([]),
});
export type RoundRequest = z.infer<typeof roundRequest>;

/** A session of a round, under the number by which wishes name it in what is published. */
export const roundSession = z.object({
  number: z.int(),
  sessionId,
  centerId,
  service,
  title: localized,
  date: isoDate,
  startsAt: clockTime,
  endsAt: clockTime,
  minAgeYears: z.int().optional(),
  maxAgeYears: z.int().optional(),
  /** Places to be given: those free when the round was opened; from the closing on, those free then. */
  places: z.int(),
});
export type RoundSession = z.infer<typeof roundSession>;

/** `upcoming` before the window, `open` in it, `closed` until the draw, `drawn` while winners are seated and told, `settled` at the end. */
export const roundPhases = ['upcoming', 'open', 'closed', 'drawn', 'settled'] as const;

/** The rule of the draw, in words. */
export const drawRule = z.object({ version: z.string(), zh: z.string(), en: z.string() });
export type DrawRule = z.infer<typeof drawRule>;

const hex = z.string();

/** An allocation round in a list. */
export const roundSummary = z.object({
  roundId,
  title: localized,
  opensAt: instant,
  closesAt: instant,
  drawsAt: instant,
  phase: z.enum(roundPhases),
  centerIds: z.array(centerId),
  sessionCount: z.int(),
  groups: z.array(priorityGroup),
  /** SHA-256 of the seed, published when the round was opened. */
  seedHash: hex,
});
export type RoundSummary = z.infer<typeof roundSummary>;

/** An allocation round: places of sessions given by wishes and a draw. */
export const round = roundSummary.extend({
  rule: drawRule,
  sessions: z.array(roundSession),
  /** From the draw on: the seed itself, what it led to, and how many had applied. */
  seed: hex.optional(),
  resultHash: hex.optional(),
  drawnAt: instant.optional(),
  applications: z.int().optional(),
  children: z.int().optional(),
  childrenPlaced: z.int().optional(),
  /** Sessions whose winners have their seats. */
  sessionsSeated: z.int(),
});
export type Round = z.infer<typeof round>;

export const roundsAnswer = z.object({ rounds: z.array(roundSummary) });
export const roundAnswer = z.object({ round });

const wishes = z.array(sessionId).min(1).max(WISHES_MOST).refine(distinct, mustNotRepeat);

/** Children of one application are placed together or not at all; who would rather be placed apart applies apart. */
export const applicationRequest = z.strictObject({
  childIds: z.array(personId).min(1).max(TOGETHER_MOST).refine(distinct, mustNotRepeat),
  /** Best first. */
  wishes,
  groupId: groupId.optional(),
});
export const applicationChange = z.strictObject({ wishes, groupId: groupId.optional() });

/** Why somebody who was drawn has no place: what a booking would have been refused for, a code and the words for it. */
const lostPlace = z.object({ personId, code: z.string(), why: localized });

/** An application in a round, as those see it who made it. */
export const application = z.object({
  applicationId,
  children: z.array(namedPerson),
  wishes: z.array(sessionId),
  groupId: groupId.optional(),
  /** Whether staff have confirmed the group; unconfirmed counts as none. */
  confirmed: z.boolean(),
  changedAt: instant,
  /** From the draw on: the session that was drawn, and who could not be given the place in it when the seats were given. */
  result: z.object({ order: z.int(), sessionId: sessionId.optional(), lost: z.array(lostPlace).optional() }).optional(),
});
export type Application = z.infer<typeof application>;
export const applicationAnswer = z.object({ application });
export const applicationsAnswer = z.object({ applications: z.array(application) });

export const claimsQuery = z.strictObject({ cursor: cursor.optional() });
/** An application that claims a priority group. */
export const groupClaim = z.object({
  applicationId,
  children: z.array(namedPerson),
  groupId,
  confirmed: z.boolean(),
});
export type GroupClaim = z.infer<typeof groupClaim>;
export const claimsAnswer = z.object({ claims: z.array(groupClaim), nextCursor: z.string().optional() });
export const claimAnswer = z.object({ claim: groupClaim });
/** The group as staff saw it, so that nobody confirms what has been changed meanwhile. */
export const claimDecision = z.strictObject({ groupId, confirmed: z.boolean() });

/* what anybody may download and check */

export const publicationQuery = z.strictObject({ cursor: cursor.optional() });

/** An application as it is published, without a name. */
export const publishedApplication = z.object({
  code: applicationId,
  /** 1 for the first priority group; null for none. */
  group: z.int().nullable(),
  size: z.int(),
  /** Numbers of sessions, best first. */
  wishes: z.array(z.int()),
  order: z.int(),
  /** Number of the session; null where no wish could be met. */
  place: z.int().nullable(),
});
export type PublishedApplication = z.infer<typeof publishedApplication>;

/** One page; all but the applications and the cursor is the same on each. */
export const publicationAnswer = z.object({
  roundId,
  rule: drawRule,
  seed: hex,
  seedHash: hex,
  groups: z.array(priorityGroup),
  sessions: z.array(z.object({ number: z.int(), sessionId, places: z.int() })),
  resultHash: hex,
  applicationCount: z.int(),
  applications: z.array(publishedApplication),
  nextCursor: z.string().optional(),
});
export type Publication = z.infer<typeof publicationAnswer>;
