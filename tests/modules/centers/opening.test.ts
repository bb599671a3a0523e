import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpenFor, type OpeningFacts, openingOf } from '../../../functions/centers/index.ts';
import { publishedYears } from '../../../functions/centers/opening/rules/public-holidays.ts';
import { addDays, weekdayOf } from '../../../shared/kernel/days.ts';

const hours = (opensAt: string, closesAt: string) => [{ opensAt, closesAt }];
const weekdays = hours('08:00', '21:00');
const weekends = hours('09:00', '17:00');
/** Weekdays 08:00–21:00, Saturdays 09:00–17:00, Sundays closed. */
const usual: OpeningFacts = {
  weekly: { '1': weekdays, '2': weekdays, '3': weekdays, '4': weekdays, '5': weekdays, '6': weekends },
  exceptions: {},
  overrides: {},
};
const holiday = { kind: 'holiday', name: { zh: '妈祖诞辰', en: 'Mazu’s birthday' } } as const;

describe('when a center is open', () => {
  test('a Saturday that the State Council made a workday has weekday hours', () => {
    const note = { zh: '春节调休上班', en: 'make-up workday (Spring Festival)' };
    expect(openingOf(usual, '2026-02-14')).toEqual({ date: '2026-02-14', hours: weekdays, reason: 'workday', note });
  });

  test('a make-up workday takes the hours of the first day from Monday on which the center opens', () => {
    const restsOnMonday = { ...usual, weekly: { ...usual.weekly, '1': [], '2': hours('10:00', '18:00') } };
    expect(openingOf(restsOnMonday, '2026-02-14').hours).toEqual(hours('10:00', '18:00'));
  });

  test('a public holiday has no hours, and says which it is', () => {
    const note = { zh: '春节', en: 'Spring Festival' };
    expect(openingOf(usual, '2026-02-16')).toEqual({ date: '2026-02-16', hours: [], reason: 'holiday', note });
  });

  test('any other day has the hours of its weekday, a lunch break included', () => {
    expect(openingOf(usual, '2026-03-04')).toEqual({ date: '2026-03-04', hours: weekdays, reason: 'regular' });
    expect(openingOf(usual, '2026-03-07').hours).toEqual(weekends);
    expect(openingOf(usual, '2026-03-08').hours).toEqual([]);
    const twice = [...hours('09:00', '12:00'), ...hours('14:00', '20:00')];
    expect(openingOf({ ...usual, weekly: { '3': twice } }, '2026-03-04').hours).toEqual(twice);
  });

  test('the city’s own calendar beats the State Council’s, in each direction', () => {
    const at = (date: string, day: OpeningFacts['overrides'][string]) =>
      openingOf({ ...usual, overrides: { [date]: day } }, date);
    expect(at('2026-05-09', holiday)).toMatchObject({ hours: [], reason: 'holiday', note: holiday.name });
    expect(at('2026-03-04', holiday).hours).toEqual([]);
    expect(at('2026-02-16', { ...holiday, kind: 'regular' })).toMatchObject({ hours: weekdays, reason: 'regular' });
    expect(at('2026-03-08', { ...holiday, kind: 'workday' })).toMatchObject({ hours: weekdays, reason: 'workday' });
  });

  test('a center’s own exception beats them all', () => {
    const note = { zh: '值班', en: 'on duty' };
    const exceptions = { '2026-02-16': { hours: hours('09:00', '12:00'), note } };
    const overrides = { '2026-02-16': holiday };
    const opening = openingOf({ ...usual, exceptions, overrides }, '2026-02-16');
    expect(opening).toEqual({ date: '2026-02-16', hours: hours('09:00', '12:00'), reason: 'exception', note });
  });

  test('in a year whose holidays are not known yet, regular hours count and the answer says so', () => {
    const opening = openingOf(usual, '2035-02-06');
    expect(opening.hours).toEqual(weekdays);
    expect(opening.note?.en).toContain('2035');
  });

  test('a stretch must lie within one open stretch', () => {
    const day = {
      date: '',
      reason: 'regular',
      hours: [...hours('08:00', '12:00'), ...hours('14:00', '21:00')],
    } as const;
    const open = (from: string, to: string) => isOpenFor({ ...day, hours: [...day.hours] }, from, to);
    expect(open('08:00', '12:00')).toBe(true);
    expect(open('11:00', '14:30')).toBe(false);
    expect(open('07:45', '09:00')).toBe(false);
  });

  test('whatever the date, a holiday is closed and every other day has the hours of some weekday', () => {
    const dates = fc.integer({ min: 0, max: 1_500 }).map((days) => addDays('2025-01-01', days));
    fc.assert(
      fc.property(dates, (date) => {
        const opening = openingOf(usual, date);
        const own = usual.weekly[String(weekdayOf(date)) as '1'] ?? [];
        if (opening.reason === 'holiday') expect(opening.hours).toEqual([]);
        else expect(opening.hours).toEqual(opening.reason === 'workday' ? weekdays : own);
      }),
    );
  });

  test('every year that the package knows from 2025 on is bundled', () => {
    const folder = join(dirname(createRequire(import.meta.url).resolve('chinese-days')), 'years');
    const years = readdirSync(folder).flatMap((name) => /^(\d{4})\.json$/.exec(name)?.[1] ?? []);
    expect(publishedYears).toEqual(years.filter((year) => year >= '2025').sort());
  });
});
