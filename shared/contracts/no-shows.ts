import * as z from 'zod';
import { bookingStates } from './bookings.ts';
import {
  bookingId,
  centerId,
  clockTime,
  freeText,
  instant,
  isoDate,
  localized,
  personId,
  sessionId,
} from './common.ts';

/**
 * What follows when somebody books and does not come, as data of the city: whoever has missed `from` or more in the last `withinDays`
 * books at most `horizonDays` ahead. Nobody is shut out; what is older no longer counts, by itself.
 */
export const noShowRule = z.object({
  withinDays: z.int().positive(),
  /** From the mildest to the strictest. */
  steps: z.array(z.object({ from: z.int().positive(), horizonDays: z.int().positive() })),
});
export type NoShowRule = z.infer<typeof noShowRule>;

/** What happened to a no-show, one line of its log each: marked, contested, decided, or the person came after all. */
export const noShowSteps = ['marked', 'appealed', 'accepted', 'refused', 'taken-back', 'came'] as const;

/** How things stood: the booking, how many no-shows count, and the limit that follows from them. */
export const noShowEffect = z.object({
  state: z.enum(bookingStates),
  noShows: z.int(),
  horizonDays: z.int().optional(),
});
export type NoShowEffect = z.infer<typeof noShowEffect>;

/** One step of a no-show. */
export const noShowLogEntry = z.object({
  what: z.enum(noShowSteps),
  at: instant,
  /** Who did it; nobody when the city did by its rule. */
  by: personId.optional(),
  byName: z.string().optional(),
  as: z.enum(['resident', 'staff', 'city']),
  reason: z.string().optional(),
  before: noShowEffect,
  after: noShowEffect,
});
export type NoShowLogEntry = z.infer<typeof noShowLogEntry>;

/** A booking to which nobody came, and what was said of it. */
export const noShow = z.object({
  bookingId,
  personId,
  personName: z.string().optional(),
  centerId,
  sessionId: sessionId.optional(),
  title: localized,
  date: isoDate,
  startsAt: clockTime,
  /** As it stands: `no-show` counts, `excused` and `checked-in` do not. */
  state: z.enum(bookingStates),
  /** From this date on it no longer counts. */
  countsUntil: isoDate,
  log: z.array(noShowLogEntry),
});
export type NoShow = z.infer<typeof noShow>;

/** How far ahead somebody may book because of no-shows. */
export const noShowLimit = z.object({
  noShows: z.int(),
  horizonDays: z.int(),
  /** The date on which it becomes milder, or ends. */
  clearsOn: isoDate,
});
export type NoShowLimit = z.infer<typeof noShowLimit>;

/** The no-shows of a person, and the limit that follows. */
export const personNoShowsAnswer = z.object({
  personId,
  rule: noShowRule,
  limit: noShowLimit.optional(),
  /** The latest first. */
  noShows: z.array(noShow),
});
export const noShowAnswer = z.object({ noShow });
/** Contested no-shows of a center: the open ones first. */
export const noShowsAnswer = z.object({ noShows: z.array(noShow) });

export const appealRequest = z.strictObject({ reason: freeText(500) });
/** The center's word on an appeal; accepting without one takes a mistaken mark back. */
export const appealDecision = z.strictObject({ accept: z.boolean(), reason: freeText(500) });
