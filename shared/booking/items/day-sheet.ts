import * as z from 'zod';
import { clockTime, instant, orderId, personId, roomId } from '../../contracts/common.ts';
import { QUARTERS_PER_DAY, quartersBetween } from '../../kernel/days.ts';
import type { RawItem } from '../../table/conditions.ts';
import { counterCharge } from '../price/counters.ts';
import { gone } from './claim-end.ts';

/**
 * A day sheet: the occupied quarter-hours of one resource (a room, a projector, a teacher) or one person on one civil date, as number
 * sets of quarters (0–95). What occupies them stands beside them, one attribute `e:<id>` per entry (booking id, or session id where a
 * class uses a room): attributes of their own, because an update can add one to an item that does not exist yet, which it cannot
 * do inside a map.
 */
const ENTRY_PREFIX = 'e:';

export const entryAttribute = (id: string): string => ENTRY_PREFIX + id;

/** The attributes with this prefix, by what follows it. */
function under(raw: RawItem, prefix: string): RawItem {
  const found = Object.entries(raw).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
}

function withEntries(item: unknown): unknown {
  const raw = item as RawItem;
  return { ...raw, entries: under(raw, ENTRY_PREFIX), ended: under(raw, ENDED_PREFIX) };
}

/** What was given back, one attribute each: calendars that have it must hear that it is over. */
const ENDED_PREFIX = 'x:';
export const endedAttribute = (id: string): string => ENDED_PREFIX + id;
const endedEntry = z.object({ s: clockTime, e: clockTime, t: instant });

const quarters = z.set(z.int().min(0).max(95)).default(new Set());

/** Quarter-hours kept free of other bookings before and after this one. */
export const bufferQuarters = z.tuple([z.int().min(0), z.int().min(0)]);
export type BufferQuarters = z.infer<typeof bufferQuarters>;
export const NO_BUFFERS: BufferQuarters = [0, 0];

/** An entry of a resource's sheet: the claim itself when it is a booking, so it carries what the row is written from. */
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
  /** its buffers, so that what is given back is exactly what was taken */
  g: bufferQuarters.optional(),
  /** further resources that it takes, each with an entry of its own */
  w: z.array(roomId).optional(),
  /** on the sheet of such a further resource: the room whose entry is the claim */
  m: roomId.optional(),
  /** the order that decides about it, and until when (epoch seconds) it is held while that is undecided */
  o: orderId.optional(),
  x: z.int().optional(),
  /** the offering it was booked under */
  f: z.string().optional(),
  /** what the resident pays, in fen; nothing when absent */
  c: z.int().optional(),
  /** how canceling it costs, as agreed when it was booked: hours before the start, percent kept */
  k: z.array(z.tuple([z.int(), z.int()])).optional(),
  /** under fair use: quarter-hours within the allowance, and beyond it */
  l: z.tuple([z.int(), z.int()]).optional(),
  /** the organization that it is for */
  y: z.string().optional(),
  /** booked by staff: the reason given */
  b: z.string().optional(),
  /** the series, the date and time (`<date>T<time>`) that its rule gave, and how often it was moved */
  r: z.tuple([z.string(), z.string(), z.int()]).optional(),
});
export type RoomEntry = z.infer<typeof roomEntry>;

/**
 * `ROOMWEEK#<center>#<week> / <resource>#<date>`. Besides `busy`: `pre` and `post`, the buffers before and after its bookings, and
 * `closed`, what a closure has shut. Two `pre` never overlap, nor two `post`, because a buffer never reaches into a booking:
 * so each can be one set, and giving back takes out exactly what was put in.
 */
export const roomDayItem = z.preprocess(
  withEntries,
  z.object({
    busy: quarters,
    pre: quarters,
    post: quarters,
    closed: quarters,
    entries: z.record(z.string(), roomEntry),
    ended: z.record(z.string(), endedEntry).default({}),
    gone: gone.optional(),
  }),
);
export type RoomDayItem = z.infer<typeof roomDayItem>;
export type Occupancy = Pick<RoomDayItem, 'busy' | 'pre' | 'post' | 'closed'>;

/** Quarter-hours of a stretch and of its buffers, cut at midnight. */
export function stretchQuarters(s: string, e: string, [before, after]: BufferQuarters) {
  const own = quartersBetween(s, e);
  const first = own[0] ?? 0;
  const end = (own.at(-1) ?? first) + 1;
  const range = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
  return {
    own,
    pre: range(Math.max(0, first - before), first),
    post: range(end, Math.min(QUARTERS_PER_DAY, end + after)),
  };
}

/**
 * What is occupied at `nowEpochSeconds`: a hold that has lapsed is in nobody's way, whether or not somebody has given it back; nor is what
 * `isOver` knows to have ended since the sheet was read.
 */
export function occupancyOf(
  sheet: RoomDayItem | undefined,
  nowEpochSeconds: number,
  isOver: (bookingId: string) => boolean = () => false,
): Occupancy {
  const free = Object.entries(sheet?.entries ?? {}).flatMap(([bookingId, entry]) =>
    isOver(bookingId) || (entry.x !== undefined && entry.x <= nowEpochSeconds) ? [entry] : [],
  );
  const { busy, pre, post, closed } = sheet ?? { busy: new Set(), pre: new Set(), post: new Set(), closed: new Set() };
  const left = { busy: new Set(busy), pre: new Set(pre), post: new Set(post), closed };
  for (const { s, e, g = NO_BUFFERS } of free) {
    const taken = stretchQuarters(s, e, g);
    for (const quarter of taken.own) left.busy.delete(quarter);
    for (const quarter of taken.pre) left.pre.delete(quarter);
    for (const quarter of taken.post) left.post.delete(quarter);
  }
  return left;
}

/** Whether a stretch with these buffers fits: its time free of bookings, buffers and closures, its buffers free of bookings. */
export function fits(occupied: Occupancy, s: string, e: string, buffers: BufferQuarters): boolean {
  const { own, pre, post } = stretchQuarters(s, e, buffers);
  const shut = (quarter: number) =>
    occupied.busy.has(quarter) ||
    occupied.pre.has(quarter) ||
    occupied.post.has(quarter) ||
    occupied.closed.has(quarter);
  return !own.some(shut) && ![...pre, ...post].some((quarter) => occupied.busy.has(quarter));
}

/** {@link fits} for a stretch of one quarter-hour, for those who ask about many. */
export function quarterFits(
  { busy, pre, post, closed }: Occupancy,
  quarter: number,
  [before, after]: BufferQuarters,
): boolean {
  if (pre.has(quarter) || post.has(quarter) || closed.has(quarter)) return false;
  for (let near = quarter - before; near <= quarter + after; near += 1) if (busy.has(near)) return false;
  return true;
}

/**
 * Room time of one person on one date, in quarter-hours: four hours. It keeps one party from holding rooms all day; being counted on
 * the person's own sheet, it spans all rooms and centers.
 */
export const ROOM_QUARTERS_PER_PERSON_AND_DAY = 16;

/** A resource's sheet with the resource and the date that its sort key names, for lists of sheets. */
export const placedRoomDay = roomDayItem.and(
  z
    .object({ sk: z.string() })
    .transform(({ sk }) => ({ roomId: sk.slice(0, sk.indexOf('#')), date: sk.slice(sk.indexOf('#') + 1) })),
);

/** An entry of a person's sheet; `of` is the session or the room that takes the person's time; `c` what it counts against. */
export const agendaEntry = z.object({
  s: clockTime,
  e: clockTime,
  of: z.string(),
  c: z.array(counterCharge).optional(),
});
export type AgendaEntry = z.infer<typeof agendaEntry>;

/** `AGENDA#<person> / DAY#<date>`; `roomQuarters` counts the room time of this person on this date, for the daily limit. */
export const agendaDayItem = z.preprocess(
  withEntries,
  z.object({ busy: quarters, entries: z.record(z.string(), agendaEntry), roomQuarters: z.int().default(0) }),
);
export type AgendaDayItem = z.infer<typeof agendaDayItem>;

/** A whole room's day as an item to put, for imports into an empty city. */
export function roomDayAttributes(entries: Readonly<Record<string, RoomEntry>>): RawItem {
  const busy = new Set(Object.values(entries).flatMap(({ s, e }) => quartersBetween(s, e)));
  const attributes = Object.entries(entries).map(([id, entry]) => [entryAttribute(id), entry]);
  return { is: 'room-day', ...(busy.size > 0 ? { busy } : {}), ...Object.fromEntries(attributes) };
}
