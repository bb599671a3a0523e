import * as z from 'zod';
import { center, offering, openHours, room } from '../../shared/contracts/centers.ts';
import { isoDate, localized } from '../../shared/contracts/common.ts';

/** Hours by ISO weekday, `'1'` Monday to `'7'` Sunday; several stretches a day, in order; a day without an entry is closed. */
export const weeklyHours = z.partialRecord(z.enum(['1', '2', '3', '4', '5', '6', '7']), z.array(openHours));
export type WeeklyHours = z.infer<typeof weeklyHours>;

/** A center's own word on one date: its hours that day (none: closed), and why. */
export const openingException = z.object({ hours: z.array(openHours), note: localized.optional() });

/** `CENTERS / CENTER#<centerId>`: all facts of a center, its opening included, so that one read tells when it is open. */
export const centerItem = center.extend({
  /** IANA zone of the center's clock. */
  zone: z.string(),
  weekly: weeklyHours,
  exceptions: z.record(isoDate, openingException).default({}),
  /** Days that closures shut, with what each of them says; `was`: the center's own exception that stands again after. */
  shut: z
    .record(isoDate, z.object({ by: z.record(z.string(), localized), was: openingException.optional() }))
    .optional(),
});
export type CenterItem = z.infer<typeof centerItem>;

/** `CENTER#<centerId> / ROOM#<roomId>` */
export const roomItem = room;
export type RoomItem = z.infer<typeof roomItem>;

/** `CENTER#<centerId> / OFFERING#<offeringId>` */
export const offeringItem = offering;
export type OfferingItem = z.infer<typeof offeringItem>;

/** What a date is in the public calendar: nobody works, everybody works, or it is a day like any other after all. */
export const calendarDay = z.object({ kind: z.enum(['holiday', 'workday', 'regular']), name: localized });
export type CalendarDay = z.infer<typeof calendarDay>;

/** `CALENDAR / YEAR#<year>`: where a city departs from the national calendar, or knows it before the package does, and by what source. */
export const calendarYearItem = z.object({
  year: z.string(),
  days: z.record(isoDate, calendarDay.extend({ source: z.string() })),
});
export type CalendarYearItem = z.infer<typeof calendarYearItem>;
