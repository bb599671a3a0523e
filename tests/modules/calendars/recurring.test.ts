import fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { describe, expect, test } from 'vitest';
import type { CalendarEvent } from '../../../functions/calendars/rules/event.ts';
import { recurringOf, withRules } from '../../../functions/calendars/rules/recurring.ts';
import { addDays, weekdayOf } from '../../../shared/kernel/days.ts';

/** The dates of a rule, as a library of somebody else's reads it. */
function expanded(first: string, rrule: string): string[] {
  const rruleString = `DTSTART;TZID=Asia/Shanghai:${first.replaceAll('-', '')}T140000\nRRULE:${rrule}`;
  return new RRuleTemporal({ rruleString }).all().map((moment) => moment.toPlainDate().toString());
}
const FIRST = '2026-03-03';
const dates = fc
  .uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 2, maxLength: 25 })
  .map((days) => days.sort((a, b) => a - b).map((day) => addDays(FIRST, day)));

describe('the rule of some dates', () => {
  test('gives exactly them, less its exceptions', () => {
    fc.assert(
      fc.property(dates, (wanted) => {
        const recurring = recurringOf(wanted);
        if (!recurring) return;
        const given = expanded(wanted[0] ?? '', recurring.rrule);
        expect(given.filter((date) => !recurring.except.includes(date))).toEqual(wanted);
        expect(recurring.except.every((date) => given.includes(date))).toBe(true);
      }),
    );
  });

  test.each([
    ['weekly', ['2026-03-04', '2026-03-11', '2026-03-18'], 'FREQ=WEEKLY;INTERVAL=1;BYDAY=WE;COUNT=3', []],
    ['every other week', ['2026-03-04', '2026-03-18', '2026-04-01'], 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;COUNT=3', []],
    [
      'one left out',
      ['2026-03-04', '2026-03-11', '2026-03-25'],
      'FREQ=WEEKLY;INTERVAL=1;BYDAY=WE;COUNT=4',
      ['2026-03-18'],
    ],
    ['the 31st', ['2026-01-31', '2026-03-31', '2026-05-31'], 'FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31;COUNT=3', []],
    [
      'the second Tuesday',
      ['2026-04-14', '2026-05-12', '2026-06-09', '2026-07-14'],
      'FREQ=MONTHLY;INTERVAL=1;BYDAY=2TU;COUNT=4',
      [],
    ],
  ])('is the plainest: %s', (_, wanted, rrule, except) => {
    expect(recurringOf(wanted)).toEqual({ rrule, except });
  });

  test('there is none for what is longer said by a rule', () => {
    const scattered = Array.from({ length: 20 }, (_, index) => addDays(FIRST, index * 19 + (index % 4)));
    expect(new Set(scattered.map(weekdayOf)).size).toBe(7);
    expect(recurringOf(scattered)).toBeUndefined();
  });
});

const occurrence = (date: string, facts: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: 'q1@putian.linli',
  sequence: 1,
  status: 'confirmed',
  changedAt: '2026-03-01T00:00:00.000Z',
  date,
  startsAt: '14:00',
  endsAt: '15:00',
  recurrence: { date, startsAt: '14:00' },
  summary: '合唱',
  ...facts,
});

describe('the entries of a series', () => {
  const three = ['2026-03-04', '2026-03-11', '2026-03-18'] as const;

  test('are one where all stand at their place', () => {
    const [entry, ...others] = withRules(three.map((date) => occurrence(date)));
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ date: three[0], recurring: { except: [] } });
    expect(entry?.recurrence).toBeUndefined();
  });

  test('what was moved, is awaited, or was canceled stands beside it; the series keeps its first date', () => {
    const moved = occurrence('2026-03-05', { recurrence: { date: three[0], startsAt: '14:00' }, sequence: 4 });
    const canceled = occurrence(three[2], { status: 'canceled', sequence: 2 });
    const entries = withRules([moved, occurrence(three[1]), canceled]);
    expect(entries).toEqual([
      expect.objectContaining({ date: three[0], recurring: expect.anything() }),
      moved,
      canceled,
    ]);
  });

  test('one alone, or none at its place, is left as it is; so is what stands for no series', () => {
    const alone = [occurrence(three[0])];
    expect(withRules(alone)).toEqual(alone);
    const allMoved = three.map((date) => occurrence(addDays(date, 1), { recurrence: { date, startsAt: '14:00' } }));
    expect(withRules(allMoved)).toEqual(allMoved);
    const { recurrence, ...single } = occurrence(three[0], { uid: 'b1@putian.linli' });
    expect(withRules([single])).toEqual([single]);
  });
});
