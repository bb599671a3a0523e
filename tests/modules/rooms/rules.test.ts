import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OfferingItem, RoomItem } from '../../../functions/centers/index.ts';
import {
  bufferQuartersOf,
  freeQuarters,
  quartersToStart,
  roomDaySeen,
  stretchesOf,
  whyNotBookable,
  whyNotFree,
} from '../../../functions/rooms/rules.ts';
import { type OccupiedDay, occupancyOf, type TimesTaken } from '../../../shared/booking/items/day-sheet.ts';
import type { OpeningDay } from '../../../shared/contracts/centers.ts';
import { clockTimeOf, quartersBetween } from '../../../shared/kernel/days.ts';

const date = '2026-03-02';
const room = (facts: Partial<RoomItem> = {}): RoomItem => ({
  roomId: 'yuhu.room-1',
  kind: 'room',
  centerId: 'yuhu',
  name: { zh: '活动室', en: 'Activity room' },
  seats: 10,
  equipment: [],
  bookable: true,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  maxMinutesPerBooking: 120,
  ...facts,
});
const open = (...hours: [string, string][]): OpeningDay => ({
  date,
  reason: 'regular',
  hours: hours.map(([opensAt, closesAt]) => ({ opensAt, closesAt })),
});
const none = () => new Set<number>();
const sheetOf = (busy: Set<number>) => ({ busy, pre: none(), post: none(), closed: none(), entries: {}, ended: {} });
const morning = { date, minutes: 6 * 60 };
const allDay = open(['08:00', '12:00'], ['14:00', '20:00']);

describe('whether a stretch may be booked at all', () => {
  const no = (startsAt: string, endsAt: string, facts: Partial<RoomItem> = {}, on = date, now = morning) =>
    whyNotBookable(room(facts), allDay, { date: on, startsAt, endsAt }, now)?.code;

  test('a stretch within one open stretch of a coming day may be', () => {
    expect(no('08:00', '10:00')).toBeUndefined();
    expect(no('18:00', '20:00')).toBeUndefined();
  });
  test('the end must come after the start', () => {
    expect(no('10:00', '10:00')).toBe('off-grid');
    expect(no('10:00', '09:00')).toBe('off-grid');
    expect(no('24:00', '24:00')).toBe('off-grid');
  });
  test('neither before opening, nor over lunch, nor past closing', () => {
    expect(no('07:45', '08:15')).toBe('outside-opening-hours');
    expect(no('11:45', '14:15')).toBe('outside-opening-hours');
    expect(no('19:45', '20:15')).toBe('outside-opening-hours');
  });
  test('a start that has passed is past; the very minute is not', () => {
    const at = (minutes: number) => ({ date, minutes });
    expect(no('09:00', '10:00', {}, date, at(9 * 60))).toBeUndefined();
    expect(no('09:00', '10:00', {}, date, at(9 * 60 + 1))).toBe('in-the-past');
    expect(no('09:00', '10:00', {}, '2026-03-01')).toBe('in-the-past');
  });
  test('sixty days ahead and no further', () => {
    expect(no('09:00', '10:00', {}, '2026-05-01')).toBeUndefined();
    expect(no('09:00', '10:00', {}, '2026-05-02')).toBe('too-far-ahead');
  });
  test('not longer than one booking of this room may be', () => {
    expect(no('14:00', '16:00')).toBeUndefined();
    expect(no('14:00', '16:15')).toBe('too-long');
  });
  test('a room that is not for booking is not booked', () => {
    expect(no('09:00', '10:00', { bookable: false })).toBe('room-not-bookable');
  });
});

const time = (quarterOfDay: number) => clockTimeOf(quarterOfDay * 15);

const entryOf = (
  { from, length, ...entry }: Pick<TimesTaken, 'buffers' | 'heldUntilEpochSeconds'> & { from: number; length: number },
  index: number,
): [string, TimesTaken] => [`20260302-${index}`, { ...entry, startsAt: time(from), endsAt: time(from + length) }];

/** What {@link roomDaySeen} must say, found the long way: each quarter-hour of the day is asked for as a booking would be. */
function dayByQuarters(
  of: RoomItem,
  opening: OpeningDay,
  sheet: OccupiedDay | undefined,
  now: Parameters<typeof roomDaySeen>[3],
  offering?: OfferingItem,
) {
  const buffers = bufferQuartersOf(of, offering);
  const isFree = (startsAt: string, endsAt: string) =>
    !whyNotBookable(of, opening, { date: opening.date, startsAt, endsAt }, now, now.farthestDaysAhead) &&
    !whyNotFree(sheet, [], { date: opening.date, startsAt, endsAt }, buffers, now.epochSeconds);
  const occupied = occupancyOf(sheet, now.epochSeconds);
  const day = Array.from({ length: 96 }, (_, index) => index);
  const isTaken = (one: number) => occupied.busy.has(one) || occupied.closed.has(one);
  const firsts = day.filter((one) => isTaken(one) && !isTaken(one - 1));
  const endOf = (first: number): number => (isTaken(first) ? endOf(first + 1) : first);
  return {
    date: opening.date,
    hours: opening.hours,
    reason: opening.reason,
    freeStarts: day.filter((one) => isFree(time(one), time(one + 1))).map(time),
    busy: firsts.map((first) => ({ startsAt: time(first), endsAt: time(endOf(first)) })),
  };
}

describe('a room’s day as one sees it', () => {
  const quarter = fc.integer({ min: 0, max: 95 });
  const someBusy = fc.uniqueArray(quarter, { maxLength: 40 }).map((quarters) => new Set(quarters));

  test('what is taken comes as stretches: in order, apart, and covering exactly what is taken', () => {
    fc.assert(
      fc.property(someBusy, (busy) => {
        const inOrder = [...busy].sort((a, b) => a - b);
        const stretches = stretchesOf(inOrder);
        const covered = stretches.flatMap(({ startsAt, endsAt }) => quartersBetween(startsAt, endsAt));
        expect(covered).toEqual(inOrder);
        for (const [index, { startsAt }] of stretches.entries()) {
          if (index > 0) expect(startsAt > (stretches[index - 1]?.endsAt ?? '')).toBe(true);
        }
      }),
    );
  });

  test('a start is free exactly when 15 minutes from it keep the hours, the clock and the buffers', () => {
    const buffer = fc.constantFrom(0, 15, 30, 45);
    const minutesNow = fc.integer({ min: 0, max: 24 * 60 - 1 });
    fc.assert(
      fc.property(someBusy, buffer, buffer, minutesNow, (busy, before, after, minutes) => {
        const facts = { bufferBeforeMinutes: before, bufferAfterMinutes: after };
        const { freeStarts } = roomDaySeen(room(facts), allDay, sheetOf(busy), { date, minutes, epochSeconds: 0 });
        const expected = Array.from({ length: 96 }, (_, index) => index * 15).filter((start) => {
          const withinHours = (start >= 480 && start + 15 <= 720) || (start >= 840 && start + 15 <= 1200);
          const apart = [...busy].every((one) => one * 15 + 15 + before <= start || start + 15 + after <= one * 15);
          return withinHours && start >= minutes && apart;
        });
        expect(freeStarts).toEqual(expected.map(clockTimeOf));
      }),
    );
  });

  test('a day decided once says what asking about each quarter-hour by itself says', () => {
    const hours = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 96 }), fc.integer({ min: 0, max: 96 })), { maxLength: 4 })
      .map((stretches) => stretches.map(([opens, closes]): [string, string] => [time(opens), time(closes)]));
    const some = fc.uniqueArray(quarter, { maxLength: 12 }).map((quarters) => new Set(quarters));
    const taken = fc.record({ busy: some, pre: some, post: some, closed: some });
    const held = fc.array(
      fc.record({
        from: fc.integer({ min: 0, max: 90 }),
        length: fc.integer({ min: 1, max: 5 }),
        buffers: fc.option(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), {
          nil: undefined,
        }),
        heldUntilEpochSeconds: fc.option(fc.integer({ min: 90, max: 110 }), { nil: undefined }),
      }),
      { maxLength: 3 },
    );
    const rules = fc.record({
      bookable: fc.boolean(),
      bufferBeforeMinutes: fc.constantFrom(0, 10, 15, 45),
      bufferAfterMinutes: fc.constantFrom(0, 5, 30, 60),
      maxMinutesPerBooking: fc.constantFrom(0, 15, 240),
    });
    const clock = fc.record({
      date: fc.constantFrom('2026-01-31', '2026-02-28', '2026-03-01', date, '2026-03-03'),
      minutes: fc.integer({ min: 0, max: 24 * 60 - 1 }),
      epochSeconds: fc.constant(100),
      farthestDaysAhead: fc.constantFrom(undefined, 0, 1, 30),
    });
    const buffers = fc.option(
      fc.record({ beforeMinutes: fc.constantFrom(0, 20), afterMinutes: fc.constantFrom(0, 40) }),
      { nil: undefined },
    );
    fc.assert(
      fc.property(hours, fc.option(taken), held, rules, clock, buffers, (open_, sets, holds, facts, at, kept) => {
        const sheet = sets === null ? undefined : { ...sets, entries: Object.fromEntries(holds.map(entryOf)) };
        const offering = kept && ({ policy: { buffers: kept } } as OfferingItem);
        const { farthestDaysAhead, ...rest } = at;
        const now = farthestDaysAhead === undefined ? rest : at;
        const seen = roomDaySeen(room(facts), open(...open_), sheet, now, offering);
        expect(seen).toEqual(dayByQuarters(room(facts), open(...open_), sheet, now, offering));
        // The week of a center shows the same starts, as stretches.
        const free = freeQuarters(room(facts), quartersToStart(open(...open_), now), sheet, now, offering);
        expect(free.map(time)).toEqual(seen.freeStarts);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a closed day, a past day and a room that is not for booking have no free start', () => {
    const nothing = undefined;
    const early = { ...morning, epochSeconds: 0 };
    expect(roomDaySeen(room(), open(), nothing, early).freeStarts).toEqual([]);
    expect(roomDaySeen(room(), allDay, nothing, { ...early, date: '2026-03-03', minutes: 0 }).freeStarts).toEqual([]);
    expect(roomDaySeen(room({ bookable: false }), allDay, nothing, early).freeStarts).toEqual([]);
  });
});
