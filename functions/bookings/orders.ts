import type * as z from 'zod';
import { may } from '../../shared/access/abilities.ts';
import {
  type AuthorizedActor,
  authorized,
  isKeptFrom,
  mustBeAble,
  mustNotBeLimited,
} from '../../shared/access/authorize.ts';
import { confirmOrder, giveUpOrder } from '../../shared/booking/book/confirm.ts';
import type { BookingRow } from '../../shared/booking/items/booking-row.ts';
import { type Order, order } from '../../shared/booking/items/order.ts';
import { publicBooking } from '../../shared/booking/row/booking-row.ts';
import { isStanding } from '../../shared/booking/row/states.ts';
import type { OrderView, orderConfirm } from '../../shared/contracts/bookings.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { keys } from '../../shared/table/keys.ts';
import { getMany, parsedItem } from '../../shared/table/read.ts';
import { paymentOfOffer } from './offer-payment.ts';
import { approvalsOf, centerOfPlace, rowsOf } from './store.ts';

type Asked = { by: AuthorizedActor; order: Order; rows: BookingRow[]; asStaff: boolean };

/** The order with its rows, for who may act for everybody in it, or works at the center of all of it. Refuses `not-found`. */
async function asked(context: RequestContext, orderId: string): Promise<Asked> {
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

const totalOf = (rows: readonly BookingRow[]): number =>
  rows.filter(({ state }) => isStanding(state)).reduce((sum, { residentPriceFen }) => sum + residentPriceFen, 0);

function viewOf(
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

/** The order again, after it was decided. */
async function after(context: RequestContext, orderId: string): Promise<OrderView> {
  const { order: standing, rows } = await asked(context, orderId);
  return viewOf(standing, rows);
}

/**
 * The resident's word: a payment made, an offer accepted. Confirming twice is confirming once. A payment names the amount that was
 * shown; another amount is refused and nothing is taken. An offer may be paid for with a pass or a fund: the one that was named when
 * joining the line, or `payWith`, or with `null` neither; what cannot pay is refused, and the offer stands. Refuses `hold-expired`, `not-held`,
 * `amount-changed`, `person-busy`, `quota-exceeded`, `no-authority`, and those of {@link paymentOfOffer}.
 */
export async function confirm(
  context: RequestContext,
  orderId: string,
  { amountFen, payWith }: z.output<typeof orderConfirm>,
): Promise<OrderView> {
  const { by, order: standing, rows, asStaff } = await asked(context, orderId);
  const { heldFor, status } = standing;
  if (heldFor === 'approval' || !heldFor || (payWith && heldFor !== 'offer'))
    throw refuse('not-held', { status, heldFor });
  if (heldFor === 'payment' && status === 'held') {
    const totalFen = totalOf(rows);
    if (amountFen !== totalFen) throw refuse('amount-changed', { amountFen: totalFen });
  }
  const means = payWith === undefined ? standing.payWith : (payWith ?? undefined);
  if (means?.holderId && !asStaff) mustBeAble(by, 'book', 'Person', { personId: means.holderId }, 'no-authority');
  // What it counts against has been decided by whoever confirmed it first.
  const isOpenOffer = heldFor === 'offer' && status === 'held';
  const payment = isOpenOffer ? await paymentOfOffer(by, standing, means) : {};
  await confirmOrder(by, standing, by.actor.personId, payment);
  return after(context, orderId);
}

/** Gives a hold up: the place is free at once. Refuses `already-decided` once it is booked. */
export async function decline(context: RequestContext, orderId: string): Promise<OrderView> {
  const { by, order: standing } = await asked(context, orderId);
  if (!standing.heldFor) throw refuse('not-held', { status: standing.status });
  await giveUpOrder(by, standing, standing.heldFor === 'offer' ? 'declined' : 'withdrawn', by.actor.personId);
  return after(context, orderId);
}

async function toBeApproved(context: RequestContext, orderId: string): Promise<Asked> {
  const found = await asked(context, orderId);
  if (!found.asStaff) throw refuse('forbidden');
  if (found.order.heldFor !== 'approval') throw refuse('not-held', { status: found.order.status });
  return found;
}

/**
 * The center's yes. It is a condition on the claim itself: in one write with it, what was held is asked again whether it stands. Of two
 * who approve at once one does; the other is told. Refuses `forbidden`, `already-decided`, `hold-expired`, `not-held`.
 */
export async function approve(context: RequestContext, orderId: string): Promise<OrderView> {
  const { by, order: standing } = await toBeApproved(context, orderId);
  if ((await confirmOrder(by, standing, by.actor.personId)) === 'done') throw refuse('already-decided');
  return after(context, orderId);
}

/** The center's no. Refuses `forbidden`, `already-decided`, `not-held`. */
export async function reject(context: RequestContext, orderId: string): Promise<OrderView> {
  const { by, order: standing } = await toBeApproved(context, orderId);
  await giveUpOrder(by, standing, 'rejected', by.actor.personId);
  return after(context, orderId);
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
