import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expand } from '../../functions/series/expansion.ts';
import type { SeriesItem } from '../../functions/series/items.ts';
import { cutAt } from '../../functions/series/splitting.ts';
import { MOST_OCCURRENCES, type SeriesRule } from '../../shared/contracts/series.ts';
import { addDays, datesBetween, daysBetween, mondayOf, weekdayOf } from '../../shared/kernel/days.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';

const today = '2026-03-01';
const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const date = fc.integer({ min: 0, max: 120 }).map((days) => addDays(today, days));
const dates = fc.array(date, { maxLength: 6 });
const end = fc.oneof(
  fc.integer({ min: 1, max: 40 }).map((count) => ({ count })),
  fc.integer({ min: 121, max: 300 }).map((days) => ({ until: addDays(today, days) })),
);
const plan = fc.oneof(
  fc.record({ freq: fc.constant('DAILY' as const), interval: fc.integer({ min: 1, max: 5 }) }),
  fc.record({
    freq: fc.constant('WEEKLY' as const),
    interval: fc.integer({ min: 1, max: 3 }),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
  }),
  fc.record({ freq: fc.constant('MONTHLY' as const), monthDay: fc.integer({ min: 1, max: 31 }) }),
);
type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never;
type End = typeof end extends fc.Arbitrary<infer E> ? E : never;

const textOf = (it: Plan, ends: End): string =>
  [
    `FREQ=${it.freq}`,
    ...('interval' in it ? [`INTERVAL=${it.interval}`] : []),
    ...('weekdays' in it ? [`BYDAY=${it.weekdays.map((day) => codes[day - 1]).join(',')}`] : []),
    ...('monthDay' in it ? [`BYMONTHDAY=${it.monthDay}`] : []),
    'count' in ends ? `COUNT=${ends.count}` : `UNTIL=${ends.until.replaceAll('-', '')}`,
  ].join(';');

/** The plain model: every day of the coming years is asked whether the rule means it. */
function isMeant(it: Plan, dtstart: string, day: string): boolean {
  if (it.freq === 'DAILY') return daysBetween(dtstart, day) % it.interval === 0;
  if (it.freq === 'MONTHLY') return Number(day.slice(8)) === it.monthDay;
  const weeks = daysBetween(mondayOf(dtstart), mondayOf(day)) / 7;
  return weeks % it.interval === 0 && it.weekdays.includes(weekdayOf(day));
}

function modeled(it: Plan, ends: End, { dtstart, exdates, rdates }: SeriesRule): string[] {
  const all = datesBetween(dtstart, addDays(dtstart, 1_500)).filter((day) => isMeant(it, dtstart, day));
  const byRule = 'count' in ends ? all.slice(0, ends.count) : all.filter((day) => day <= ends.until);
  return [...new Set([...byRule, ...rdates])].filter((day) => !exdates.includes(day)).sort();
}

const any = fc.record({ it: plan, ends: end, dtstart: date, exdates: dates, rdates: dates });
const ruleOf = ({ it, ends, dtstart, exdates, rdates }: { it: Plan; ends: End } & Omit<SeriesRule, 'rrule'>) => ({
  rule: { dtstart, rrule: textOf(it, ends), exdates, rdates },
  model: modeled(it, ends, { dtstart, rrule: '', exdates, rdates }),
});
const isTooLong = (model: readonly string[]) =>
  model.length > MOST_OCCURRENCES || (model.at(-1) ?? '') > addDays(today, 366);

describe('the dates of a series', () => {
  test('equal a plain model that asks every day, with dates taken out and added', () => {
    fc.assert(
      fc.property(any, (wanted) => {
        const { rule, model } = ruleOf(wanted);
        try {
          expect(expand(rule, '14:00', 'Asia/Shanghai', today).dates).toEqual(model);
        } catch (error) {
          if (!isRefusal(error)) throw error;
          if (error.code === 'series-empty') expect(model).toEqual([]);
          else expect(error.code).toBe('series-too-long');
          // What is taken out again may have made the rule too long; nothing else may.
          if (error.code === 'series-too-long')
            expect(isTooLong(modeled(wanted.it, wanted.ends, { ...rule, exdates: [] }))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  test('cut in two are the same dates: each half by its own rule', () => {
    fc.assert(
      fc.property(any, fc.nat(), fc.array(fc.nat(), { maxLength: 3 }), (wanted, at, keep) => {
        const { rule, model } = ruleOf(wanted);
        fc.pre(model.length > 1 && !isTooLong(modeled(wanted.it, wanted.ends, { ...rule, exdates: [] })));
        const from = model[1 + (at % (model.length - 1))] ?? '';
        const kept = new Set(keep.map((index) => model[index % model.length] ?? '').filter((day) => day > from));
        const head = headOf(rule, model);
        const halves = cutAt(head, from, kept, head.target, '2026-03-01T00:00:00Z');
        if (!halves) throw new Error('the date itself follows');
        const { before, after } = halves;
        expect([...before.dates, ...after.dates].sort()).toEqual(model);
        expect(expand(before.rule, '14:00', 'Asia/Shanghai', today).dates).toEqual(before.dates);
        expect(expand(after.rule, '14:00', 'Asia/Shanghai', today).dates).toEqual(after.dates);
      }),
      { numRuns: 200 },
    );
  }, 120_000);

  test('end with the instant of UNTIL as the center’s clock shows it', () => {
    const datesUntil = (until: string) =>
      expand(
        { dtstart: '2026-04-01', rrule: `FREQ=WEEKLY;UNTIL=${until}`, exdates: [], rdates: [] },
        '10:00',
        'Asia/Shanghai',
        today,
      ).dates;
    expect(datesUntil('20260415')).toHaveLength(3);
    expect(datesUntil('20260415T020000Z')).toHaveLength(3);
    expect(datesUntil('20260415T015900Z')).toHaveLength(2);
  });
});

const headOf = (rule: SeriesRule, all: readonly string[]): SeriesItem => ({
  is: 'series',
  seriesId: 'q0000000000000000',
  beneficiaryId: 'p0000000000000000',
  actorId: 'p0000000000000000',
  centerId: 'yuhu',
  title: { zh: '', en: '' },
  target: { kind: 'room', roomId: 'yuhu.room', startsAt: '14:00', endsAt: '15:00', purpose: '合唱', with: [] },
  rule,
  reachDays: 60,
  healAfterClosures: false,
  dates: [...all],
  firstDate: all[0] ?? '',
  lastDate: all.at(-1) ?? '',
  ruleTime: '14:00',
  createdAt: '2026-03-01T00:00:00Z',
  h: 'h',
  version: 1,
});
