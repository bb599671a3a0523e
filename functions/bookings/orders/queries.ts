import { may } from '../../../shared/access/abilities.ts';
import { type AuthorizedActor, authorized, isKeptFrom, mustNotBeLimited } from '../../../shared/access/authorize.ts';
import { type Order, order } from '../../../shared/booking/order/order.ts';
import { type BookingRow, publicBooking } from '../../../shared/booking/row/booking-row.ts';
import { isStanding } from '../../../shared/booking/row/states.ts';
import type { OrderView } from '../../../shared/contracts/bookings.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { keys } from '../../../shared/table/keys.ts';
import { getMany, parsedItem } from '../../../shared/table/read.ts';
import { approvalsOf, centerOfPlace, rowsOf } from '../store.ts';

export type Asked = { by: AuthorizedActor; order: Order; rows: BookingRow[]; asStaff: boolean };

/** The order with its rows, for who may act for everybody in it, or works at the center of all of it. Refuses `not-found`. */
export async function asked(context: RequestContext, orderId: string): Promise<Asked> {
  const { by, items } = await authorized(context, [keys.booking.order(context.tenantId, orderId)]);
  const standing = items[0]?.['is'] === 'order' ? parsedItem(order, items[0]) : undefined;
  // Whoever has nothing to do with it learns nothing: an order one may not see is not there.
  if (!standing) throw refuse('not-found');
  const asStaff = standing.places.every((place) =>
    may(by.ability, 'staff', 'Desk', { centerId: centerOfPlace(place) }),
  );
  const mayAct = standing.places.every(({ personId }) => may(by.ability, 'book', 'Person', { personId }));
  if (!asStaff && !mayAct) throw refuse('not-found');
  if (!mayAct)
    mustNotBeLimited(
      by,
      standing.places.map(({ personId }) => personId),
    );
  return { by, order: standing, rows: await rowsOf(by, standing), asStaff };
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
export async function oneOrder(context: RequestContext, orderId: string): Promise<OrderView> {
  const { order: standing, rows } = await asked(context, orderId);
  return viewOf(standing, rows);
}

/** What waits for the approval of a center, the most urgent first. Refuses `forbidden`. */
export async function waitingForApproval(context: RequestContext, centerId: string): Promise<OrderView[]> {
  const { by } = await authorized(context);
  if (!may(by.ability, 'staff', 'Desk', { centerId })) throw refuse('forbidden');
  const pointers = await approvalsOf(by, centerId);
  const items = await getMany(pointers.slice(0, 100).map(({ orderId }) => keys.booking.order(by.tenantId, orderId)));
  const held = items
    .flatMap((item) => (item ? [parsedItem(order, item)] : []))
    .filter(({ status, places }) => status === 'held' && !places.some(({ personId }) => isKeptFrom(by, personId)));
  return Promise.all(held.map(async (one) => viewOf(one, await rowsOf(by, one))));
}

export const totalOf = (rows: readonly BookingRow[]): number =>
  rows.filter(({ state }) => isStanding(state)).reduce((sum, { residentPriceFen }) => sum + residentPriceFen, 0);
