import { addDays, daysBetween, type IsoDate, isIsoDate, mondayOf, weekdayOf } from '../../../shared/kernel/days.ts';
import type { CalendarEvent, Recurring } from './event.ts';

/** With more exceptions than this a rule is longer than what it stands for. */
const MOST_EXCEPTIONS = 60;

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const codeOf = (date: IsoDate): string => weekdays[weekdayOf(date) - 1] ?? '';

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
/** The longest step that meets all of these numbers from the first on; 1 where there is only one. */
const stepOf = (numbers: readonly number[]): number =>
  numbers.map((number) => number - (numbers[0] ?? 0)).reduce(divisor, 0) || 1;

type Candidate = { readonly rule: string; readonly dates: readonly IsoDate[] };

function weekly(dates: readonly IsoDate[]): Candidate {
  const [first = ''] = dates;
  const weeks = dates.map((date) => daysBetween(mondayOf(first), mondayOf(date)) / 7);
  const step = stepOf(weeks);
  const days = [...new Set(dates.map(weekdayOf))].sort((a, b) => a - b);
  const given: IsoDate[] = [];
  for (let week = 0; week <= (weeks.at(-1) ?? 0); week += step)
    given.push(...days.map((day) => addDays(mondayOf(first), week * 7 + day - 1)));
  const byDay = days.map((day) => weekdays[day - 1]).join(',');
  return { rule: `FREQ=WEEKLY;INTERVAL=${step};BYDAY=${byDay}`, dates: given };
}

const monthOf = (date: IsoDate): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
const dayIn = (month: number, day: number): IsoDate =>
  `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

function monthly(
  dates: readonly IsoDate[],
  by: string,
  dateIn: (month: number) => IsoDate | undefined,
): Candidate | undefined {
  const months = dates.map(monthOf);
  const step = stepOf(months);
  const given: IsoDate[] = [];
  for (let month = months[0] ?? 0; month <= (months.at(-1) ?? 0); month += step) {
    const date = dateIn(month);
    if (date && isIsoDate(date)) given.push(date);
  }
  return dates.every((date) => given.includes(date))
    ? { rule: `FREQ=MONTHLY;INTERVAL=${step};${by}`, dates: given }
    : undefined;
}

function candidatesFor(dates: readonly IsoDate[]): Candidate[] {
  const [first = ''] = dates;
  const day = Number(first.slice(8));
  const nth = Math.ceil(day / 7);
  /** The first date of a month with this weekday, and as many weeks on. */
  const nthIn = (month: number): IsoDate => {
    const earliest = dayIn(month, 1);
    const date = addDays(earliest, ((weekdayOf(first) - weekdayOf(earliest) + 7) % 7) + (nth - 1) * 7);
    return monthOf(date) === month ? date : '';
  };
  const both = [
    monthly(dates, `BYMONTHDAY=${day}`, (month) => dayIn(month, day)),
    monthly(dates, `BYDAY=${nth}${codeOf(first)}`, nthIn),
  ];
  return [weekly(dates), ...both.filter((candidate) => candidate !== undefined)];
}

/**
 * The plainest rule for some dates: of weeks, of a day of the month, or of a weekday of the month, whichever needs the fewest exceptions.
 * Counted from the first date to the last. `undefined` where none is short enough.
 */
export function recurringOf(wanted: readonly IsoDate[]): Recurring | undefined {
  const dates = [...new Set(wanted)].sort();
  const [first = '', last = ''] = [dates[0], dates.at(-1)];
  const rules = candidatesFor(dates).map(({ rule, dates: all }) => {
    const given = all.filter((date) => first <= date && date <= last);
    return { rrule: `${rule};COUNT=${given.length}`, except: given.filter((date) => !dates.includes(date)) };
  });
  const [plainest] = rules.sort((a, b) => a.except.length - b.except.length);
  return plainest && plainest.except.length <= MOST_EXCEPTIONS ? plainest : undefined;
}

const isAtItsPlace = ({ status, date, startsAt, recurrence }: CalendarEvent): boolean =>
  status === 'confirmed' && date === recurrence?.date && startsAt === recurrence.startsAt;

/**
 * Entries as calendars like them: what stands where its series says is one entry with a rule, and only what differs (moved, awaited,
 * canceled) stands beside it under its RECURRENCE-ID. A series of which one date is to be seen, or none at its place, is left as it is, and
 * so is what it had at another time of day than most.
 */
export function withRules(events: readonly CalendarEvent[]): CalendarEvent[] {
  const series = Map.groupBy(
    events.filter(({ recurrence }) => recurrence),
    ({ uid, recurrence }) => `${uid} ${recurrence?.startsAt}`,
  );
  const ruled = new Set<string>();
  const entries = events.filter(({ recurrence }) => !recurrence);
  for (const occurrences of [...series.values()].sort((a, b) => b.length - a.length)) {
    const usual = occurrences.filter(isAtItsPlace).sort((a, b) => (a.date < b.date ? -1 : 1))[0];
    const dates = occurrences.map(({ recurrence }) => recurrence?.date ?? '').sort();
    const recurring = dates.length > 1 && usual && !ruled.has(usual.uid) ? recurringOf(dates) : undefined;
    if (!usual || !recurring) {
      entries.push(...occurrences);
      continue;
    }
    ruled.add(usual.uid);
    const isUsual = (event: CalendarEvent): boolean =>
      isAtItsPlace(event) && event.endsAt === usual.endsAt && event.summary === usual.summary;
    const told = occurrences.filter(isUsual);
    const { recurrence, ...facts } = usual;
    entries.push({
      ...facts,
      date: dates[0] ?? usual.date,
      sequence: Math.max(...told.map(({ sequence }) => sequence)),
      changedAt:
        told
          .map(({ changedAt }) => changedAt)
          .sort()
          .at(-1) ?? usual.changedAt,
      recurring,
    });
    entries.push(...occurrences.filter((event) => !isUsual(event)));
  }
  return entries;
}
