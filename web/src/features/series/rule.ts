import type { SeriesRule } from '../../../../shared/contracts/series.ts';
import { addDays, type IsoDate, mondayOf, weekdayOf } from '../../../../shared/kernel/days.ts';

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

const partsOf = (rrule: string): Map<string, string> =>
  new Map(
    rrule
      .replace(/^RRULE:/, '')
      .split(';')
      .map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
  );

const codes: readonly string[] = weekdayCodes;

/** How a rule names its dates, as far as one may say it anew: days of the week, or the date or weekday of a month. */
export type DayRule =
  | { readonly by: 'week'; readonly weekdays: readonly number[] }
  | { readonly by: 'month'; readonly every: 'month-date' | 'month-weekday' };

export function dayRuleOf({ rrule, dtstart }: SeriesRule): DayRule | undefined {
  const parts = partsOf(rrule);
  const byDay = parts.get('BYDAY')?.split(',');
  const others = ['BYSETPOS', 'BYYEARDAY', 'BYWEEKNO', 'BYMONTH'].some((name) => parts.has(name));
  if (others) return undefined;
  if (parts.get('FREQ') === 'WEEKLY' && !parts.has('BYMONTHDAY')) {
    const weekdays = byDay ? byDay.map((day) => codes.indexOf(day) + 1) : [weekdayOf(dtstart)];
    return { by: 'week', weekdays: weekdays.sort((a, b) => a - b) };
  }
  if (parts.get('FREQ') !== 'MONTHLY' || (byDay?.length ?? 0) > 1) return undefined;
  return { by: 'month', every: byDay ? 'month-weekday' : 'month-date' };
}

const lastOfMonth = (date: IsoDate): IsoDate => addDays(`${addDays(`${date.slice(0, 7)}-28`, 4).slice(0, 7)}-01`, -1);

/**
 * The same rule with other days, through the week or the month of its last date: from the week or month of `base` on, so that every second
 * week stays every second week. What was added or taken out stays so.
 */
export function onOtherDays(
  rule: SeriesRule,
  base: IsoDate,
  last: IsoDate,
  days:
    | { readonly weekdays: readonly number[] }
    | { readonly every: 'month-date' | 'month-weekday'; readonly like: IsoDate },
): SeriesRule {
  const interval = Number(partsOf(rule.rrule).get('INTERVAL') ?? 1);
  const end = 'weekdays' in days ? addDays(mondayOf(last), 6) : lastOfMonth(last);
  const ending = { interval, ends: 'date', count: 1, until: end } as const;
  const first = 'weekdays' in days ? mondayOf(base) : `${base.slice(0, 7)}-01`;
  const { rrule } =
    'weekdays' in days
      ? ruleOf({ ...ending, every: 'week', weekdays: days.weekdays }, addDays(first, (days.weekdays[0] ?? 1) - 1))
      : ruleOf({ ...ending, every: days.every, weekdays: [] }, days.like);
  return { ...rule, dtstart: first, rrule };
}
