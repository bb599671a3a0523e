import type { AuthorizedActor } from '../../../shared/access/authorize.ts';
import type { BookingRow } from '../../../shared/booking/items/booking-row.ts';
import { isActive } from '../../../shared/booking/row/states.ts';
import type { SeriesChange, SeriesRule } from '../../../shared/contracts/series.ts';
import { clockTimeOf, type IsoDate, minutesOf } from '../../../shared/kernel/days.ts';
import type { ProblemCode } from '../../../shared/kernel/problem-catalog.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import type { SeriesItem } from '../items.ts';
import type { OccurrenceItem, Slot } from '../occurrences/items.ts';
import { occurrenceStateOf, placeOf, whyNotChange } from '../occurrences/rules/state.ts';
import { expand } from '../recurrence/rules/expansion.ts';
import { type Pairs, pairsOf } from '../recurrence/rules/pairing.ts';
import type { Facts } from './queries/facts.ts';

/** What another rule does to a series from a date on. */
export type RulePlan = Pick<Pairs, 'moves'> & {
  readonly from: IsoDate;
  readonly rule: SeriesRule;
  readonly target: SeriesItem['target'];
  /** The dates of the series that goes on, out of all that the rule gives. */
  readonly dates: IsoDate[];
  readonly all: readonly IsoDate[];
  /** Old dates that must stay as they are; old ones without a counterpart, whose bookings are canceled. */
  readonly kept: ReadonlySet<IsoDate>;
  readonly ends: IsoDate[];
};

/**
 * Which dates a new rule gives from the occurrence on that the change names, for all from today on, and what becomes of the old ones. Where
 * an old date must stay, its counterpart is not booked beside it. Refuses `series-rule`, `series-empty`, `series-too-long`.
 */
export function planRule(by: AuthorizedActor, facts: Facts, { move, recurrence, scope }: SeriesChange): RulePlan {
  const { head, items, today, opening } = facts;
  const rule = move?.rule ?? head.rule;
  const target = movedTarget(head, { move, scope });
  const from = recurrence !== undefined && recurrence > today ? recurrence : today;
  const { dates: all } = expand(rule, target.startsAt, opening.center.zone, today);
  const next = all.filter((date) => date >= from);
  if (next.length === 0) throw refuse('series-empty');
  const following = head.dates.filter((date) => date >= from);
  const stays = (date: IsoDate): boolean => {
    const item = items.get(date);
    if (!item || item.outcome === 'later') return occurrenceStateOf(head, date, item, today) === 'off';
    return whyKept(by, facts, item) !== undefined;
  };
  const kept = new Set(following.filter(stays));
  const { moves, ends } = pairsOf(following, next, rule);
  const isBooked = (date: IsoDate) => isActive(rowFor(facts, items.get(date))?.state ?? 'canceled');
  return {
    ...{ from, rule, target, moves, all, kept },
    dates: next.filter((date) => !kept.has(moves.get(date) ?? '')),
    ends: ends.filter((date) => !kept.has(date) && isBooked(date)),
  };
}

/** Where a move puts an occurrence: a new start without an end keeps its length. */
export function movedTo(at: Slot, { move }: SeriesChange): Slot {
  const { date = at.date, startsAt = at.startsAt } = move ?? {};
  const length = at.endsAt === undefined ? undefined : minutesOf(at.endsAt) - minutesOf(at.startsAt);
  const kept = length === undefined ? undefined : clockTimeOf(Math.min(24 * 60, minutesOf(startsAt) + length));
  const endsAt = move?.endsAt ?? kept;
  return { date, startsAt, ...(endsAt ? { endsAt } : {}) };
}

export function movedTarget(head: SeriesItem, wanted: SeriesChange): SeriesItem['target'] {
  const { target } = head;
  const { startsAt, endsAt } = movedTo(placeOf(head, head.firstDate), wanted);
  if (target.kind === 'sessions') return { ...target, startsAt };
  return { ...target, startsAt, endsAt: endsAt ?? target.endsAt, purpose: wanted.purpose ?? target.purpose };
}

export const rowFor = ({ rows }: Facts, item: OccurrenceItem | undefined): BookingRow | undefined =>
  item?.bookingId ? rows.get(item.bookingId) : undefined;

/** Why an occurrence stays as it is. */
export function whyKept(by: AuthorizedActor, facts: Facts, item: OccurrenceItem): ProblemCode | undefined {
  if (item.outcome === 'canceled') return 'occurrence-over';
  const row = rowFor(facts, item);
  if (row) return whyNotChange(row, by.now, facts.opening.center.zone);
  return item.date < facts.today ? 'in-the-past' : undefined;
}
