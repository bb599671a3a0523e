import days2025 from 'chinese-days/dist/years/2025.json' with { type: 'json' };
import days2026 from 'chinese-days/dist/years/2026.json' with { type: 'json' };
import type { CalendarDay } from '../../items.ts';

/** One year of the library: date → `English name,中文名,days of the festival`. */
type PublishedYear = {
  readonly holidays: Readonly<Record<string, string>>;
  readonly workdays: Readonly<Record<string, string>>;
};

/**
 * The State Council's yearly notices on public holidays and make-up workdays (调休), as the `chinese-days` package carries them.
 * Only the years that bookings can still touch are bundled: under 2 KB a year, where the whole package is 24 KB. When the notice of
 * a new year has reached the package, add its line here; a test fails until it is done.
 */
const published: Readonly<Record<string, PublishedYear>> = { '2025': days2025, '2026': days2026 };

export const publishedYears: readonly string[] = Object.keys(published);

function named(kind: CalendarDay['kind'], text: string): CalendarDay {
  const [en = '', zh = ''] = text.split(',');
  return { kind, name: { zh, en } };
}

/** What the State Council made of this date: a holiday, a make-up workday, or (`undefined`) a day like any other. */
export function publishedDay(date: string): CalendarDay | undefined {
  const year = published[date.slice(0, 4)];
  const workday = year?.workdays[date];
  if (workday) return named('workday', workday);
  const holiday = year?.holidays[date];
  return holiday ? named('holiday', holiday) : undefined;
}

/** Whether the notice of the date's year is known at all. */
export const isPublished = (date: string): boolean => date.slice(0, 4) in published;
