import { type Authorized, asSystem } from '../../shared/access/authorize.ts';
import { lapseOrder } from '../../shared/booking/claim/lapse.ts';
import { auditClaims } from '../../shared/booking/heal/audit.ts';
import { type DueItem, sweepOverdue } from '../../shared/booking/heal/overdue.ts';
import { waitingIn } from '../../shared/booking/items/waitlist.ts';
import { promote } from '../../shared/booking/waitlist/promote.ts';
import { settleWait } from '../../shared/booking/waitlist/waitlist.ts';
import type { CenterId } from '../../shared/contracts/common.ts';
import { logger } from '../../shared/http/logger.ts';
import { tenantIds } from '../../shared/http/tenant.ts';
import { clockNow } from '../../shared/kernel/clock.ts';
import { CIVIL_ZONE, civilNow } from '../../shared/kernel/days.ts';
import { inParallel } from '../../shared/kernel/in-parallel.ts';
import { readCenters } from '../centers/index.ts';
import { markMissed } from './no-shows/commands.ts';
import { readClaimsOfCenter, readOfferTerms, readRoomName } from './store.ts';

/** A claim this young may still be in the hands of its handler, or on its way through the stream. */
const SETTLED_AFTER_MS = 60_000;

/** Of the function's fifty seconds; the audit needs the rest. */
const SWEEP_MS = 30_000;

/**
 * What the engine has to look at again: orders whose time is over, of handlers that died and of holds that nobody confirmed, are
 * released; entries that never got into a waitlist are taken away. Gives the number of orders released. What fails stops nothing else,
 * and is thrown at the end; what there is no time for is due the next minute as well.
 */
export async function releaseOverdueOrders(by: Authorized, endsAtMs = performance.now() + SWEEP_MS): Promise<number> {
  let released = 0;
  const settle = async (item: DueItem): Promise<void> => {
    if (item.is === 'wait') await settleWait(by, item);
    else if (await lapseOrder(by, item)) released += 1;
  };
  const { failures, left } = await sweepOverdue(by, settle, endsAtMs);
  if (left) logger.warn('overdue items are left for the next minute', { tenantId: by.tenantId });
  if (failures.length > 0) {
    logger.error('overdue items failed', { tenantId: by.tenantId, failed: failures.length });
    throw failures[0];
  }
  return released;
}

/**
 * Compares the claims of a center in this week and the next, on a Monday also of the week before, with what is derived from them, mends
 * and reports what differs (`shared/booking/heal/audit.ts`). On the way it offers places that nobody has offered, and marks who
 * missed a session that is over.
 */
export async function auditCenter(by: Authorized, centerId: CenterId): Promise<string[]> {
  const { sessions, sheets } = await readClaimsOfCenter(by, centerId, civilNow(by.now, CIVIL_ZONE).date);
  await markMissed(by, sessions);
  for (const session of sessions) {
    // A free place while somebody waits: the record that should have offered it never came.
    if (waitingIn(session) > 0 && session.taken < session.capacity)
      await promote(by, session.sessionId, (stored, party) => readOfferTerms(by, stored, party));
  }
  return auditClaims(by, centerId, {
    sessions,
    sheets,
    isSettled: (madeAt) => madeAt !== undefined && by.now.getTime() - Date.parse(madeAt) > SETTLED_AFTER_MS,
    roomName: (roomId) => readRoomName(by, roomId),
  });
}

async function sweep(by: Authorized, endsAtMs: number): Promise<void> {
  const released = await releaseOverdueOrders(by, endsAtMs);
  if (released > 0) logger.warn('orders released', { tenantId: by.tenantId, released });
}

/** The center whose turn it is in this minute. */
async function auditNext(by: Authorized): Promise<void> {
  const centers = await readCenters(by);
  const center = centers[Math.floor(by.now.getTime() / 60_000) % Math.max(1, centers.length)];
  const differing = center ? await auditCenter(by, center.centerId) : [];
  if (differing.length > 0)
    logger.warn('claims and what follows differ', { tenantId: by.tenantId, centerId: center?.centerId, differing });
}

/** Cities that are looked after at the same time. */
const CITIES_AT_ONCE = 4;

/**
 * Every minute: dead orders of every city are released, and one center of each, in turn, is audited. What fails in one city stops neither
 * the others nor what is left to do there; then the run has failed.
 */
export const handler = async (): Promise<void> => {
  const now = clockNow();
  const endsAtMs = performance.now() + SWEEP_MS;
  const failures: unknown[] = [];
  await inParallel(tenantIds(), CITIES_AT_ONCE, async (tenantId) => {
    const by = asSystem(tenantId, now);
    for (const work of [() => sweep(by, endsAtMs), () => auditNext(by)]) {
      await work().catch((error: unknown) => failures.push(error));
    }
  });
  if (failures.length > 0) throw failures[0];
};
