import * as z from 'zod';
import { fundingModes } from './centers.ts';
import {
  centerId,
  clockTime,
  cursor,
  fen,
  isoDate,
  localized,
  offeringId,
  roomId,
  service,
  sessionId,
} from './common.ts';

export const sessionQuery = z.strictObject({
  from: isoDate,
  days: z.coerce.number().int().min(1).max(14).default(7),
  service: service.optional(),
});

/** Sessions to a page, unless fewer are asked for: more than any ordinary center has in two weeks. */
export const SESSIONS_A_PAGE = 200;
export const sessionsPageQuery = sessionQuery.extend({
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(SESSIONS_A_PAGE).default(SESSIONS_A_PAGE),
});

/** One dated occurrence of an offering, with a capacity. */
export const session = z.object({
  sessionId,
  offeringId,
  centerId,
  providerId: z.string(),
  providerName: localized,
  service,
  title: localized,
  date: isoDate,
  startsAt: clockTime,
  endsAt: clockTime,
  capacity: z.int(),
  /** For somebody who comes now: none while others wait. */
  placesLeft: z.int(),
  /** Parties on the waitlist. */
  waiting: z.int(),
  /** `allocating`: its places are given in a round of wishes and a draw; what is left is then `open`. */
  status: z.enum(['open', 'closed', 'allocating']),
  /** The round that gives its places, while it is `allocating`. */
  roundId: z.string().optional(),
  minAgeYears: z.int().optional(),
  maxAgeYears: z.int().optional(),
  residentPriceFen: fen,
  grossPriceFen: fen,
  fundingMode: z.enum(fundingModes),
  roomId: roomId.optional(),
  /** Who or what else it takes: a teacher, a clinician, equipment of the center, each with a day of its own. */
  with: z.array(roomId).optional(),
});
export type Session = z.infer<typeof session>;
export const sessionAnswer = z.object({ session });
export const sessionsAnswer = z.object({ sessions: z.array(session), nextCursor: z.string().optional() });
