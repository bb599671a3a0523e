import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SeriesItem } from '../../../functions/series/items.ts';
import { expand } from '../../../functions/series/recurrence/rules/expansion.ts';
import { cutAt } from '../../../functions/series/recurrence/rules/splitting.ts';
import { MOST_OCCURRENCES, type SeriesRule } from '../../../shared/contracts/series.ts';
import { addDays, datesBetween, daysBetween, mondayOf, weekdayOf } from '../../../shared/kernel/days.ts';
import { isRefusal } from '../../../shared/kernel/refusal.ts';

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

  const datesOf = (rrule: string, dtstart = '2026-03-02', facts: object = {}) =>
    expand({ dtstart, rrule, exdates: [], rdates: [], ...facts }, '14:00', 'Asia/Shanghai', today).dates;

  test('skip months without the day, count what is taken out, and take the day of UNTIL in', () => {
    expect(datesOf('FREQ=MONTHLY;BYMONTHDAY=31;COUNT=4')).toEqual([
      ...['2026-03-31', '2026-05-31', '2026-07-31', '2026-08-31'],
    ]);
    expect(datesOf('FREQ=MONTHLY;COUNT=3', '2026-03-31')).toEqual(['2026-03-31', '2026-05-31', '2026-07-31']);
    expect(datesOf('FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3')).toEqual(['2026-03-31', '2026-04-30', '2026-05-31']);
    expect(datesOf('FREQ=MONTHLY;BYDAY=-1FR;COUNT=2')).toEqual(['2026-03-27', '2026-04-24']);
    expect(datesOf('FREQ=WEEKLY;COUNT=4', '2026-03-04', { exdates: ['2026-03-11'] })).toEqual([
      ...['2026-03-04', '2026-03-18', '2026-03-25'],
    ]);
    expect(datesOf('FREQ=DAILY;UNTIL=20260305')).toHaveLength(4);
    expect(datesOf('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;COUNT=4')).toEqual([
      ...['2026-03-02', '2026-03-08', '2026-03-16', '2026-03-22'],
    ]);
  });

  test('do not depend on the clocks of a zone: in a city whose clocks change, the dates are the same', () => {
    const rule = { dtstart: '2026-03-26', rrule: 'FREQ=DAILY;COUNT=6', exdates: [], rdates: [] };
    const [here, there] = ['Asia/Shanghai', 'Europe/Berlin'].map((zone) => expand(rule, '02:30', zone, today).dates);
    expect(there).toEqual(here);
    // 23:30 UTC on the 28th is 07:30 of the 29th in Shanghai, and 00:30 of it in Berlin.
    const until = { ...rule, rrule: 'FREQ=DAILY;UNTIL=20260328T233000Z' };
    expect(expand(until, '02:30', 'Asia/Shanghai', today).dates.at(-1)).toBe('2026-03-29');
    expect(expand(until, '02:30', 'Europe/Berlin', today).dates.at(-1)).toBe('2026-03-28');
  });

  test.each([
    ...['COUNT=-1', 'COUNT=1.5', 'COUNT=2;COUNT=3', 'COUNT=2;UNTIL=20260401', 'INTERVAL=0;COUNT=2', 'COUNT=2;BYHOUR=3'],
    ...['COUNT=2;BYDAY=XX', 'COUNT=2;BYDAY=2MO', 'COUNT=2;BYDAY=0MO', 'COUNT=2;WKST=XX', 'COUNT=2;BYMONTH=13'],
    ...[
      'COUNT=2;BYMONTHDAY=3',
      'UNTIL=2026',
      'UNTIL=20260231',
      'UNTIL=20261399',
      'UNTIL=20260305T996000Z',
      'COUNT=2;X=1',
    ],
  ])('cannot be read from FREQ=WEEKLY;%s: 422, naming the part', (rest) => {
    expect(refusalOf(() => datesOf(`FREQ=WEEKLY;${rest}`))).toMatchObject({ code: 'series-rule', status: 422 });
  });

  test.each([
    ...['FREQ=MONTHLY;BYMONTHDAY=32;COUNT=2', 'FREQ=MONTHLY;BYMONTHDAY=0;COUNT=2', 'FREQ=YEARLY;BYWEEKNO=60;COUNT=1'],
    ...['FREQ=YEARLY;BYYEARDAY=367;COUNT=1', 'FREQ=MONTHLY;BYSETPOS=1;COUNT=2', 'FREQ=HOURLY;COUNT=2', 'COUNT=2'],
  ])('cannot be read from %s', (rrule) => {
    expect(refusalOf(() => datesOf(rrule))).toMatchObject({ code: 'series-rule', status: 422 });
  });

  test.each([
    ['FREQ=WEEKLY', 'series-too-long'],
    ['FREQ=DAILY;COUNT=99999999', 'series-too-long'],
    ['FREQ=DAILY;UNTIL=20280101', 'series-too-long'],
    ['FREQ=YEARLY;COUNT=3', 'series-too-long'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2', 'series-empty'],
    ['FREQ=MONTHLY;BYDAY=-6MO;COUNT=3', 'series-empty'],
  ])('have bounds: %s is %s', (rrule, code) => {
    expect(refusalOf(() => datesOf(rrule))).toMatchObject({ code });
  });
});

function refusalOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

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
