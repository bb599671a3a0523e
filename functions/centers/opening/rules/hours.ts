import type { OpeningDay } from '../../../../shared/contracts/centers.ts';
import { weekdayOf } from '../../../../shared/kernel/days.ts';
import type { CalendarDay, CenterItem, WeeklyHours } from '../../items.ts';
import { isPublished, publishedDay } from './public-holidays.ts';

export type OpenHours = OpeningDay['hours'][number];

/** All that decides when a center is open. `overrides` are the tenant's calendar days, of all years asked about. */
export type OpeningFacts = {
  readonly weekly: WeeklyHours;
  readonly exceptions: CenterItem['exceptions'];
  readonly overrides: Readonly<Record<string, CalendarDay>>;
};

const hoursOf = (weekly: WeeklyHours, weekday: number): OpenHours[] =>
  weekly[String(weekday) as keyof WeeklyHours] ?? [];

/**
 * Hours of a make-up workday: those of its own weekday when that is Monday to Friday; at a weekend those of Monday, or of the first
 * day after it on which the center opens (some rest on Mondays). The notice says that people work, not which weekday it stands for.
 */
function workdayHours(weekly: WeeklyHours, date: string): OpenHours[] {
  const own = weekdayOf(date);
  const candidates = own <= 5 ? [own] : [1, 2, 3, 4, 5];
  return candidates.map((weekday) => hoursOf(weekly, weekday)).find((hours) => hours.length > 0) ?? [];
}

function fromCalendar(weekly: WeeklyHours, date: string, { kind, name }: CalendarDay): OpeningDay {
  if (kind === 'holiday') return { date, hours: [], reason: 'holiday', note: name };
  if (kind === 'regular') return { date, hours: hoursOf(weekly, weekdayOf(date)), reason: 'regular', note: name };
  return {
    date,
    hours: workdayHours(weekly, date),
    reason: 'workday',
    note: { zh: `${name.zh}调休上班`, en: `make-up workday (${name.en})` },
  };
}

const notPublishedYet = (date: string) => ({
  zh: `${date.slice(0, 4)} 年节假日安排尚未载入，暂按平日开放时间`,
  en: `public holidays of ${date.slice(0, 4)} are not known yet; regular hours shown`,
});

/**
 * When a center is open on a civil date, and why: its own exception beats the tenant's calendar, which beats the State Council's
 * notice (`chinese-days`), which beats the weekday. In a year whose notice is not known the weekday counts and the note says so.
 */
export function openingOf({ weekly, exceptions, overrides }: OpeningFacts, date: string): OpeningDay {
  const exception = exceptions[date];
  if (exception) return { date, reason: 'exception', ...exception };
  const day = overrides[date] ?? publishedDay(date);
  if (day) return fromCalendar(weekly, date, day);
  return {
    date,
    hours: hoursOf(weekly, weekdayOf(date)),
    reason: 'regular',
    ...(isPublished(date) ? {} : { note: notPublishedYet(date) }),
  };
}

/** True when the whole stretch lies within one open stretch of the day. Times are `HH:MM`, which sort as they follow each other. */
export function isOpenFor({ hours }: OpeningDay, startsAt: string, endsAt: string): boolean {
  return hours.some(({ opensAt, closesAt }) => opensAt <= startsAt && endsAt <= closesAt);
}
