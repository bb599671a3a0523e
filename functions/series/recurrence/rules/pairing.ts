import type { SeriesRule } from '../../../../shared/contracts/series.ts';
import { type IsoDate, isoWeekOf } from '../../../../shared/kernel/days.ts';
import { partsOf } from './expansion.ts';

/** Old dates and those that take their place; dates without a counterpart begin, or end. */
export type Pairs = {
  /** By new date: the old one that moves there, if any. */
  readonly moves: ReadonlyMap<IsoDate, IsoDate | undefined>;
  readonly ends: readonly IsoDate[];
};

const monthOf = (date: IsoDate): string => date.slice(0, 7);
const yearOf = (date: IsoDate): string => date.slice(0, 4);
const periods: Readonly<Record<string, (date: IsoDate) => string>> = {
  DAILY: isoWeekOf,
  WEEKLY: isoWeekOf,
  MONTHLY: monthOf,
  YEARLY: yearOf,
};

/**
 * Which old date goes to which new one when a series gets another rule: a date that both have stays; of the others, those of the same
 * week (of the same month or year, for rules that go by it) go to each other in order. Both lists are in order.
 */
export function pairsOf(old: readonly IsoDate[], next: readonly IsoDate[], rule: SeriesRule): Pairs {
  const periodOf = periods[partsOf(rule.rrule).get('FREQ') ?? ''] ?? isoWeekOf;
  const common = new Set(old.filter((date) => next.includes(date)));
  const left = Map.groupBy(
    old.filter((date) => !common.has(date)),
    periodOf,
  );
  const moves = new Map<IsoDate, IsoDate | undefined>();
  for (const date of next) moves.set(date, common.has(date) ? date : left.get(periodOf(date))?.shift());
  return { moves, ends: [...left.values()].flat().sort() };
}
