import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  ageOn,
  civilNow,
  clockTimeOf,
  datesBetween,
  daysBetween,
  isIsoDate,
  isoWeekOf,
  minutesOf,
  mondayOf,
  quartersBetween,
  weekdayOf,
} from '../../../shared/kernel/days.ts';

const date = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
  .map((moment) => moment.toISOString().slice(0, 10));
const span = fc.integer({ min: -4_000, max: 4_000 });

describe('civil dates', () => {
  test('are real days', () => {
    for (const real of ['2024-02-29', '2026-12-31', '2000-02-29']) expect(isIsoDate(real)).toBe(true);
    for (const none of ['2026-02-29', '2026-02-30', '2026-13-01', '2026-1-1', '1900-02-29', '20260101', '']) {
      expect(isIsoDate(none)).toBe(false);
    }
    fc.assert(fc.property(date, isIsoDate));
    const part = (max: number, width: number) =>
      fc.integer({ min: 0, max }).map((number) => String(number).padStart(width, '0'));
    const likeDate = fc.tuple(part(9_999, 4), part(13, 2), part(32, 2)).map((parts) => parts.join('-'));
    fc.assert(
      fc.property(likeDate, (text) => {
        const parsed = new Date(`${text}T00:00:00Z`);
        const isReal = !Number.isNaN(parsed.valueOf()) && parsed.toISOString().slice(0, 10) === text;
        expect(isIsoDate(text)).toBe(isReal);
      }),
      { numRuns: 2_000 },
    );
  });

  test('add up', () => {
    fc.assert(
      fc.property(date, span, (from, days) => {
        expect(daysBetween(from, addDays(from, days))).toBe(days);
        expect(addDays(addDays(from, days), -days)).toBe(from);
      }),
    );
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  });

  test('sort as text', () => {
    fc.assert(fc.property(date, date, (a, b) => a < b === daysBetween(a, b) > 0));
  });

  test('know their weekday, as the platform’s calendar does', () => {
    expect(weekdayOf('2026-02-14')).toBe(6);
    fc.assert(
      fc.property(date, (day) => {
        expect(weekdayOf(day) % 7).toBe(new Date(`${day}T00:00:00Z`).getUTCDay());
        expect(weekdayOf(mondayOf(day))).toBe(1);
        expect(daysBetween(mondayOf(day), day)).toBe(weekdayOf(day) - 1);
      }),
    );
  });

  test('list what lies between, both ends included', () => {
    expect(datesBetween('2026-02-27', '2026-03-02')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
    expect(datesBetween('2026-03-02', '2026-03-01')).toEqual([]);
  });
});

describe('ISO weeks', () => {
  // Examples of ISO 8601 where year and week-year differ.
  test.each([
    ['2005-01-01', '2004-W53'],
    ['2005-01-02', '2004-W53'],
    ['2005-12-31', '2005-W52'],
    ['2007-01-01', '2007-W01'],
    ['2008-12-29', '2009-W01'],
    ['2010-01-03', '2009-W53'],
    ['2026-02-14', '2026-W07'],
  ])('%s lies in %s', (day, week) => {
    expect(isoWeekOf(day)).toBe(week);
  });

  test('hold seven days and follow each other', () => {
    fc.assert(
      fc.property(date, (day) => {
        const week = datesBetween(mondayOf(day), addDays(mondayOf(day), 6));
        expect(new Set(week.map(isoWeekOf))).toEqual(new Set([isoWeekOf(day)]));
        expect(isoWeekOf(addDays(day, 7)) > isoWeekOf(day)).toBe(true);
      }),
    );
  });
});

describe('quarter-hours', () => {
  test('are counted from midnight, the end excluded', () => {
    expect(quartersBetween('00:00', '00:30')).toEqual([0, 1]);
    expect(quartersBetween('23:45', '24:00')).toEqual([95]);
    expect(quartersBetween('10:00', '10:00')).toEqual([]);
    expect(quartersBetween('00:00', '24:00')).toHaveLength(96);
  });

  test('name the same minute forth and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_440 }), (minutes) => minutesOf(clockTimeOf(minutes)) === minutes),
    );
  });

  test('of two stretches meet exactly when the stretches overlap', () => {
    const stretch = fc
      .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 }))
      .map(([start, length]) => [start, Math.min(96, start + length)] as const);
    fc.assert(
      fc.property(stretch, stretch, ([a, b], [c, d]) => {
        const times = (from: number, to: number) => quartersBetween(clockTimeOf(from * 15), clockTimeOf(to * 15));
        const shared = times(a, b).some((quarter) => times(c, d).includes(quarter));
        expect(shared).toBe(a < d && c < b);
      }),
    );
  });
});

describe('age', () => {
  test('changes on the birthday', () => {
    expect(ageOn('2017-09-01', '2026-08-31')).toBe(8);
    expect(ageOn('2017-09-01', '2026-09-01')).toBe(9);
  });

  test('of someone born on 29 February changes on 1 March in common years', () => {
    expect(ageOn('2016-02-29', '2026-02-28')).toBe(9);
    expect(ageOn('2016-02-29', '2026-03-01')).toBe(10);
    expect(ageOn('2016-02-29', '2024-02-29')).toBe(8);
  });

  test('never falls as days pass', () => {
    fc.assert(fc.property(date, date, (born, day) => ageOn(born, addDays(day, 1)) >= ageOn(born, day)));
  });
});

describe('the wall clock of a zone', () => {
  test('shows the next day in Putian while it is still evening in UTC', () => {
    expect(civilNow(new Date('2026-02-13T16:05:00Z'), 'Asia/Shanghai')).toEqual({ date: '2026-02-14', minutes: 5 });
    expect(civilNow(new Date('2026-02-13T15:59:59Z'), 'Asia/Shanghai')).toEqual({ date: '2026-02-13', minutes: 1_439 });
  });
});
