import type * as z from 'zod';
import { usualRules } from '../../shared/booking/items/city-rules.ts';
import {
  type AgendaDayItem,
  type BufferQuarters,
  fits,
  fittingQuarters,
  NO_BUFFERS,
  type OccupiedDay,
  occupancyOf,
  ROOM_QUARTERS_PER_PERSON_AND_DAY,
  stretchQuarters,
} from '../../shared/booking/items/day-sheet.ts';
import type { OpeningDay } from '../../shared/contracts/centers.ts';
import type { BookingId, PersonId, RoomId } from '../../shared/contracts/common.ts';
import type { RoomDay, roomBookingRequest } from '../../shared/contracts/rooms.ts';
import {
  addDays,
  type CivilTime,
  clockTimeOf,
  daysBetween,
  minutesOf,
  QUARTERS_PER_DAY,
  quartersBetween,
} from '../../shared/kernel/days.ts';
import type { ProblemCode } from '../../shared/kernel/problem-catalog.ts';
import { isOpenFor, type OfferingItem, type RoomItem } from '../centers/index.ts';

/** A stretch of a room as it is asked for. */
export type RoomRequest = z.output<typeof roomBookingRequest>;

export type Stretch = { readonly date: string; readonly startsAt: string; readonly endsAt: string };

/** The day of a resource as it was read. */
export type ReadSheet<Day extends OccupiedDay = OccupiedDay> = {
  readonly roomId: RoomId;
  readonly sheet: Day | undefined;
};

/** A rule that says no, before anything is claimed. */
export type WhyNot = { readonly code: ProblemCode; readonly facts?: Record<string, unknown> };

/** The quarter-hours kept free before and after a booking: those of the offering it is booked under, else the room's own. */
export function bufferQuartersOf(
  room: Pick<RoomItem, 'bufferBeforeMinutes' | 'bufferAfterMinutes'>,
  offering?: Pick<OfferingItem, 'policy'>,
): BufferQuarters {
  const own = { beforeMinutes: room.bufferBeforeMinutes, afterMinutes: room.bufferAfterMinutes };
  const { beforeMinutes, afterMinutes } = offering?.policy?.buffers ?? own;
  return [Math.ceil(beforeMinutes / 15), Math.ceil(afterMinutes / 15)];
}

/** What a use of a room costs its resident, in fen: an offering of rooms is priced by the hour; a room without one is free. */
export const priceOf = (
  offering: Pick<OfferingItem, 'residentPriceFen'> | undefined,
  startsAt: string,
  endsAt: string,
): number => (offering ? Math.round((offering.residentPriceFen * (minutesOf(endsAt) - minutesOf(startsAt))) / 60) : 0);

/**
 * Why this stretch of the room's day may not be booked, whatever else stands in it: `room-not-bookable`, `off-grid`, `in-the-past`,
 * `too-far-ahead`, `outside-opening-hours` or `too-long`; `undefined` when it may. `now` is what the wall clock of the center shows.
 */
export function whyNotBookable(
  room: RoomItem,
  opening: OpeningDay,
  { date, startsAt, endsAt }: Stretch,
  now: CivilTime,
  farthestDaysAhead = usualRules.roomDaysAhead,
): WhyNot | undefined {
  const startMinutes = minutesOf(startsAt);
  const minutes = minutesOf(endsAt) - startMinutes;
  if (!room.bookable) return { code: 'room-not-bookable' };
  if (minutes <= 0 || minutes % 15 !== 0 || startMinutes % 15 !== 0) return { code: 'off-grid' };
  if (date < now.date || (date === now.date && startMinutes < now.minutes)) return { code: 'in-the-past' };
  if (daysBetween(now.date, date) > farthestDaysAhead) {
    return { code: 'too-far-ahead', facts: { lastDate: addDays(now.date, farthestDaysAhead) } };
  }
  if (!isOpenFor(opening, startsAt, endsAt)) {
    const { hours, note, reason } = opening;
    return { code: 'outside-opening-hours', facts: { date, hours, ...(note && reason !== 'regular' ? { note } : {}) } };
  }
  if (minutes > room.maxMinutesPerBooking) {
    return { code: 'too-long', facts: { maxMinutes: room.maxMinutesPerBooking } };
  }
  return undefined;
}

/**
 * Why this room cannot be had under this offering or with these resources: what is of another center is not there for it, and a
 * second room is a booking of its own (`not-with-room`).
 */
export function whyNotWith(
  room: RoomItem,
  resources: readonly RoomItem[],
  offering: Pick<OfferingItem, 'offeringId' | 'centerId'> | undefined,
): WhyNot | undefined {
  const stranger = resources.find(({ centerId, kind }) => centerId !== room.centerId || kind === 'room');
  if (stranger) return { code: 'not-with-room', facts: { roomId: stranger.roomId } };
  if (offering && offering.centerId !== room.centerId)
    return { code: 'not-with-room', facts: { offeringId: offering.offeringId } };
  return undefined;
}

/** Whether two stretches of one room's day, each with its buffers, cannot stand beside each other. */
export function touch(
  one: Pick<Stretch, 'startsAt' | 'endsAt'> & { readonly buffers?: BufferQuarters | undefined },
  other: Pick<Stretch, 'startsAt' | 'endsAt'>,
  buffers: BufferQuarters,
): boolean {
  const { own, pre, post } = stretchQuarters(one.startsAt, one.endsAt, one.buffers ?? NO_BUFFERS);
  const taken = { busy: new Set(own), pre: new Set(pre), post: new Set(post), closed: new Set<number>() };
  return !fits(taken, other.startsAt, other.endsAt, buffers);
}

/**
 * Why the sheets as read have no room for it, the room's own first; the claim decides. Those of what comes with the room are kept free
 * of no buffers. A hold whose time is over is in nobody's way.
 */
export function whyNotFree(
  sheets: readonly ReadSheet[],
  { date, startsAt, endsAt }: Stretch,
  buffers: BufferQuarters,
  nowEpochSeconds: number,
): WhyNot | undefined {
  const own = quartersBetween(startsAt, endsAt);
  for (const [index, { roomId, sheet }] of sheets.entries()) {
    const occupied = occupancyOf(sheet, nowEpochSeconds);
    const facts = { roomId, date };
    if (own.some((quarter) => occupied.closed.has(quarter))) return { code: 'closed', facts };
    const kept = index === 0 ? buffers : NO_BUFFERS;
    if (!fits(occupied, startsAt, endsAt, kept)) return { code: 'slot-taken', facts };
  }
  return undefined;
}

/**
 * Why this person cannot have it, as far as their own day was read: `person-busy` or `daily-limit`. The claim on the day decides; this
 * spares the claim on the room. An entry of this very booking, left by a try that died, stands in nobody's way.
 */
export function whyPersonCannot(
  day: AgendaDayItem | undefined,
  bookingId: BookingId,
  personId: PersonId,
  { date, startsAt, endsAt }: Stretch,
  mostQuarters = ROOM_QUARTERS_PER_PERSON_AND_DAY,
): WhyNot | undefined {
  if (day?.entries[bookingId]) return undefined;
  const own = quartersBetween(startsAt, endsAt);
  if (own.some((quarter) => day?.busy.has(quarter))) return { code: 'person-busy', facts: { personId, date } };
  if ((day?.roomQuarters ?? 0) + own.length <= mostQuarters) return undefined;
  return {
    code: 'daily-limit',
    facts: { personId, date, limitMinutes: mostQuarters * 15 },
  };
}

/** What a wall clock shows when somebody looks, and how far ahead rooms may be booked. */
export type Looking = CivilTime & { readonly epochSeconds: number; readonly farthestDaysAhead?: number };

/**
 * The quarter-hours of a center's day at which its hours, the clock and the horizon let a booking of any room start, in order:
 * {@link whyNotBookable}, decided once for a whole day and all rooms.
 */
export function quartersToStart(opening: OpeningDay, now: Looking): number[] {
  const { date, hours } = opening;
  if (date < now.date || daysBetween(now.date, date) > (now.farthestDaysAhead ?? usualRules.roomDaysAhead)) return [];
  const first = date === now.date ? Math.ceil(now.minutes / 15) : 0;
  const open = new Set(hours.flatMap(({ opensAt, closesAt }) => quartersBetween(opensAt, closesAt)));
  return [...open].filter((quarter) => quarter >= first).sort(ascending);
}

/** Those of the quarter-hours of {@link quartersToStart} at which the shortest booking, 15 minutes, fits into this room's day. */
export function freeQuarters(
  room: RoomItem,
  toStart: readonly number[],
  sheet: OccupiedDay | undefined,
  now: Looking,
  offering?: OfferingItem,
): readonly number[] {
  if (!room.bookable || room.maxMinutesPerBooking < 15) return [];
  if (!sheet) return toStart;
  return fittingQuarters(occupancyOf(sheet, now.epochSeconds), toStart, bufferQuartersOf(room, offering));
}

/** What is taken of a day, by bookings or by closures, as stretches. */
export function busyStretches(sheet: OccupiedDay | undefined, now: Looking): RoomDay['busy'] {
  const { busy, closed } = occupancyOf(sheet, now.epochSeconds);
  return stretchesOf([...busy, ...closed].sort(ascending));
}

/** A room's day as one sees it before booking; a start is free exactly when 15 minutes from it could be booked at `now`. */
export function roomDaySeen(
  room: RoomItem,
  opening: OpeningDay,
  sheet: OccupiedDay | undefined,
  now: Looking,
  offering?: OfferingItem,
): RoomDay {
  const { date, hours, reason } = opening;
  const free = freeQuarters(room, quartersToStart(opening, now), sheet, now, offering);
  return { date, hours, reason, freeStarts: free.map(timeOfQuarter), busy: busyStretches(sheet, now) };
}

const ascending = (a: number, b: number): number => a - b;

/** Made once: a week of sixty rooms names thousands. */
const timesOfQuarters = Array.from({ length: QUARTERS_PER_DAY + 1 }, (_, quarter) => clockTimeOf(quarter * 15));
const timeOfQuarter = (quarter: number): string => timesOfQuarters[quarter] ?? clockTimeOf(quarter * 15);

/** Quarter-hours in order as stretches, in order; those that touch are one stretch, so that who booked what cannot be told. */
export function stretchesOf(quarters: readonly number[]): RoomDay['busy'] {
  const stretches: { first: number; end: number }[] = [];
  for (const quarter of quarters) {
    const last = stretches.at(-1);
    if (last && quarter <= last.end) last.end = quarter + 1;
    else stretches.push({ first: quarter, end: quarter + 1 });
  }
  return stretches.map(({ first, end }) => ({ startsAt: timeOfQuarter(first), endsAt: timeOfQuarter(end) }));
}
