import { type AuthorizedActor, authorized, isKeptFrom, mustBeAble } from '../../shared/access/authorize.ts';
import {
  type Closure,
  type ClosurePreview,
  type ClosureReport,
  type ClosureRow,
  type ClosureScope,
  PREVIEWED_MOST,
} from '../../shared/contracts/closures.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { keys } from '../../shared/table/keys.ts';
import { parsedItem } from '../../shared/table/read.ts';
import { logReads } from '../people/index.ts';
import { affectedOn, type Shutting } from './affected.ts';
import { atCenter, publicClosure } from './commands.ts';
import { equalPlace } from './finding.ts';
import { type CaseItem, closureItem } from './items.ts';
import { Nearby } from './nearby.ts';
import { toldPersonOf } from './notices.ts';
import { datesOf, outcomeOf, totalsOf } from './rules.ts';
import { roomNames } from './steps.ts';
import { casesOf } from './store/cases.ts';
import { ordersById } from './store/claims.ts';
import { closuresOf } from './store/closures.ts';
import { type Reachable, reachableOf } from './store/people.ts';

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

/** That staff have seen who is affected is told to each of them (law 8). */
const logAffected = (by: AuthorizedActor, centerId: string, cases: readonly CaseItem[]): Promise<void> =>
  logReads(
    by,
    cases.map(({ personId }) => personId),
    { as: 'center-staff', what: `closure ${centerId}` },
  );

/**
 * Who would be affected by a closure, and what each would get as things stand; nothing is written but the log of reads. Refuses what
 * {@link atCenter} does.
 */
export async function preview(context: RequestContext, centerId: string, what: ClosureScope): Promise<ClosurePreview> {
  const { by } = await atCenter(context, centerId, what);
  const shutting: Shutting = { centerId, what, closedAt: by.now.toISOString() };
  const names = roomNames(by, shutting);
  const all: CaseItem[] = [];
  for (const date of datesOf(what)) all.push(...visibleTo(by, await affectedOn(by, shutting, date, names)));
  all.sort((a, b) => (a.madeAt + a.bookingId < b.madeAt + b.bookingId ? -1 : 1));
  const cases = all.slice(0, PREVIEWED_MOST);
  await logAffected(by, centerId, cases);
  const people = await reachableOf(
    by,
    cases.map(({ personId }) => personId),
  );
  const nearby = new Nearby(by);
  const affected: ClosurePreview['affected'] = [];
  for (const one of cases) {
    const place = await equalPlace(nearby, shutting, one);
    if (place) nearby.give(one.personId, place);
    affected.push({ ...lostOf(one, people), ...(place ? { place } : {}) });
  }
  const refunded = affected.filter(({ place }) => !place);
  const refundFen = refunded.reduce((sum, { priceFen }) => sum + priceFen, 0);
  const totals = {
    affected: all.length,
    offers: affected.length - refunded.length,
    refunds: refunded.length,
    further: all.length - affected.length,
    refundFen,
  };
  return { affected, totals };
}

/** The closures of a center, the newest first, lifted ones too. Refuses `forbidden`. */
export async function listClosures(context: RequestContext, centerId: string): Promise<Closure[]> {
  const { by } = await authorized(context);
  mustBeAble(by, 'staff', 'Desk', { centerId });
  return (await closuresOf(by, centerId)).map(publicClosure);
}

/**
 * A closure with what became of everybody affected, as their orders stand now. It adds up, because it counts its own rows. Refuses
 * `forbidden`, `not-found`.
 */
export async function report(context: RequestContext, centerId: string, closureId: string): Promise<ClosureReport> {
  const { by, items } = await authorized(context, [keys.closure(context.tenantId, centerId, closureId)]);
  mustBeAble(by, 'staff', 'Desk', { centerId });
  const closure = items[0] && parsedItem(closureItem, items[0]);
  if (!closure) throw refuse('not-found');
  const cases = visibleTo(by, await casesOf(by, closureId));
  await logAffected(by, centerId, cases);
  const [orders, people] = await Promise.all([
    ordersById(
      by,
      cases.flatMap(({ offer }) => (offer ? [offer.orderId] : [])),
    ),
    reachableOf(
      by,
      cases.flatMap((one) => [one.personId, toldPersonOf(one)]),
    ),
  ]);
  const rows = cases.map((one): ClosureRow => {
    const { offer, state, refundFen } = one;
    const outcome = outcomeOf(one, offer && orders.get(offer.orderId), epochSeconds(by.now));
    return {
      ...lostOf(one, people),
      outcome,
      ...(offer && state === 'offered'
        ? { offer: { ...offer, until: new Date(offer.untilEpochSeconds * 1_000).toISOString() } }
        : {}),
      refundFen,
      told: one.toldAt !== undefined,
      noPhone: !people.get(toldPersonOf(one))?.hasPhone,
    };
  });
  rows.sort((a, b) => (a.date + a.startsAt + a.bookingId < b.date + b.startsAt + b.bookingId ? -1 : 1));
  return { closure: { ...publicClosure(closure), affected: rows.length }, totals: totalsOf(rows), rows };
}
