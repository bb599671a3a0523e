import type { Authorized } from '../../../shared/access/authorize.ts';
import { reopenSession, reopenSheet, shutSession, shutSheet } from '../../../shared/booking/claim/shut.ts';
import { readOrdersById } from '../../../shared/booking/facts/orders.ts';
import { readSessionsOn } from '../../../shared/booking/facts/sessions.ts';
import type { ClosureId } from '../../../shared/contracts/closures.ts';
import type { BookingId, CenterId, RoomId } from '../../../shared/contracts/common.ts';
import { epochSeconds } from '../../../shared/kernel/clock.ts';
import { reopenCenter, shutCenter } from '../../centers/index.ts';
import { isGivingPlaces } from '../../rounds/index.ts';
import { rebookAfterClosure } from '../../series/index.ts';
import { dispose, isFinished } from '../cases/commands/disposing.ts';
import { outcomeOf, partiesOf } from '../cases/rules.ts';
import { openCase, readCases } from '../cases/store.ts';
import type { ClosureItem } from '../items.ts';
import { Nearby, roomNames } from '../offers/queries/nearby.ts';
import { readAffectedOn, readClaimsOfDay } from '../shutting/queries.ts';
import { datesOf, quartersShut } from '../shutting/rules.ts';

import { moveClosure, readCaseThatEnded, readClosure } from '../store/closures.ts';
import { endWaiting } from '../waitlist/commands.ts';
import { isOver } from '../waitlist/rules.ts';
import { openWaitCase, readWaitCases } from '../waitlist/store.ts';

/** What has to wait is looked at again after so long: by then a request that was under way has ended for certain. */
const LATER_SECONDS = 60;

/**
 * Carries a closure one bounded step further and gives it as it then stands; `undefined` when nothing can be done now. Each step can be
 * repeated: what it writes follows from what stands, and the closure moves on only from where it was read. First everything is
 * shut, then it is seen who is there: a booking made meanwhile is either refused or affected.
 */
export async function advance(
  by: Authorized,
  closure: ClosureItem,
  mayGoOn: () => boolean = () => true,
): Promise<ClosureItem | undefined> {
  switch (closure.status) {
    case 'open':
      return shutNextDay(by, closure);
    case 'listing':
      return listNextDay(by, closure);
    case 'disposing':
      return disposeCases(by, closure, mayGoOn);
    case 'lifting':
      return reopen(by, closure, mayGoOn);
    case 'done':
    case 'lifted':
      return undefined;
  }
}

/** The resources whose sheets it shuts. */
async function resourcesOf(nearby: Nearby, { what, centerId }: ClosureItem): Promise<string[]> {
  if (what.kind === 'session') return [];
  if (what.kind === 'resource') return [what.roomId];
  return (await nearby.catalog(centerId)).rooms.map(({ roomId }) => roomId);
}

async function shutNextDay(by: Authorized, closure: ClosureItem): Promise<ClosureItem> {
  const { what, centerId, closureId, reason, done } = closure;
  const dates = datesOf(what);
  const date = dates[done] ?? '';
  if (what.kind === 'day' && done === 0) await shutCenter(by, centerId, dates, closureId, reason);
  const resources = await resourcesOf(new Nearby(by), closure);
  await Promise.all(
    resources.map((resourceId) =>
      shutSheet(by, resourceId, date, quartersShut(what, centerId, resourceId, date), closureId),
    ),
  );
  // Only now: a class that enters itself on the sheet is either there by now or is refused.
  const { sessions } = await readClaimsOfDay(by, closure, date);
  await Promise.all(sessions.map(({ sessionId }) => shutSession(by, sessionId, closureId)));
  const isLast = done + 1 >= dates.length;
  return moveClosure(by, closure, isLast ? { status: 'listing', done: 0 } : { done: done + 1 }, 0);
}

async function listNextDay(by: Authorized, closure: ClosureItem): Promise<ClosureItem> {
  const { what, closureId, done } = closure;
  const dates = datesOf(what);
  const { cases, waits: line } = await readAffectedOn(by, closure, dates[done] ?? '', roomNames(by, closure));
  await Promise.all([
    ...cases.map((one) => openCase(by, closureId, one)),
    ...line.map((one) => openWaitCase(by, closureId, one)),
  ]);
  if (done + 1 < dates.length) return moveClosure(by, closure, { done: done + 1 }, 0);
  return moveClosure(by, closure, { status: 'disposing', done: 0, ...(await countsOf(by, closureId)) }, 0);
}

async function countsOf(by: Authorized, closureId: ClosureId): Promise<Pick<ClosureItem, 'affected' | 'inLine'>> {
  const [cases, line] = await Promise.all([readCases(by, closureId), readWaitCases(by, closureId)]);
  return { affected: cases.length, inLine: line.length };
}

/** Who waits in line is told at once; then one party after another, who booked first first. What has to wait, or found no time, is due again. */
async function disposeCases(
  by: Authorized,
  closure: ClosureItem,
  mayGoOn: () => boolean,
): Promise<ClosureItem | undefined> {
  const left = await carryOn(by, closure, mayGoOn);
  if (left === 'none') return moveClosure(by, closure, { status: 'done' }, undefined);
  // Whatever moved it meanwhile, a lift perhaps, has made it due itself.
  await moveClosure(by, closure, {}, left === 'later' ? LATER_SECONDS : 0);
  return undefined;
}

async function carryOn(
  by: Authorized,
  closure: ClosureItem,
  mayGoOn: () => boolean,
): Promise<'none' | 'later' | 'now'> {
  const nearby = new Nearby(by);
  let left: 'none' | 'later' = 'none';
  for (const one of await readWaitCases(by, closure.closureId)) {
    if (isOver(one)) continue;
    if (!mayGoOn()) return 'now';
    if (!(await endWaiting(by, closure, one))) left = 'later';
  }
  for (const party of partiesOf(await readCases(by, closure.closureId))) {
    if (party.every(isFinished)) continue;
    if (!mayGoOn()) return 'now';
    if (!(await dispose(nearby, closure, party))) left = 'later';
  }
  return left;
}

/**
 * Opens again what this closure shut. Whose turn had not come keeps their booking; whoever was in hand is taken to the end. It is done
 * twice, a minute apart: by then nobody can be alive any more who was still shutting.
 */
async function reopen(by: Authorized, closure: ClosureItem, mayGoOn: () => boolean): Promise<ClosureItem | undefined> {
  const { what, centerId, closureId, done } = closure;
  const dates = datesOf(what);
  if (what.kind === 'day') await reopenCenter(by, centerId, dates, closureId);
  const resources = await resourcesOf(new Nearby(by), closure);
  const quartersOf = (resourceId: RoomId, date: string) => async (otherId: string) => {
    const other = await readClosure(by, centerId, otherId);
    if (!other || other.status === 'lifting' || other.status === 'lifted') return [];
    return quartersShut(other.what, centerId, resourceId, date);
  };
  for (const date of dates) {
    await Promise.all(
      resources.map((resourceId) => reopenSheet(by, resourceId, date, closureId, quartersOf(resourceId, date))),
    );
    const sessions = what.kind === 'session' ? [what] : await readSessionsOn(by, centerId, date);
    await Promise.all(
      sessions.map(({ sessionId }) =>
        reopenSession(by, sessionId, closureId, (roundId) => isGivingPlaces(by, roundId)),
      ),
    );
  }
  const left = await carryOn(by, closure, mayGoOn);
  if (left === 'now') return undefined;
  const [from = '', to = from] = [dates[0], dates.at(-1)];
  await rebookAfterClosure(by, { centerId, from, to, isReplaced: (bookingId) => isReplaced(by, centerId, bookingId) });
  const counts = await countsOf(by, closureId);
  if (left === 'none' && done > 0) return moveClosure(by, closure, { status: 'lifted', ...counts }, undefined);
  await moveClosure(by, closure, { done: done + 1, ...counts }, LATER_SECONDS);
  return undefined;
}

/** Whether somebody has gone to the place that was kept instead of this booking, or still may. */
async function isReplaced(by: Authorized, centerId: CenterId, bookingId: BookingId): Promise<boolean> {
  const one = await readCaseThatEnded(by, centerId, bookingId);
  if (!one?.offer) return false;
  const orders = await readOrdersById(by, [one.offer.orderId]);
  const outcome = outcomeOf(one, orders.get(one.offer.orderId), epochSeconds(by.now));
  return outcome === 'moved' || outcome === 'offered';
}
