import type { SeriesRule } from '../../../../shared/contracts/series.ts';
import { addDays, type IsoDate } from '../../../../shared/kernel/days.ts';
import { derivedId } from '../../../../shared/kernel/ids.ts';
import type { SeriesItem } from '../../items.ts';
import { partsOf, textOf } from './expansion.ts';

const compact = (date: IsoDate): string => date.replaceAll('-', '');

/** The same rule, ending on this date. */
function until(rrule: string, last: IsoDate): string {
  const parts = new Map(partsOf(rrule));
  parts.delete('COUNT');
  parts.set('UNTIL', compact(last));
  return textOf(parts);
}

/** The rule of the dates before `from`, of a series of `all` these; of those after, it keeps only `kept`. */
export function ruleBefore(
  rule: SeriesRule,
  all: readonly IsoDate[],
  from: IsoDate,
  kept: readonly IsoDate[] = [],
): SeriesRule {
  // Where the rule had come to its end before, by its count, it must not go on.
  const last = all.findLast((date) => !rule.rdates.includes(date)) ?? addDays(rule.dtstart, -1);
  const [earlier = from] = [last, addDays(from, -1)].sort();
  return {
    dtstart: rule.dtstart,
    rrule: until(rule.rrule, earlier),
    exdates: rule.exdates.filter((date) => date < from),
    rdates: [...new Set([...rule.rdates.filter((date) => date < from), ...kept])].sort(),
  };
}

/** The rule of exactly these dates, all from `from` on, out of the whole rule's. A later start keeps the rhythm: it is a date of the rule. */
function ruleFrom(rule: SeriesRule, all: readonly IsoDate[], from: IsoDate, dates: readonly IsoDate[]): SeriesRule {
  const added = new Set(rule.rdates);
  const byRule = all.filter((date) => date >= from && !added.has(date));
  const first = byRule[0] ?? from;
  const last = byRule.at(-1) ?? from;
  const wanted = new Set(dates);
  const rrule = byRule.length > 0 ? until(rule.rrule, last) : 'FREQ=DAILY;COUNT=1';
  return {
    dtstart: first,
    rrule,
    // Also what had been added and lies on a date of the rule: it would come back by that.
    exdates: [...new Set([...rule.exdates, ...all.filter((date) => !wanted.has(date))])].filter((date) => date >= from),
    rdates: rule.rdates.filter((date) => date >= from && wanted.has(date)),
  };
}

/**
 * Cuts a series at `from`: what comes before stays, what follows becomes a series of its own with another target, except the dates
 * `kept`, which must not change and stay where they are. The new series has a name made from the old one and the date, so that cutting
 * twice is cutting once. `undefined` when nothing is left to follow.
 */
export function cutAt(
  head: SeriesItem,
  from: IsoDate,
  kept: ReadonlySet<IsoDate>,
  target: SeriesItem['target'],
  nowIso: string,
): { before: SeriesItem; after: SeriesItem } | undefined {
  const staying = head.dates.filter((date) => date < from || kept.has(date));
  const following = head.dates.filter((date) => date >= from && !kept.has(date));
  const [first] = following;
  if (first === undefined) return undefined;
  const seriesId = derivedId('q', head.seriesId, from);
  const { continuedBy, ...rest } = head;
  return {
    before: {
      ...head,
      dates: staying,
      lastDate: staying.at(-1) ?? head.firstDate,
      rule: ruleBefore(
        head.rule,
        head.dates,
        from,
        [...kept].filter((date) => date >= from),
      ),
      continuedBy: seriesId,
    },
    after: {
      ...rest,
      ...(continuedBy ? { continuedBy } : {}),
      seriesId,
      follows: head.seriesId,
      target,
      ruleTime: target.startsAt,
      dates: following,
      firstDate: first,
      lastDate: following.at(-1) ?? first,
      rule: ruleFrom(head.rule, head.dates, from, following),
      createdAt: nowIso,
      version: 1,
    },
  };
}

/**
 * Cuts a series at `from` as {@link cutAt} does, to go on by another rule: `staying` are all dates that the old one is left with, `dates`
 * those of the new one, out of `all` that its rule gives.
 */
export function cutToRule(
  head: SeriesItem,
  from: IsoDate,
  { staying, dates, all, rule }: { staying: IsoDate[]; dates: IsoDate[]; all: readonly IsoDate[]; rule: SeriesRule },
  { target, h, nowIso }: { target: SeriesItem['target']; h: string; nowIso: string },
): { before: SeriesItem; after: SeriesItem } {
  // Its version is part of the name: a series may be cut on the same day again.
  const seriesId = derivedId('q', head.seriesId, from, String(head.version));
  const { canceledFrom: _, ...rest } = head;
  return {
    before: {
      ...head,
      dates: staying,
      lastDate: staying.at(-1) ?? head.firstDate,
      rule: ruleBefore(
        head.rule,
        head.dates,
        from,
        staying.filter((date) => date >= from),
      ),
      continuedBy: seriesId,
    },
    after: {
      ...rest,
      seriesId,
      follows: head.seriesId,
      target,
      ruleTime: target.startsAt,
      dates,
      firstDate: dates[0] ?? from,
      lastDate: dates.at(-1) ?? from,
      rule: ruleFrom(rule, all, from, dates),
      h,
      createdAt: nowIso,
      version: 1,
    },
  };
}
