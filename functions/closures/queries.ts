import { type AuthorizedActor, authorized, isKeptFrom, mustBeAble } from '../../shared/access/authorize.ts';
import { readOrdersById } from '../../shared/booking/facts/orders.ts';
import {
  type Closure,
  type ClosureId,
  type ClosurePreview,
  type ClosureReport,
  type ClosureRow,
  type ClosureScope,
  type ClosureWaitRow,
  PREVIEWED_MOST,
} from '../../shared/contracts/closures.ts';
import type { CenterId } from '../../shared/contracts/common.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { keys } from '../../shared/table/keys.ts';
import { parsedItem } from '../../shared/table/read.ts';
import { logReads } from '../people/index.ts';
import type { CaseItem, Party } from './cases/items.ts';
import { outcomeOf, partiesOf, totalsOf } from './cases/rules.ts';
import { readCases } from './cases/store.ts';
import { authorizeAtCenter } from './commands/closing.ts';
import { closureItem } from './items.ts';
import { toldOfWait, toldPersonOf } from './notices.ts';
import type { Found } from './offers/items.ts';
import { findEqual } from './offers/queries/finding.ts';
import { Nearby, roomNames } from './offers/queries/nearby.ts';
import { priceFor } from './offers/rules.ts';
import { publicClosure } from './rules.ts';
import { readAffectedOn } from './shutting/queries.ts';
import { datesOf, type Shutting } from './shutting/rules.ts';
import { readClosures } from './store/closures.ts';
import { type Reachable, readReachable } from './store/people.ts';
import type { WaitCaseItem } from './waitlist/items.ts';
import { outcomeOfWait, waitTotalsOf } from './waitlist/rules.ts';
import { readWaitCases } from './waitlist/store.ts';

/** How many of each party there are, by booking; nothing for who is alone. */
const partySizes = (cases: readonly CaseItem[]): ReadonlyMap<string, number> =>
  new Map(
    partiesOf(cases)
      .filter(({ length }) => length > 1)
      .flatMap((party) => party.map(({ bookingId }) => [bookingId, party.length])),
  );

const lostWaitOf = (
  { lead, party, title, date, startsAt, endsAt }: WaitCaseItem,
  people: ReadonlyMap<string, Reachable>,
) => ({
  personId: lead,
  names: party.map((personId) => people.get(personId)?.name ?? '—'),
  title,
  date,
  startsAt,
  endsAt,
});

const lostOf = (one: CaseItem, people: ReadonlyMap<string, Reachable>) => {
  const { bookingId, personId, kind, title, date, startsAt, endsAt, priceFen } = one;
  return {
    bookingId,
    personId,
    name: people.get(personId)?.name ?? '—',
    kind,
    title,
    date,
    startsAt,
    endsAt,
    priceFen,
  };
};

/** Without whom a court keeps the actor from; their colleagues see those, and the closure itself goes about everybody. */
const visibleTo = (by: AuthorizedActor, cases: readonly CaseItem[]): CaseItem[] =>
  cases.filter(({ personId }) => !isKeptFrom(by, personId));
const waitsVisibleTo = (by: AuthorizedActor, line: readonly WaitCaseItem[]): WaitCaseItem[] =>
  line.filter(({ party }) => !party.some((personId) => isKeptFrom(by, personId)));

/** That staff have seen who is affected is told to each of them (law 8). */
const logAffected = (
  by: AuthorizedActor,
  centerId: CenterId,
  cases: readonly CaseItem[],
  line: readonly WaitCaseItem[],
): Promise<void> =>
  logReads(by, [...cases.map(({ personId }) => personId), ...line.flatMap(({ party }) => party)], {
    as: 'center-staff',
    what: `closure ${centerId}`,
  });

/**
 * Who would be affected by a closure, and what each would get as things stand; nothing is written but the log of reads. Refuses what
 * {@link authorizeAtCenter} does.
 */
export async function preview(
  context: RequestContext,
  centerId: CenterId,
  what: ClosureScope,
): Promise<ClosurePreview> {
  const { by } = await authorizeAtCenter(context, centerId, what);
  const shutting: Shutting = { centerId, what, closedAt: by.now.toISOString() };
  const names = roomNames(by, shutting);
  const all: CaseItem[] = [];
  const waits: WaitCaseItem[] = [];
  for (const date of datesOf(what)) {
    const { cases, waits: line } = await readAffectedOn(by, shutting, date, names);
    all.push(...visibleTo(by, cases));
    waits.push(...waitsVisibleTo(by, line));
  }
  all.sort((a, b) => (a.madeAt + a.bookingId < b.madeAt + b.bookingId ? -1 : 1));
  const parties = partiesOf(all);
  const shown = partiesShown(parties);
  const line = waits.slice(0, PREVIEWED_MOST);
  await logAffected(by, centerId, shown.flat(), line);
  const people = await readReachable(by, [
    ...shown.flat().map(({ personId }) => personId),
    ...line.flatMap(({ party }) => party),
  ]);
  const nearby = new Nearby(by);
  const affected: ClosurePreview['affected'] = [];
  for (const party of shown) {
    for (const { bookingId } of party) nearby.end(bookingId);
    for (const { one, place, apart } of await placesFor(nearby, shutting, party))
      affected.push({
        ...lostOf(one, people),
        ...(party.length > 1 ? { party: party.length } : {}),
        ...(apart ? { apart } : {}),
        ...(place ? { place: { ...place, priceFen: priceFor(one, place) } } : {}),
      });
  }
  const refunded = affected.filter(({ place }) => !place);
  const refundFen = refunded.reduce((sum, { priceFen }) => sum + priceFen, 0);
  const totals = {
    affected: all.length,
    offers: affected.length - refunded.length,
    refunds: refunded.length,
    further: all.length - affected.length,
    refundFen,
    inLine: waits.length,
  };
  return { affected, line: line.map((one) => lostWaitOf(one, people)), totals };
}

/** As many parties, whole, as a preview looks for places for. */
function partiesShown(parties: readonly CaseItem[][]): CaseItem[][] {
  const shown: CaseItem[][] = [];
  let count = 0;
  for (const party of parties) {
    count += party.length;
    if (count > PREVIEWED_MOST) break;
    shown.push(party);
  }
  return shown;
}

type Placed = { readonly one: CaseItem; readonly place: Found | undefined; readonly apart: boolean };

/** What each of a party would get: a place together, or each what is nearest for themselves. */
async function placesFor(nearby: Nearby, shutting: Shutting, party: readonly CaseItem[]): Promise<Placed[]> {
  const [first, ...others] = party;
  if (!first) return [];
  const given = async (group: Party): Promise<Found | undefined> => {
    const place = await findEqual(nearby, shutting, group);
    if (place) for (const { personId } of group) nearby.give(personId, place);
    return place;
  };
  const together = await given([first, ...others]);
  if (together || others.length === 0) return party.map((one) => ({ one, place: together, apart: false }));
  const apart: Placed[] = [];
  for (const one of party) apart.push({ one, place: await given([one]), apart: true });
  return apart;
}

/** The closures of a center, the newest first, lifted ones too. Refuses `forbidden`. */
export async function listClosures(context: RequestContext, centerId: CenterId): Promise<Closure[]> {
  const { by } = await authorized(context);
  mustBeAble(by, 'staff', 'Desk', { centerId });
  return (await readClosures(by, centerId)).map(publicClosure);
}

/**
 * A closure with what became of everybody affected, as their orders stand now. It adds up, because it counts its own rows. Refuses
 * `forbidden`, `not-found`.
 */
export async function report(
  context: RequestContext,
  centerId: CenterId,
  closureId: ClosureId,
): Promise<ClosureReport> {
  const { by, items } = await authorized(context, [keys.closures.closure(context.tenantId, centerId, closureId)]);
  mustBeAble(by, 'staff', 'Desk', { centerId });
  const closure = items[0] && parsedItem(closureItem, items[0]);
  if (!closure) throw refuse('not-found');
  const [everybody, everyWait] = await Promise.all([readCases(by, closureId), readWaitCases(by, closureId)]);
  const [cases, waits] = [visibleTo(by, everybody), waitsVisibleTo(by, everyWait)];
  await logAffected(by, centerId, cases, waits);
  const [orders, people] = await Promise.all([
    readOrdersById(
      by,
      cases.flatMap(({ offer }) => (offer ? [offer.orderId] : [])),
    ),
    readReachable(by, [
      ...cases.flatMap((one) => [one.personId, toldPersonOf(one)]),
      ...waits.flatMap((one) => [...one.party, toldOfWait(one)]),
    ]),
  ]);
  const sizes = partySizes(cases);
  const rows = cases.map((one): ClosureRow => {
    const { offer, state, refundFen, apart } = one;
    const party = sizes.get(one.bookingId);
    const outcome = outcomeOf(one, offer && orders.get(offer.orderId), epochSeconds(by.now));
    return {
      ...lostOf(one, people),
      ...(party ? { party } : {}),
      ...(apart ? { apart } : {}),
      outcome,
      ...(offer && state === 'offered'
        ? { offer: { ...offer, until: new Date(offer.untilEpochSeconds * 1_000).toISOString() } }
        : {}),
      refundFen,
      told: one.toldAt !== undefined,
      noPhone: !people.get(toldPersonOf(one))?.hasPhone,
    };
  });
  // In the order of time, each party together.
  const orderOf = new Map(cases.map(({ bookingId, orderId = '' }) => [bookingId, orderId]));
  const place = ({ date, startsAt, bookingId }: ClosureRow) =>
    `${date}${startsAt}${orderOf.get(bookingId)}${bookingId}`;
  rows.sort((a, b) => (place(a) < place(b) ? -1 : 1));
  const line = waits.map(
    (one): ClosureWaitRow => ({
      ...lostWaitOf(one, people),
      outcome: outcomeOfWait(one),
      told: one.toldAt !== undefined,
      noPhone: !people.get(toldOfWait(one))?.hasPhone,
    }),
  );
  return {
    closure: { ...publicClosure(closure), affected: rows.length, inLine: line.length },
    totals: totalsOf(rows),
    rows,
    lineTotals: waitTotalsOf(line),
    line,
  };
}
