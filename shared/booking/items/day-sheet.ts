import * as z from 'zod';
import { type BookingId, clockTime, instant, orderId, personId, type RoomId, roomId } from '../../contracts/common.ts';
import { QUARTERS_PER_DAY, quartersBetween } from '../../kernel/days.ts';
import type { RawItem } from '../../table/conditions.ts';
import { requestHashAttribute, storedAs } from '../../table/stored.ts';
import { agreedCancellation } from './cancellation.ts';
import { claimEnd } from './claim-end.ts';
import { claimCharges, counterCharge } from './counter.ts';
import { occurrenceMark } from './occurrence.ts';

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
const endedEntryFields = z.object({ startsAt: clockTime, endsAt: clockTime, endedAt: instant });
export type EndedEntry = z.infer<typeof endedEntryFields>;
const endedEntry = storedAs(endedEntryFields, { startsAt: 's', endsAt: 'e', endedAt: 't' });
export const encodeEndedEntry = (value: EndedEntry) => z.encode(endedEntry, value);

const isQuarter = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < QUARTERS_PER_DAY;
const isQuarters = (value: unknown): value is Set<number> => value instanceof Set && [...value].every(isQuarter);
/** A number set of quarter-hours. Checked in one step: a center's week has ten thousand of them. */
const quarters = z.custom<Set<number>>(isQuarters, 'must be a set of quarter-hours').default(() => new Set<number>());

/** Quarter-hours kept free of other bookings before and after this one. */
export const bufferQuarters = z.tuple([z.int().min(0), z.int().min(0)]);
export type BufferQuarters = z.infer<typeof bufferQuarters>;
export const NO_BUFFERS: BufferQuarters = [0, 0];

/** What the attributes of an entry are called in the table. */
export const roomEntryAttributes = {
  ...requestHashAttribute,
  startsAt: 's',
  endsAt: 'e',
  personId: 'p',
  actorId: 'a',
  bookedAt: 't',
  purpose: 'u',
  buffers: 'g',
  with: 'w',
  mainRoomId: 'm',
  orderId: 'o',
  heldUntilEpochSeconds: 'x',
  offeringId: 'f',
  priceFen: 'c',
  cancellation: 'k',
  allowanceQuarters: 'l',
  organizationId: 'y',
  staffReason: 'b',
  occurrence: 'r',
  charges: 'n',
} as const satisfies Record<keyof RoomEntry, string>;

/**
 * An entry of a resource's sheet: the claim itself when it is a booking, so it carries what the row is written from. The person, the
 * actor, the instant and the fingerprint of the request are absent where a session uses the room.
 */
const roomEntryFields = z.object({
  startsAt: clockTime,
  endsAt: clockTime,
  /** For whom it is. */
  personId: personId.optional(),
  actorId: personId.optional(),
  bookedAt: instant.optional(),
  requestHash: z.string().optional(),
  purpose: z.string().optional(),
  /** Its buffers, so that what is given back is exactly what was taken. */
  buffers: bufferQuarters.optional(),
  /** Further resources that it takes, each with an entry of its own. */
  with: z.array(roomId).optional(),
  /** On the sheet of such a further resource: the room whose entry is the claim. */
  mainRoomId: roomId.optional(),
  /** The order that decides about it, and until when it is held while that is undecided. */
  orderId: orderId.optional(),
  heldUntilEpochSeconds: z.int().optional(),
  /** The offering it was booked under. */
  offeringId: z.string().optional(),
  /** What the resident pays; nothing when absent. */
  priceFen: z.int().optional(),
  cancellation: agreedCancellation.optional(),
  /** Under fair use: quarter-hours within the allowance, and beyond it. */
  allowanceQuarters: z.tuple([z.int(), z.int()]).optional(),
  /** The organization that it is for. */
  organizationId: z.string().optional(),
  /** Booked by staff: the reason given. */
  staffReason: z.string().optional(),
  occurrence: occurrenceMark.optional(),
  /** What it counts against by name; not what moved in one transaction with it. */
  charges: claimCharges.optional(),
});
export type RoomEntry = z.infer<typeof roomEntryFields>;
export const roomEntry = storedAs(roomEntryFields, roomEntryAttributes);
export const encodeRoomEntry = (value: RoomEntry) => z.encode(roomEntry, value);

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
    gone: claimEnd.optional(),
  }),
);
export type RoomDayItem = z.infer<typeof roomDayItem>;

/** What is taken of a resource's day. */
export type Occupancy = { readonly [Name in 'busy' | 'pre' | 'post' | 'closed']: ReadonlySet<number> };

const timesTaken = { startsAt: true, endsAt: true, buffers: true, heldUntilEpochSeconds: true } as const;
export type TimesTaken = Pick<RoomEntry, keyof typeof timesTaken>;
/** What is taken, and when the entries take it. */
export type OccupiedDay = Occupancy & { readonly entries: Readonly<Record<string, TimesTaken>> };

/** Quarter-hours of a stretch and of its buffers, cut at midnight. */
export function stretchQuarters(startsAt: string, endsAt: string, [before, after]: BufferQuarters) {
  const own = quartersBetween(startsAt, endsAt);
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

const NOTHING: ReadonlySet<number> = new Set();

/**
 * What is occupied at `nowEpochSeconds`: a hold that has lapsed is in nobody's way, whether or not somebody has given it back; nor is what
 * `isOver` knows to have ended since the sheet was read.
 */
export function occupancyOf(
  sheet: OccupiedDay | undefined,
  nowEpochSeconds: number,
  isOver: (bookingId: BookingId) => boolean = () => false,
): Occupancy {
  const free = Object.entries(sheet?.entries ?? {}).flatMap(([bookingId, entry]) =>
    isOver(bookingId) || (entry.heldUntilEpochSeconds !== undefined && entry.heldUntilEpochSeconds <= nowEpochSeconds)
      ? [entry]
      : [],
  );
  const { busy, pre, post, closed } = sheet ?? { busy: NOTHING, pre: NOTHING, post: NOTHING, closed: NOTHING };
  if (free.length === 0) return { busy, pre, post, closed };
  const left = { busy: new Set(busy), pre: new Set(pre), post: new Set(post), closed };
  for (const { startsAt, endsAt, buffers = NO_BUFFERS } of free) {
    const taken = stretchQuarters(startsAt, endsAt, buffers);
    for (const quarter of taken.own) left.busy.delete(quarter);
    for (const quarter of taken.pre) left.pre.delete(quarter);
    for (const quarter of taken.post) left.post.delete(quarter);
  }
  return left;
}

/** Whether a stretch with these buffers fits: its time free of bookings, buffers and closures, its buffers free of bookings. */
export function fits(occupied: Occupancy, startsAt: string, endsAt: string, buffers: BufferQuarters): boolean {
  const { own, pre, post } = stretchQuarters(startsAt, endsAt, buffers);
  const shut = (quarter: number) =>
    occupied.busy.has(quarter) ||
    occupied.pre.has(quarter) ||
    occupied.post.has(quarter) ||
    occupied.closed.has(quarter);
  return !own.some(shut) && ![...pre, ...post].some((quarter) => occupied.busy.has(quarter));
}

/** Those of `quarters` at which a stretch of one quarter-hour {@link fits}: for those who ask about a whole day. */
export function fittingQuarters(
  { busy, pre, post, closed }: Occupancy,
  quarters: readonly number[],
  [before, after]: BufferQuarters,
): number[] {
  const shut = new Set([...pre, ...post, ...closed]);
  // A booking is in the way of what starts on it, and of what would reach it with its buffers.
  for (const quarter of busy) for (let near = quarter - after; near <= quarter + before; near += 1) shut.add(near);
  return quarters.filter((quarter) => !shut.has(quarter));
}

/**
 * Room time of one person on one date, in quarter-hours: four hours. It keeps one party from holding rooms all day; being counted on
 * the person's own sheet, it spans all rooms and centers.
 */
export const ROOM_QUARTERS_PER_PERSON_AND_DAY = 16;

const placeOf = (sk: string): { roomId: RoomId; date: string } => ({
  roomId: sk.slice(0, sk.indexOf('#')),
  date: sk.slice(sk.indexOf('#') + 1),
});

const heldEntry = storedAs(roomEntryFields.pick(timesTaken), {
  startsAt: roomEntryAttributes.startsAt,
  endsAt: roomEntryAttributes.endsAt,
  buffers: roomEntryAttributes.buffers,
  heldUntilEpochSeconds: roomEntryAttributes.heldUntilEpochSeconds,
});

/** Of the entries of a stored sheet those that are only held, as they are stored. */
function heldEntries(raw: RawItem): RawItem {
  const held = Object.entries(under(raw, ENTRY_PREFIX)).filter(
    ([, entry]) => (entry as RawItem)[roomEntryAttributes.heldUntilEpochSeconds] !== undefined,
  );
  return Object.fromEntries(held);
}

/**
 * A resource's sheet for lists of what is free: what is taken, and of its entries those that are held for a time, which may be over. Who
 * has the rest, and what for, is left unread.
 */
export const listedRoomDay = z.preprocess(
  (item) => {
    const { sk, busy, pre, post, closed, ...raw } = item as RawItem;
    return { ...placeOf(String(sk)), busy, pre, post, closed, entries: heldEntries(raw) };
  },
  z.object({
    roomId: z.string(),
    date: z.string(),
    busy: quarters,
    pre: quarters,
    post: quarters,
    closed: quarters,
    entries: z.record(z.string(), heldEntry),
  }),
);
export type ListedRoomDay = z.infer<typeof listedRoomDay>;

/** A resource's sheet with the resource and the date that its sort key names, for lists of sheets. */
export const placedRoomDay = roomDayItem.and(z.object({ sk: z.string() }).transform(({ sk }) => placeOf(sk)));

export type PlacedRoomDay = z.infer<typeof placedRoomDay>;

/** An entry of a person's sheet; `of` is the session or the room that takes the person's time, `charges` what it counts against. */
const agendaEntryFields = z.object({
  startsAt: clockTime,
  endsAt: clockTime,
  of: z.string(),
  charges: z.array(counterCharge).optional(),
});
export type AgendaEntry = z.infer<typeof agendaEntryFields>;
export const agendaEntryAttributes = { startsAt: 's', endsAt: 'e', charges: 'c' } as const;
export const agendaEntry = storedAs(agendaEntryFields, agendaEntryAttributes);
export const encodeAgendaEntry = (value: AgendaEntry) => z.encode(agendaEntry, value);

/** `AGENDA#<person> / DAY#<date>`; `roomQuarters` counts the room time of this person on this date, for the daily limit. */
export const agendaDayItem = z.preprocess(
  withEntries,
  z.object({ busy: quarters, entries: z.record(z.string(), agendaEntry), roomQuarters: z.int().default(0) }),
);
export type AgendaDayItem = z.infer<typeof agendaDayItem>;

/** A whole room's day as an item to put, for imports into an empty city. */
export function roomDayAttributes(entries: Readonly<Record<string, RoomEntry>>): RawItem {
  const busy = new Set(Object.values(entries).flatMap(({ startsAt, endsAt }) => quartersBetween(startsAt, endsAt)));
  const attributes = Object.entries(entries).map(([id, entry]) => [entryAttribute(id), encodeRoomEntry(entry)]);
  return { is: 'room-day', ...(busy.size > 0 ? { busy } : {}), ...Object.fromEntries(attributes) };
}
