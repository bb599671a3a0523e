import * as z from 'zod';
import { clockTime, instant, personId } from '../contracts/common.ts';
import { quartersBetween } from '../kernel/days.ts';
import type { RawItem } from '../table/conditions.ts';

/**
 * A day sheet: the occupied quarter-hours of one room or one person on one civil date. `busy` is a number set of quarters (0–95).
 * What occupies them stands beside it, one attribute `e:<id>` per entry (booking id, or session id where a class uses a room):
 * attributes of their own, because an update can add one to an item that does not exist yet, which it cannot do inside a map.
 */
const ENTRY_PREFIX = 'e:';

export const entryAttribute = (id: string): string => ENTRY_PREFIX + id;

function withEntries(item: unknown): unknown {
  const raw = item as RawItem;
  const entries = Object.entries(raw).filter(([name]) => name.startsWith(ENTRY_PREFIX));
  return {
    ...raw,
    entries: Object.fromEntries(entries.map(([name, entry]) => [name.slice(ENTRY_PREFIX.length), entry])),
  };
}

const busy = z.set(z.int().min(0).max(95)).default(new Set());

/** An entry of a room's sheet: the claim itself when it is a booking, so it carries what the row is written from. */
export const roomEntry = z.object({
  s: clockTime,
  e: clockTime,
  /** beneficiary, actor, instant, fingerprint of the request; absent where a session uses the room */
  p: personId.optional(),
  a: personId.optional(),
  t: instant.optional(),
  h: z.string().optional(),
  /** what it is for */
  u: z.string().optional(),
});
export type RoomEntry = z.infer<typeof roomEntry>;

/** `ROOMWEEK#<center>#<week> / <roomId>#<date>` */
export const roomDayItem = z.preprocess(withEntries, z.object({ busy, entries: z.record(z.string(), roomEntry) }));
export type RoomDayItem = z.infer<typeof roomDayItem>;

/**
 * Room time of one person on one date, in quarter-hours: four hours. It keeps one party from holding rooms all day; being counted on
 * the person's own sheet, it spans all rooms and centers.
 */
export const ROOM_QUARTERS_PER_PERSON_AND_DAY = 16;

/** A room's sheet with the room and the date that its sort key names, for lists of sheets. */
export const placedRoomDay = roomDayItem.and(
  z
    .object({ sk: z.string() })
    .transform(({ sk }) => ({ roomId: sk.slice(0, sk.indexOf('#')), date: sk.slice(sk.indexOf('#') + 1) })),
);

/** An entry of a person's sheet; `of` is the session or the room that takes the person's time. */
export const agendaEntry = z.object({ s: clockTime, e: clockTime, of: z.string() });
export type AgendaEntry = z.infer<typeof agendaEntry>;

/** `AGENDA#<person> / DAY#<date>`; `roomQuarters` counts the room time of this person on this date, for the daily limit. */
export const agendaDayItem = z.preprocess(
  withEntries,
  z.object({ busy, entries: z.record(z.string(), agendaEntry), roomQuarters: z.int().default(0) }),
);
export type AgendaDayItem = z.infer<typeof agendaDayItem>;

/** A whole room's day as an item to put, for imports into an empty city. */
export function roomDayAttributes(entries: Readonly<Record<string, RoomEntry>>): RawItem {
  const quarters = new Set(Object.values(entries).flatMap(({ s, e }) => quartersBetween(s, e)));
  const attributes = Object.entries(entries).map(([id, entry]) => [entryAttribute(id), entry]);
  return { is: 'room-day', ...(quarters.size > 0 ? { busy: quarters } : {}), ...Object.fromEntries(attributes) };
}
