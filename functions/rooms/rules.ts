import { type AgendaDayItem, ROOM_QUARTERS_PER_PERSON_AND_DAY } from '../../shared/booking/day-sheet.ts';
import type { RoomDay } from '../../shared/contracts/bookings.ts';
import type { OpeningDay } from '../../shared/contracts/centers.ts';
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
import { isOpenFor, type RoomItem } from '../centers/index.ts';

/** How far ahead rooms may be booked. Far enough to plan a term's end, near enough that a center can still change its calendar. */
export const FARTHEST_DAYS_AHEAD = 60;

export type Stretch = { readonly date: string; readonly startsAt: string; readonly endsAt: string };

/** A rule that says no, before anything is claimed. */
export type WhyNot = { readonly code: ProblemCode; readonly facts?: Record<string, unknown> };

/** The quarter-hours that must stay free around a booking: the larger of the room's two buffers, as `claimRoom` wants it. */
export function bufferQuartersOf(room: Pick<RoomItem, 'bufferBeforeMinutes' | 'bufferAfterMinutes'>): number {
  return Math.ceil(Math.max(room.bufferBeforeMinutes, room.bufferAfterMinutes) / 15);
}

/**
 * Why this stretch of the room's day may not be booked, whatever else stands in it: `room-not-bookable`, `off-grid`, `in-the-past`,
 * `too-far-ahead`, `outside-opening-hours` or `too-long`; `undefined` when it may. `now` is what the wall clock of the center shows.
 */
export function whyNotBookable(
  room: RoomItem,
  opening: OpeningDay,
  { date, startsAt, endsAt }: Stretch,
  now: CivilTime,
): WhyNot | undefined {
  const startMinutes = minutesOf(startsAt);
  const minutes = minutesOf(endsAt) - startMinutes;
  if (!room.bookable) return { code: 'room-not-bookable' };
  if (minutes <= 0 || minutes % 15 !== 0 || startMinutes % 15 !== 0) return { code: 'off-grid' };
  if (date < now.date || (date === now.date && startMinutes < now.minutes)) return { code: 'in-the-past' };
  if (daysBetween(now.date, date) > FARTHEST_DAYS_AHEAD) {
    return { code: 'too-far-ahead', facts: { lastDate: addDays(now.date, FARTHEST_DAYS_AHEAD) } };
  }
  if (!isOpenFor(opening, startsAt, endsAt)) {
    return { code: 'outside-opening-hours', facts: { date, hours: opening.hours } };
  }
  if (minutes > room.maxMinutesPerBooking) {
    return { code: 'too-long', facts: { maxMinutes: room.maxMinutesPerBooking } };
  }
  return undefined;
}

/**
 * Why this person cannot have it, as far as their own day was read: `person-busy` or `daily-limit`. The claim on the day decides; this
 * spares the claim on the room. An entry of this very booking, left by a try that died, stands in nobody's way.
 */
export function whyPersonCannot(
  day: AgendaDayItem | undefined,
  bookingId: string,
  personId: string,
  { date, startsAt, endsAt }: Stretch,
): WhyNot | undefined {
  if (day?.entries[bookingId]) return undefined;
  const own = quartersBetween(startsAt, endsAt);
  if (own.some((quarter) => day?.busy.has(quarter))) return { code: 'person-busy', facts: { personId, date } };
  if ((day?.roomQuarters ?? 0) + own.length <= ROOM_QUARTERS_PER_PERSON_AND_DAY) return undefined;
  return {
    code: 'daily-limit',
    facts: { personId, date, limitMinutes: ROOM_QUARTERS_PER_PERSON_AND_DAY * 15 },
  };
}

/** A room's day as one sees it before booking; a start is free exactly when 15 minutes from it could be booked at `now`. */
export function roomDaySeen(room: RoomItem, opening: OpeningDay, busy: ReadonlySet<number>, now: CivilTime): RoomDay {
  const { date, hours, reason } = opening;
  const buffer = bufferQuartersOf(room);
  const freeStarts = everyQuarter
    .filter((quarter) => !isBusyAround(busy, quarter, buffer))
    .filter((quarter) => !whyNotBookable(room, opening, { date, ...quarterAsStretch(quarter) }, now))
    .map((quarter) => clockTimeOf(quarter * 15));
  return { date, hours, reason, freeStarts, busy: stretchesOf(busy) };
}

const everyQuarter = Array.from({ length: QUARTERS_PER_DAY }, (_, quarter) => quarter);

const quarterAsStretch = (quarter: number) => ({
  startsAt: clockTimeOf(quarter * 15),
  endsAt: clockTimeOf(quarter * 15 + 15),
});

function isBusyAround(busy: ReadonlySet<number>, quarter: number, buffer: number): boolean {
  for (let near = quarter - buffer; near <= quarter + buffer; near += 1) if (busy.has(near)) return true;
  return false;
}

/** Occupied quarter-hours as stretches, in order; quarters that touch are one stretch, so that who booked what cannot be told. */
export function stretchesOf(busy: ReadonlySet<number>): RoomDay['busy'] {
  const firsts = [...busy].filter((quarter) => !busy.has(quarter - 1)).sort((a, b) => a - b);
  return firsts.map((first) => {
    let end = first + 1;
    while (busy.has(end)) end += 1;
    return { startsAt: clockTimeOf(first * 15), endsAt: clockTimeOf(end * 15) };
  });
}
