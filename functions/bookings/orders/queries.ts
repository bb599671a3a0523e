import { may } from '../../../shared/access/abilities.ts';
import { type AuthorizedActor, authorized, isKeptFrom, mustNotBeLimited } from '../../../shared/access/authorize.ts';
import { readRows } from '../../../shared/booking/facts/bookings.ts';
import { orderFactFrom, orderFactKey, readOrdersById } from '../../../shared/booking/facts/orders.ts';
import type { BookingRow } from '../../../shared/booking/items/booking-row.ts';
import type { Order } from '../../../shared/booking/items/order.ts';
import { centerOfItem, readApprovals } from '../../../shared/booking/order/approvals.ts';
import { publicBooking } from '../../../shared/booking/row/booking-row.ts';
import { isActive } from '../../../shared/booking/row/states.ts';
import type { OrderView } from '../../../shared/contracts/bookings.ts';
import type { CenterId, OrderId } from '../../../shared/contracts/common.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';

export type Asked = { by: AuthorizedActor; order: Order; rows: BookingRow[]; asStaff: boolean };

/** The order with its rows, for who may act for everybody in it, or works at the center of all of it. Refuses `not-found`. */
export async function readAsked(context: RequestContext, orderId: OrderId): Promise<Asked> {
  const { by, items } = await authorized(context, [orderFactKey(context.tenantId, orderId)]);
  const stored = orderFactFrom(items[0]);
  // Whoever has nothing to do with it learns nothing: an order one may not see is not there.
  if (!stored) throw refuse('not-found');
  const asStaff = stored.places.every((place) => may(by.ability, 'staff', 'Desk', { centerId: centerOfItem(place) }));
  const mayAct = stored.places.every(({ personId }) => may(by.ability, 'book', 'Person', { personId }));
  if (!asStaff && !mayAct) throw refuse('not-found');
  if (!mayAct)
    mustNotBeLimited(
      by,
      stored.places.map(({ personId }) => personId),
    );
  return { by, order: stored, rows: await readRows(by, stored.places), asStaff };
}

export function viewOf(
  { orderId, status, heldFor, dueAtEpochSeconds, because, payWith, closureId }: Order,
  rows: BookingRow[],
): OrderView {
  const held = status === 'held';
  return {
    orderId,
    status,
    ...(heldFor ? { heldFor } : {}),
    ...(held && dueAtEpochSeconds ? { heldUntil: new Date(dueAtEpochSeconds * 1_000).toISOString() } : {}),
    ...(because ? { because } : {}),
    ...(held && payWith ? { payWith } : {}),
    ...(closureId ? { inStead: true } : {}),
    totalFen: totalOf(rows),
    bookings: rows.map(publicBooking),
  };
}

/** One order. Refuses `not-found`. */
export async function readOneOrder(context: RequestContext, orderId: OrderId): Promise<OrderView> {
  const { order: stored, rows } = await readAsked(context, orderId);
  return viewOf(stored, rows);
}

/** What waits for the approval of a center, the most urgent first. Refuses `forbidden`. */
export async function listApprovals(context: RequestContext, centerId: CenterId): Promise<OrderView[]> {
  const { by } = await authorized(context);
  if (!may(by.ability, 'staff', 'Desk', { centerId })) throw refuse('forbidden');
  const pointers = await readApprovals(by, centerId);
  const orderIds = pointers.slice(0, 100).map(({ orderId }) => orderId);
  const orders = await readOrdersById(by, orderIds);
  const held = orderIds
    .flatMap((orderId) => orders.get(orderId) ?? [])
    .filter(({ status, places }) => status === 'held' && !places.some(({ personId }) => isKeptFrom(by, personId)));
  return Promise.all(held.map(async (one) => viewOf(one, await readRows(by, one.places))));
}

export const totalOf = (rows: readonly BookingRow[]): number =>
  rows.filter(({ state }) => isActive(state)).reduce((sum, { residentPriceFen }) => sum + residentPriceFen, 0);
