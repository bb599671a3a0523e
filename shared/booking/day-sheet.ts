import * as z from 'zod';
import { bookingId, clockTime, instant, personId } from '../contracts/common.ts';

/**
 * A day sheet: the occupied quarter-hours of one room or one person on one civil date. `busy` is a number set of quarters (0–95);
 * `entries` say what occupies them, by booking id (or, for a room used by a class, by session id).
 */
export const sheetEntry = z.object({
  s: clockTime,
  e: clockTime,
  /** beneficiary and actor; absent on a session's use of a room */
  p: personId.optional(),
  a: personId.optional(),
  t: instant.optional(),
  h: z.string().optional(),
  /** what it is for */
  u: z.string().optional(),
  /** booked by staff: the reason given */
  r: z.string().optional(),
});
export type SheetEntry = z.infer<typeof sheetEntry>;

const quarters = z.set(z.int().min(0).max(95)).default(new Set());

/** `ROOMWEEK#<center>#<week> / <roomId>#<date>` */
export const roomDayItem = z.object({ busy: quarters, entries: z.record(z.string(), sheetEntry).default({}) });
export type RoomDayItem = z.infer<typeof roomDayItem>;

/** A person's entry also says what it is: the session or the room that takes the person's time. */
export const agendaEntry = z.object({ s: clockTime, e: clockTime, of: z.string() });

/** `AGENDA#<person> / DAY#<date>`; `roomQuarters` counts the room time booked for this person on this date, for the daily limit. */
export const agendaDayItem = z.object({
  busy: quarters,
  entries: z.record(bookingId, agendaEntry).default({}),
  roomQuarters: z.int().default(0),
});
export type AgendaDayItem = z.infer<typeof agendaDayItem>;
