import type { AuthorizedActor } from '../../shared/access/authorize.ts';
import type { BookingRow } from '../../shared/booking/items/booking-row.ts';
import type { SeriesChange } from '../../shared/contracts/series.ts';
import { civilNow, clockTimeOf, minutesOf } from '../../shared/kernel/days.ts';
import type { ProblemCode } from '../../shared/kernel/problem-catalog.ts';
import type { CenterOpening } from '../centers/index.ts';
import type { Place } from './booking.ts';
import { bookingsIn, type OccurrenceItem, type SeriesItem } from './items.ts';
import { whyNotChange } from './rules.ts';
import { rowsOf, type Stored } from './store.ts';
import { openingFor, placeOf } from './work.ts';

/** All that a change is decided by. */
export type Facts = Stored & {
  readonly rows: ReadonlyMap<string, BookingRow>;
  readonly opening: CenterOpening;
  readonly today: string;
};

export async function factsOf(by: AuthorizedActor, stored: Stored): Promise<Facts> {
  const { head, items } = stored;
  const ids = bookingsIn(items.values());
  const [rows, opening] = await Promise.all([rowsOf(by, head.beneficiaryId, ids), openingFor(by, head)]);
  return { ...stored, rows, opening, today: civilNow(by.now, opening.center.zone).date };
}

/** Where a move puts an occurrence: a new start without an end keeps its length. */
export function movedTo(at: Place, { move }: SeriesChange): Place {
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
