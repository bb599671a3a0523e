import * as z from 'zod';
import { clockTime, freeText, isoDate, personId } from '../../shared/contracts/common.ts';
import { seriesSummary } from '../../shared/contracts/series.ts';

/**
 * `SERIES#<seriesId> / SERIES`: a series, with all its dates from the moment it is made, so that whoever asks for the rest does the
 * same dates. What became of a date stands in its own item; a date without one is not decided yet.
 */
export const seriesItem = seriesSummary.extend({
  is: z.literal('series').default('series'),
  actorId: personId,
  /** Fingerprint of the request, to tell a repeat from another body under the same key. */
  h: z.string(),
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
export type SeriesItem = z.infer<typeof seriesItem>;
