import * as z from 'zod';
import { bookingId, isoDate, type PersonId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import { type NoShowLimit, type NoShowRule, noShowRule } from '../../contracts/no-shows.ts';
import { addDays, daysBetween, type IsoDate } from '../../kernel/days.ts';
import { type Refusal, refuse } from '../../kernel/refusal.ts';
import type { RawItem } from '../../table/conditions.ts';
import { type Key, keys } from '../../table/keys.ts';
import { parsedItem } from '../../table/read.ts';

/**
 * `AGENDA#<person> / STANDING`: the no-shows that may count. An entry is written and taken out in one transaction with a look at the
 * booking's row, and a row that has left `no-show` never comes back to it, so the list agrees with the rows however often and in
 * whatever order it is done.
 */
export const noShowRecord = z.object({
  is: z.literal('standing').default('standing'),
  version: z.int(),
  noShows: z.array(z.object({ bookingId, date: isoDate })),
});
export type NoShowRecord = z.infer<typeof noShowRecord>;

export const noNoShows: NoShowRecord = { is: 'standing', version: 0, noShows: [] };

export const noShowRecordFrom = (item: RawItem | undefined): NoShowRecord =>
  item ? parsedItem(noShowRecord, item) : noNoShows;

/** The rule of a city that has not said otherwise (`RULES / RULE#standing`). */
const usualRule: NoShowRule = {
  withinDays: 90,
  steps: [
    { from: 3, horizonDays: 14 },
    { from: 5, horizonDays: 7 },
  ],
};

export const noShowRuleFrom = (item: RawItem | undefined): NoShowRule =>
  item ? parsedItem(noShowRule, item) : usualRule;

/**
 * The no-shows of a person that may count, and the rule of the city, in this order, for a batch of the caller's own: {@link noShowRecordFrom}
 * and {@link noShowRuleFrom} say what they are, {@link noShowLimitOf} what follows.
 */
export const noShowLimitFactKeys = (tenantId: TenantId, personId: PersonId): [Key, Key] => [
  keys.noShows.counted(tenantId, personId),
  keys.rules.rule(tenantId, 'standing'),
];

/** From this date on a no-show of `date` no longer counts. */
export const countsUntil = (date: IsoDate, { withinDays }: NoShowRule): IsoDate => addDays(date, withinDays);

const countedDates = (record: NoShowRecord, rule: NoShowRule, today: IsoDate): IsoDate[] =>
  record.noShows
    .map(({ date }) => date)
    .filter((date) => daysBetween(date, today) < rule.withinDays)
    .sort();

export const noShowCountOf = (record: NoShowRecord, rule: NoShowRule, today: IsoDate): number =>
  countedDates(record, rule, today).length;

/** The limit that follows on `today`, and when it becomes milder by itself; `undefined` when there is none. */
export function noShowLimitOf(record: NoShowRecord, rule: NoShowRule, today: IsoDate): NoShowLimit | undefined {
  const dates = countedDates(record, rule, today);
  const step = rule.steps.filter(({ from }) => from <= dates.length).sort((one, other) => other.from - one.from)[0];
  // As many as are one too many must grow old first; they do so in the order of their dates.
  const last = step && dates[dates.length - step.from];
  if (!step || !last) return undefined;
  return { noShows: dates.length, horizonDays: step.horizonDays, clearsOn: countsUntil(last, rule) };
}

/** Why this person does not book a place on `date` yet: `too-far-ahead`, for the no-shows that count on `today`. */
export function refusalOfNoShowLimit(
  personId: PersonId,
  record: NoShowRecord,
  rule: NoShowRule,
  { today, date }: { readonly today: IsoDate; readonly date: IsoDate },
): Refusal | undefined {
  const limit = noShowLimitOf(record, rule, today);
  if (!limit || daysBetween(today, date) <= limit.horizonDays) return undefined;
  const { horizonDays: days, clearsOn, noShows } = limit;
  return refuse('too-far-ahead', { because: 'no-shows', personId, days, clearsOn, noShows });
}
