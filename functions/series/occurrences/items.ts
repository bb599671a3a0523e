import * as z from 'zod';
import {
  bookingId,
  clockTime,
  isoDate,
  localized,
  type OfferingId,
  personId,
} from '../../../shared/contracts/common.ts';
import { alternative } from '../../../shared/contracts/series.ts';
import { sessionIdFor } from '../../../shared/table/keys.ts';

/** What somebody wants of an occurrence; it stands until that is done, so that anybody can finish it. */
const requestedChange = z.discriminatedUnion('to', [
  z.object({ to: z.literal('place'), by: personId, date: isoDate, startsAt: clockTime, endsAt: clockTime.optional() }),
  z.object({ to: z.literal('cancel'), by: personId }),
  z.object({ to: z.literal('purpose'), by: personId, purpose: z.string() }),
]);

export type RequestedChange = z.infer<typeof requestedChange>;

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
  wish: requestedChange.optional(),
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

/** Where one occurrence is to be. The end is a room's; a session has its own. */
export type Slot = { readonly date: string; readonly startsAt: string; readonly endsAt?: string | undefined };

export const sessionIdAt = (offeringId: OfferingId, { date, startsAt }: Slot): string =>
  sessionIdFor(offeringId, date, startsAt);
