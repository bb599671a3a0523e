import * as z from 'zod';
import { bookingId, isoDate } from '../../contracts/common.ts';
import { type StandingLimit, type StandingRule, standingRule } from '../../contracts/standing.ts';
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
export const standingItem = z.object({
  is: z.literal('standing').default('standing'),
  version: z.int(),
  noShows: z.array(z.object({ bookingId, date: isoDate })),
});
export type StandingItem = z.infer<typeof standingItem>;

export const noStanding: StandingItem = { is: 'standing', version: 0, noShows: [] };

export const standingFrom = (item: RawItem | undefined): StandingItem =>
  item ? parsedItem(standingItem, item) : noStanding;

/** The rule of a city that has not said otherwise (`RULES / RULE#standing`). */
const usualRule: StandingRule = {
  withinDays: 90,
  steps: [
    { from: 3, horizonDays: 14 },
    { from: 5, horizonDays: 7 },
  ],
};

export const standingRuleFrom = (item: RawItem | undefined): StandingRule =>
  item ? parsedItem(standingRule, item) : usualRule;

/**
 * The no-shows of a person that may count, and the rule of the city, in this order, for a batch of the caller's own: {@link standingFrom}
 * and {@link standingRuleFrom} say what they are, {@link limitOf} what follows.
 */
export const noShowLimitFactKeys = (tenantId: string, personId: string): [Key, Key] => [
  keys.noShows.counted(tenantId, personId),
  keys.rules.rule(tenantId, 'standing'),
];

/** From this date on a no-show of `date` no longer counts. */
export const countsUntil = (date: IsoDate, { withinDays }: StandingRule): IsoDate => addDays(date, withinDays);

const countedDates = (standing: StandingItem, rule: StandingRule, today: IsoDate): IsoDate[] =>
  standing.noShows
    .map(({ date }) => date)
    .filter((date) => daysBetween(date, today) < rule.withinDays)
    .sort();

export const countOf = (standing: StandingItem, rule: StandingRule, today: IsoDate): number =>
  countedDates(standing, rule, today).length;

/** The limit that follows on `today`, and when it becomes milder by itself; `undefined` when there is none. */
export function limitOf(standing: StandingItem, rule: StandingRule, today: IsoDate): StandingLimit | undefined {
  const dates = countedDates(standing, rule, today);
  const step = rule.steps.filter(({ from }) => from <= dates.length).sort((one, other) => other.from - one.from)[0];
  // As many as are one too many must grow old first; they do so in the order of their dates.
  const last = step && dates[dates.length - step.from];
  if (!step || !last) return undefined;
  return { noShows: dates.length, horizonDays: step.horizonDays, clearsOn: countsUntil(last, rule) };
}

/** Why this person does not book a place on `date` yet: `too-far-ahead`, for the no-shows that count on `today`. */
export function refusalOfStanding(
  personId: string,
  standing: StandingItem,
  rule: StandingRule,
  { today, date }: { readonly today: IsoDate; readonly date: IsoDate },
): Refusal | undefined {
  const limit = limitOf(standing, rule, today);
  if (!limit || daysBetween(today, date) <= limit.horizonDays) return undefined;
  const { horizonDays: days, clearsOn, noShows } = limit;
  return refuse('too-far-ahead', { because: 'no-shows', personId, days, clearsOn, noShows });
}
