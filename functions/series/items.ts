import * as z from 'zod';
import { bookingId, clockTime, freeText, isoDate, localized, personId } from '../../shared/contracts/common.ts';
import { alternative, seriesSummary } from '../../shared/contracts/series.ts';
import { requestHashAttribute, storedAs } from '../../shared/table/stored.ts';

/**
 * `SERIES#<seriesId> / SERIES`: a series, with all its dates from the moment it is made, so that whoever asks for the rest does the
 * same dates. What became of a date stands in its own item; a date without one is not decided yet.
 */
const seriesFields = seriesSummary.extend({
  is: z.literal('series').default('series'),
  actorId: personId,
  /** Fingerprint of the request, to tell a repeat from another body under the same key. */
  requestHash: z.string(),
  /** Booked by staff: the reason given. */
  reason: freeText(200).optional(),
  healAfterClosures: z.boolean(),
  /** How many days ahead its person may book, as the city said when it was made. */
  reachDays: z.int(),
  dates: z.array(isoDate),
  /** The time of day that the rule gives, by which calendars know an occurrence wherever it is moved. */
  ruleTime: clockTime,
  /** Dates not decided that lie here or later were called off. */
  canceledFrom: isoDate.optional(),
  /** Dates that have no place under the rule it goes on by: their bookings are yet to be canceled, as this person wished. */
  ends: z.object({ by: personId, dates: z.array(isoDate) }).optional(),
  /** Rises with each change of the series itself. */
  version: z.int().default(1),
});
export type SeriesItem = z.infer<typeof seriesFields>;
export const seriesItem = storedAs(seriesFields, requestHashAttribute);

/** What somebody wants of an occurrence; it stands until that is done, so that anybody can finish it. */
const wish = z.discriminatedUnion('to', [
  z.object({ to: z.literal('place'), by: personId, date: isoDate, startsAt: clockTime, endsAt: clockTime.optional() }),
  z.object({ to: z.literal('cancel'), by: personId }),
  z.object({ to: z.literal('purpose'), by: personId, purpose: z.string() }),
]);
export type Wish = z.infer<typeof wish>;

/** `SERIES#<seriesId> / OCCURRENCE#<date by the rule>` */
export const occurrenceItem = z.object({
  is: z.literal('occurrence').default('occurrence'),
  recurrence: isoDate,
  /** Where it is booked, or was wanted. */
  date: isoDate,
  startsAt: clockTime,
  endsAt: clockTime.optional(),
  /** `open`: to be tried again. `later`: tried from the date `again` on. */
  outcome: z.enum(['open', 'later', 'booked', 'skipped', 'canceled']),
  again: isoDate.optional(),
  bookingId: bookingId.optional(),
  /** Tries to book it that have been decided, from 0; and whether the last one took a place. Each try has a key of its own. */
  tries: z.int(),
  won: z.boolean(),
  /** How often it was moved. */
  sequence: z.int(),
  /** Why it was skipped, or was not changed as wished. */
  code: z.string().optional(),
  note: localized.optional(),
  alternative: alternative.optional(),
  wish: wish.optional(),
  /** A booking of the new time that waits for somebody's word: it takes over once it counts, and until then nothing else changes. */
  next: z
    .object({ bookingId, date: isoDate, startsAt: clockTime, endsAt: clockTime.optional(), sequence: z.int() })
    .optional(),
  /** The booking that the one named here took the place of: it is given up next. */
  leaves: bookingId.optional(),
});
export type OccurrenceItem = z.infer<typeof occurrenceItem>;

/** Every booking that occurrences still have to do with. */
export const bookingsIn = (items: Iterable<OccurrenceItem>): string[] =>
  [...items].flatMap(({ bookingId: own, leaves, next }) => [own ?? [], leaves ?? [], next?.bookingId ?? []].flat());

/** `SERIES#HEALING#<center> / <date>#<seriesId>#<date by the rule>`: of series that want their dates back when a closure is lifted. */
export const healingItem = z.object({
  seriesId: seriesSummary.shape.seriesId,
  recurrence: isoDate,
});
