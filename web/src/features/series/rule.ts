import type { SeriesRule } from '../../../../shared/contracts/series.ts';
import { addDays, type IsoDate, weekdayOf } from '../../../../shared/kernel/days.ts';

/** How somebody says how often: every day, on days of the week, or once a month by the date or by the day of the week. */
export type Repeat = {
  readonly every: 'day' | 'week' | 'month-date' | 'month-weekday';
  readonly interval: number;
  /** ISO weekdays, for weeks. */
  readonly weekdays: readonly number[];
  readonly ends: 'count' | 'date';
  readonly count: number;
  readonly until: IsoDate;
};

export const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** Which one of its weekday a date is in its month, from 1; `-1` for the last of five or of four. */
export function nthWeekday(date: IsoDate): number {
  const isLast = addDays(date, 7).slice(0, 7) !== date.slice(0, 7);
  return isLast ? -1 : Math.ceil(Number(date.slice(8)) / 7);
}

/** The same in the words of RFC 5545, from the first date on. */
export function ruleOf(repeat: Repeat, first: IsoDate): SeriesRule {
  const { every, interval, weekdays, ends, count, until } = repeat;
  const own = weekdayOf(first);
  const by = {
    day: ['FREQ=DAILY'],
    week: [
      'FREQ=WEEKLY',
      `BYDAY=${[...new Set([...weekdays, own])]
        .sort((a, b) => a - b)
        .map((day) => weekdayCodes[day - 1])
        .join(',')}`,
    ],
    'month-date': ['FREQ=MONTHLY', `BYMONTHDAY=${Number(first.slice(8))}`],
    'month-weekday': ['FREQ=MONTHLY', `BYDAY=${nthWeekday(first)}${weekdayCodes[own - 1]}`],
  }[every];
  const parts = [
    ...by,
    ...(interval > 1 ? [`INTERVAL=${interval}`] : []),
    ends === 'count' ? `COUNT=${count}` : `UNTIL=${until.replaceAll('-', '')}`,
  ];
  return { dtstart: first, rrule: parts.join(';'), exdates: [], rdates: [] };
}
