import * as z from 'zod';
import { bookingStates, heldFor } from './bookings.ts';
import {
  bookingId,
  centerId,
  clockTime,
  freeText,
  instant,
  isoDate,
  localized,
  offeringId,
  personId,
  roomId,
  seriesId,
  sessionId,
} from './common.ts';

/** At most so many dates in one series, none of them farther ahead than so many days. */
export const MOST_OCCURRENCES = 200;
export const FARTHEST_OCCURRENCE_DAYS = 366;

/** What is repeated: a stretch of a room, or the session of an offering that starts at a time of day. */
export const seriesTarget = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('room'),
    roomId,
    startsAt: clockTime,
    endsAt: clockTime,
    purpose: freeText(100),
    offeringId: offeringId.optional(),
    with: z
      .array(roomId)
      .max(5)
      .refine((ids) => new Set(ids).size === ids.length, { error: 'must not repeat' })
      .default([]),
  }),
  z.strictObject({ kind: z.literal('sessions'), offeringId, startsAt: clockTime }),
]);

/**
 * On which dates, by RFC 5545: `rrule` from `dtstart` on, and `rdates`, without `exdates`. Civil dates of the center; the time of day
 * is the target's. `FREQ` is DAILY, WEEKLY, MONTHLY or YEARLY; `UNTIL` or `COUNT` end it.
 */
export const seriesRule = z.strictObject({
  dtstart: isoDate,
  rrule: z
    .string()
    .max(300)
    .regex(/^(RRULE:)?[A-Z]+=[A-Z0-9,+-]+(;[A-Z]+=[A-Z0-9,+-]+)*$/),
  exdates: z.array(isoDate).max(MOST_OCCURRENCES).default([]),
  rdates: z.array(isoDate).max(MOST_OCCURRENCES).default([]),
});
export type SeriesRule = z.infer<typeof seriesRule>;

/** What to repeat, when, and for whom. */
export const seriesRequest = z.strictObject({
  target: seriesTarget,
  /** For whom; oneself when left out. */
  beneficiaryId: personId.optional(),
  rule: seriesRule,
  /** Whether dates that a closure took are booked after all when it is lifted. */
  healAfterClosures: z.boolean().default(false),
  /** Given by staff of the center, who book for somebody: why. */
  reason: freeText(200).optional(),
});
export type SeriesRequest = z.infer<typeof seriesRequest>;

/** A free place near one that could not be had. */
export const alternative = z.object({
  date: isoDate,
  startsAt: clockTime,
  endsAt: clockTime,
  sessionId: sessionId.optional(),
  placesLeft: z.int().optional(),
});
export type Alternative = z.infer<typeof alternative>;

const occurrenceFields = {
  /** The date that the rule gave, which names the occurrence for good. */
  recurrence: isoDate,
  /** Where it is, or would be. */
  date: isoDate,
  startsAt: clockTime,
  endsAt: clockTime.optional(),
  /** Why it is not booked, or was not changed: a code, and the words for it. */
  code: z.string().optional(),
  why: localized.optional(),
  alternative: alternative.optional(),
};

/**
 * `free`: would be booked at once. `waiting`: too far ahead today, or its session is not published yet; booked when the day comes into
 * reach. `skipped`: cannot be had, with the reason.
 */
export const previewedOccurrence = z.object({ ...occurrenceFields, fate: z.enum(['free', 'waiting', 'skipped']) });
export type PreviewedOccurrence = z.infer<typeof previewedOccurrence>;
/** `heldFor`: what the center asks for first; until then each date is held, and not booked. */
export const seriesPreviewAnswer = z.object({
  occurrences: z.array(previewedOccurrence),
  heldFor: heldFor.optional(),
});
export type SeriesPreview = z.infer<typeof seriesPreviewAnswer>;

/** One date of a series, and what became of it. */
export const occurrence = z.object({
  ...occurrenceFields,
  /** `pending`: not decided yet, ask for the rest. */
  outcome: z.enum(['pending', 'waiting', 'booked', 'skipped', 'canceled']),
  bookingId: bookingId.optional(),
  /** State of that booking. */
  state: z.enum(bookingStates).optional(),
  /** How often it was moved. */
  sequence: z.int(),
  /** The new time that it moves to once that is confirmed; until then it stays where it is. */
  next: z
    .object({
      date: isoDate,
      startsAt: clockTime,
      endsAt: clockTime.optional(),
      bookingId,
      heldFor: heldFor.optional(),
      heldUntil: instant.optional(),
    })
    .optional(),
});
export type SeriesOccurrence = z.infer<typeof occurrence>;

const seriesFields = {
  seriesId,
  beneficiaryId: personId,
  centerId,
  title: localized,
  target: seriesTarget,
  rule: seriesRule,
  firstDate: isoDate,
  lastDate: isoDate,
  createdAt: instant,
  /** The series that this one was cut from, or that goes on where it was cut. */
  follows: seriesId.optional(),
  continuedBy: seriesId.optional(),
};

/** A booking that repeats by a rule, with each of its dates. */
export const series = z.object({
  ...seriesFields,
  actorId: personId,
  byStaff: z.boolean(),
  /** For whom it is, by name; of staff who made it for somebody, who and why. */
  beneficiaryName: z.string().optional(),
  actorName: z.string().optional(),
  reason: z.string().optional(),
  healAfterClosures: z.boolean(),
  occurrences: z.array(occurrence),
  /** Decided and all in reach now; `next`: there is more to do, ask for it by `continue`. */
  done: z.int(),
  of: z.int(),
  waiting: z.int(),
  next: z.boolean(),
});
export type Series = z.infer<typeof series>;
export const seriesAnswer = z.object({ series });

/** A series in a list. */
export const seriesSummary = z.object(seriesFields);
export type SeriesSummary = z.infer<typeof seriesSummary>;
export const seriesListAnswer = z.object({ series: z.array(seriesSummary) });

/**
 * One change of one occurrence, of it and all that follow, or of all. Exactly one of `move`, `purpose` and `cancel`; a new date is for a
 * single one, a new rule for several: of its dates those count that lie from the occurrence on, for all from today on. What is past,
 * attended, or not free of charge to give up stays as it is.
 */
export const seriesChange = z
  .strictObject({
    scope: z.enum(['this', 'this-and-following', 'all']),
    /** Which one; left out for all. */
    recurrence: isoDate.optional(),
    move: z
      .strictObject({
        date: isoDate.optional(),
        startsAt: clockTime.optional(),
        endsAt: clockTime.optional(),
        rule: seriesRule.optional(),
      })
      .optional(),
    purpose: freeText(100).optional(),
    cancel: z.literal(true).optional(),
  })
  .refine(({ scope, recurrence }) => (scope === 'all') === (recurrence === undefined), {
    error: 'names the occurrence, unless it is about all',
    path: ['recurrence'],
  })
  .refine((change) => [change.move, change.purpose, change.cancel].filter((it) => it !== undefined).length === 1, {
    error: 'one change at a time: move, purpose or cancel',
    path: ['move'],
  })
  .refine(({ scope, move }) => scope === 'this' || move?.date === undefined, {
    error: 'a new date is for a single one',
    path: ['move', 'date'],
  })
  .refine(({ scope, move }) => scope !== 'this' || move?.rule === undefined, {
    error: 'a new rule is for several',
    path: ['move', 'rule'],
  })
  .refine(({ move }) => move === undefined || Object.keys(move).length > 0, {
    error: 'must say where to',
    path: ['move'],
  });
export type SeriesChange = z.infer<typeof seriesChange>;

/**
 * What a change would come to, date by date. `free`, `waiting` and `skipped` are about the new place, of which `was` is the old one, kept
 * where the new one cannot be had; `same`: nothing changes; `kept`: past, or not free to give up; `ends`: it is canceled.
 */
export const previewedChange = z.object({
  ...occurrenceFields,
  fate: z.enum(['free', 'waiting', 'skipped', 'same', 'kept', 'ends']),
  was: z.object({ date: isoDate, startsAt: clockTime, endsAt: clockTime.optional() }).optional(),
});
export type PreviewedChange = z.infer<typeof previewedChange>;
export const changePreviewAnswer = z.object({ occurrences: z.array(previewedChange), heldFor: heldFor.optional() });
export type ChangePreview = z.infer<typeof changePreviewAnswer>;
