import { type Authorized, asSystem } from '../../shared/access/authorize.ts';
import { lapseOrder } from '../../shared/booking/claim/lapse.ts';
import { readOverdue } from '../../shared/booking/heal/overdue.ts';
import { reconcileRoomEntry, reconcileSeat } from '../../shared/booking/heal/reconcile.ts';
import { waitingIn } from '../../shared/booking/items/waitlist.ts';
import { promote } from '../../shared/booking/waitlist/promote.ts';
import { settleWait } from '../../shared/booking/waitlist/waitlist.ts';
import type { CenterId } from '../../shared/contracts/common.ts';
import { logger } from '../../shared/http/telemetry.ts';
import { tenantIds } from '../../shared/http/tenant.ts';
import { clockNow } from '../../shared/kernel/clock.ts';
import { CIVIL_ZONE, civilNow } from '../../shared/kernel/days.ts';
import { readCenters } from '../centers/index.ts';
import { markMissed } from './no-shows/commands.ts';
import { readClaimsOfCenter, readOfferTerms, readRoomName } from './store.ts';

/** A claim this young may still be in the hands of its handler, or on its way through the stream. */
const SETTLED_AFTER_MS = 60_000;

/**
 * What the engine has to look at again: orders whose time is over, of handlers that died and of holds that nobody confirmed, are
 * released; entries that never got into a waitlist are taken away. Gives the number of orders released.
 */
export async function releaseOverdueOrders(by: Authorized): Promise<number> {
  let released = 0;
  for (const item of await readOverdue(by)) {
    if (item.is === 'wait') await settleWait(by, item);
    else if (await lapseOrder(by, item)) released += 1;
  }
  return released;
}

/**
 * Compares every claim of a center in this week and the next, on a Monday also of the week before, with its derived row, mends and
 * reports what differs (law 3). On the way it marks who missed a session that is over.
 */
export async function auditCenter(by: Authorized, centerId: CenterId): Promise<string[]> {
  const { sessions, sheets } = await readClaimsOfCenter(by, centerId, civilNow(by.now, CIVIL_ZONE).date);
  const settled = (madeAt: string | undefined) =>
    madeAt !== undefined && by.now.getTime() - Date.parse(madeAt) > SETTLED_AFTER_MS;
  const mended: string[] = [];
  await markMissed(by, sessions);
  for (const session of sessions) {
    // A free place while somebody waits: the record that should have offered it never came.
    if (waitingIn(session) > 0 && session.taken < session.capacity)
      await promote(by, session.sessionId, (stored, party) => readOfferTerms(by, stored, party));
    for (const [personId, seat] of Object.entries(session.seats)) {
      if (!settled(seat.bookedAt)) continue;
      if ((await reconcileSeat(by, session.sessionId, personId, seat.bookingId, session)) === 'mended')
        mended.push(seat.bookingId);
    }
  }
  for (const { roomId, date, entries } of sheets) {
    for (const [bookingId, entry] of Object.entries(entries)) {
      if (!settled(entry.bookedAt)) continue;
      const result = await reconcileRoomEntry(by, roomId, () => readRoomName(by, roomId), date, bookingId, {
        claim: entry,
      });
      if (result === 'mended') mended.push(bookingId);
    }
  }
  return mended;
}

/** Every minute: dead orders of every city are released, and one center of each, in turn, is audited. */
export const handler = async (): Promise<void> => {
  const now = clockNow();
  for (const tenantId of tenantIds()) {
    const by = asSystem(tenantId, now);
    const released = await releaseOverdueOrders(by);
    if (released > 0) logger.warn('orders released', { tenantId, released });
    const centers = await readCenters(by);
    const center = centers[Math.floor(now.getTime() / 60_000) % Math.max(1, centers.length)];
    const mended = center ? await auditCenter(by, center.centerId) : [];
    if (mended.length > 0) logger.warn('claims without their rows', { tenantId, centerId: center?.centerId, mended });
  }
};
