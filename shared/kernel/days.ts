/**
 * Civil dates and quarter-hours. The hot path works on `YYYY-MM-DD` strings and on quarter-hour numbers
 * (0 is 00:00–00:15, 95 is 23:45–24:00), so that no time zone can shift a booking. Only {@link civilNow} knows a zone.
 */

/** A civil date, `YYYY-MM-DD`. */
export type IsoDate = string;
/** A wall-clock time on the quarter-hour grid, `HH:MM`; `24:00` ends a day. */
export type ClockTime = string;

const MS_PER_DAY = 86_400_000;
export const QUARTERS_PER_DAY = 96;

const dayNumber = (date: IsoDate): number => Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY;
const fromDayNumber = (day: number): IsoDate => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

/** True for a real day of the calendar: `2026-02-30` is not one. Counted, not parsed: every date that goes in or out is asked. */
export function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return fromDayNumber(dayNumber(date) + days);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: IsoDate): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

/** The Monday of the date's ISO week. */
export function mondayOf(date: IsoDate): IsoDate {
  return addDays(date, 1 - weekdayOf(date));
}

/** ISO 8601 week, `2026-W07`: day sheets and sessions of a center are kept together by week, so that a week is one query. */
export function isoWeekOf(date: IsoDate): string {
  const thursday = addDays(mondayOf(date), 3);
  const year = thursday.slice(0, 4);
  const week = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** The Monday of an ISO week `2026-W07`. */
export function mondayOfWeek(week: string): IsoDate {
  // The week with 4 January is the first.
  return addDays(mondayOf(`${week.slice(0, 4)}-01-04`), 7 * (Number(week.slice(6)) - 1));
}

/** Every date from `from` to `to`, both included. Empty when `to` is earlier. */
export function datesBetween(from: IsoDate, to: IsoDate): IsoDate[] {
  const count = daysBetween(from, to) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => addDays(from, index));
}

/** The ISO weeks touched from `from` to `to`, both included. */
export const isoWeeksBetween = (from: IsoDate, to: IsoDate): string[] => [
  ...new Set(datesBetween(from, to).map(isoWeekOf)),
];

/** Minutes after midnight of `HH:MM`. */
export function minutesOf(time: ClockTime): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

export function clockTimeOf(minutes: number): ClockTime {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The quarter-hours from `startsAt` (included) to `endsAt` (excluded); both lie on the grid. */
export function quartersBetween(startsAt: ClockTime, endsAt: ClockTime): number[] {
  const first = minutesOf(startsAt) / 15;
  const end = minutesOf(endsAt) / 15;
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}

/** Whole years lived on `date` by someone born on `birthDate`. A 29 February birthday counts from 1 March in common years. */
export function ageOn(birthDate: IsoDate, date: IsoDate): number {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return date.slice(5) >= birthDate.slice(5) ? years : years - 1;
}

/** Whole months lived on `date`; twelve of them are a year of {@link ageOn}, leap days and all. */
export function monthsLivedOn(birthDate: IsoDate, date: IsoDate): number {
  const months = (day: IsoDate) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return months(date) - months(birthDate) - (date.slice(8) < birthDate.slice(8) ? 1 : 0);
}

/** China keeps one civil time from coast to desert, so every center of every city shows it. */
export const CIVIL_ZONE = 'Asia/Shanghai';

/** A moment as the wall clock of a zone shows it. */
export type CivilTime = { date: IsoDate; minutes: number };

const formats = new Map<string, Intl.DateTimeFormat>();

/** What calendar and clock on the wall of `zone` (IANA name) show at `now`. */
export function civilNow(now: Date, zone: string): CivilTime {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return {
    date: `${part['year']}-${part['month']}-${part['day']}`,
    minutes: Number(part['hour']) * 60 + Number(part['minute']),
  };
}

/** The instant at which the wall clock of `zone` shows `time` on `date`; where the clock skips that minute, the one after the gap. */
export function instantOf(date: IsoDate, time: ClockTime, zone: string = CIVIL_ZONE): Date {
  const wanted = Date.parse(`${date}T00:00:00Z`) + minutesOf(time) * 60_000;
  let moment = wanted;
  for (let round = 0; round < 2; round += 1) {
    const shown = civilNow(new Date(moment), zone);
    moment += wanted - (Date.parse(`${shown.date}T00:00:00Z`) + shown.minutes * 60_000);
  }
  return new Date(moment);
}
