import { RRuleTemporal } from 'rrule-temporal';
import { FARTHEST_OCCURRENCE_DAYS, MOST_OCCURRENCES, type SeriesRule } from '../../../../shared/contracts/series.ts';
import { addDays, civilNow, type IsoDate, isIsoDate, minutesOf } from '../../../../shared/kernel/days.ts';
import { refuse } from '../../../../shared/kernel/refusal.ts';

const frequencies = new Set(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']);

/** Whether each of a list is a whole number from 1 to `most`, or as far from the end where it may be negative. */
const within =
  (most: number, { fromEnd = false } = {}) =>
  (value: string): boolean =>
    value.split(',').every((one) => {
      const number = Number(one.replace(/^\+/, ''));
      return /^[+-]?\d+$/.test(one) && number !== 0 && Math.abs(number) <= most && (fromEnd || number > 0);
    });
const matches =
  (pattern: RegExp) =>
  (value: string): boolean =>
    value.split(',').every((one) => pattern.test(one));

/**
 * What a rule may say, and each part in it (RFC 5545, 3.3.10). The time of day is the target's, so nothing finer than a day; no other
 * calendar than the civil one. Asked here, because the library drops numbers that no date has (the 32nd of a month) and goes on.
 */
const allowed: Readonly<Record<string, (value: string) => boolean>> = {
  FREQ: (value) => frequencies.has(value),
  INTERVAL: within(Number.MAX_SAFE_INTEGER),
  COUNT: within(Number.MAX_SAFE_INTEGER),
  UNTIL: matches(/^\d{8}(T([01]\d|2[0-3])[0-5]\d[0-5]\dZ)?$/),
  BYDAY: matches(/^([+-]?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)$/),
  BYMONTHDAY: within(31, { fromEnd: true }),
  BYYEARDAY: within(366, { fromEnd: true }),
  BYWEEKNO: within(53, { fromEnd: true }),
  BYMONTH: within(12),
  BYSETPOS: within(366, { fromEnd: true }),
  WKST: matches(/^(MO|TU|WE|TH|FR|SA|SU)$/),
};

/** Bounds of the library's own search, so that a rule which fits no date (30 February) ends at once. */
const SEARCH = { maxIterations: 1_000, maxCandidateEvaluations: 50_000 } as const;

export type Parts = ReadonlyMap<string, string>;

/** `FREQ=WEEKLY;COUNT=16` as its parts. Refuses `series-rule`, naming the part. */
export function partsOf(rrule: string): Parts {
  const parts = new Map<string, string>();
  for (const part of rrule.replace(/^RRULE:/, '').split(';')) {
    const [name = '', value = ''] = part.split('=');
    if (!allowed[name]?.(value) || parts.has(name)) throw refuse('series-rule', { part });
    parts.set(name, value);
  }
  if (!parts.has('FREQ')) throw refuse('series-rule', { part: 'FREQ' });
  return parts;
}

export const textOf = (parts: Parts): string => [...parts].map(([name, value]) => `${name}=${value}`).join(';');

/** The date of an `UNTIL`, which may be an instant: then whatever starts by it on the center's clock is still in. */
function untilDate(text: string, { startsAt, zone }: { readonly startsAt: string; readonly zone: string }): string {
  const [, y, m, d, h, min] = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{2}Z)?$/.exec(text) ?? [];
  if (!isIsoDate(`${y}-${m}-${d}`)) throw refuse('series-rule', { part: `UNTIL=${text}` });
  if (h === undefined) return text;
  const { date, minutes } = civilNow(new Date(`${y}-${m}-${d}T${h}:${min}:00Z`), zone);
  return (minutes >= minutesOf(startsAt) ? date : addDays(date, -1)).replaceAll('-', '');
}

export type Expanded = {
  /** All dates, in order. */
  readonly dates: readonly IsoDate[];
  /** Those that the rule itself gives, before dates are added or taken out. */
  readonly byRule: readonly IsoDate[];
};

/**
 * The dates of a series (RFC 5545, 3.8.5): those of the rule and `rdates`, without `exdates`. A date stands for the target's time on
 * the center's wall clock, so no change of clocks moves it. Refuses `series-rule`, `series-empty`, and `series-too-long` for more than
 * 200 dates or one more than a year after `today`; a rule without an end is too long.
 */
export function expand(rule: SeriesRule, startsAt: string, zone: string, today: IsoDate): Expanded {
  const parts = new Map(partsOf(rule.rrule));
  const until = parts.get('UNTIL');
  if (until !== undefined) parts.set('UNTIL', untilDate(until, { startsAt, zone }));
  const byRule = datesOfRule(rule.dtstart, textOf(parts), addDays(today, FARTHEST_OCCURRENCE_DAYS));
  const without = new Set(rule.exdates);
  const dates = [...new Set([...byRule, ...rule.rdates])].filter((date) => !without.has(date)).sort();
  const last = dates.at(-1);
  if (last === undefined) throw refuse('series-empty');
  if (byRule.length > MOST_OCCURRENCES || dates.length > MOST_OCCURRENCES) throw refuse('series-too-long');
  if (last > addDays(today, FARTHEST_OCCURRENCE_DAYS)) throw refuse('series-too-long');
  return { dates, byRule };
}

/** At most one more than a series may have, the last one at most one beyond `farthest`: enough to see that there are too many. */
function datesOfRule(dtstart: IsoDate, rrule: string, farthest: IsoDate): IsoDate[] {
  const rruleString = `DTSTART;VALUE=DATE:${dtstart.replaceAll('-', '')}\nRRULE:${rrule}`;
  const found: IsoDate[] = [];
  try {
    new RRuleTemporal({ rruleString, strict: true, ...SEARCH }).all((moment) => {
      const date = moment.toString().slice(0, 10);
      found.push(date);
      return found.length <= MOST_OCCURRENCES && date <= farthest;
    });
  } catch (error) {
    // The search gave up without a date: there is none. What was found before it gave up says the rule has no end in sight.
    if (error instanceof Error && /^Maximum/.test(error.message)) return found;
    throw refuse('series-rule', { because: error instanceof Error ? error.message : undefined });
  }
  return found;
}
