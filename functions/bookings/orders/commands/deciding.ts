import type * as z from 'zod';
import { mustBeAble } from '../../../../shared/access/authorize.ts';
import { confirmOrder, giveUpOrder } from '../../../../shared/booking/book/confirm.ts';
import type { OrderView, orderConfirm } from '../../../../shared/contracts/bookings.ts';
import type { OrderId } from '../../../../shared/contracts/common.ts';
import type { RequestContext } from '../../../../shared/http/context.ts';
import { refuse } from '../../../../shared/kernel/refusal.ts';
import { type Asked, readAsked, totalOf, viewOf } from '../queries.ts';
import { readPaymentOfOffer } from './offer-payment.ts';

/** The order again, after it was decided. */
async function after(context: RequestContext, orderId: OrderId): Promise<OrderView> {
  const { order: stored, rows } = await readAsked(context, orderId);
  return viewOf(stored, rows);
}

/**
 * The resident's word: a payment made, an offer accepted. Confirming twice is confirming once. A payment names the amount that was
 * shown; another amount is refused and nothing is taken. An offer may be paid for with a pass or a fund: the one that was named when
 * joining the line, or `payWith`, or with `null` neither; what cannot pay is refused, and the offer stands. Refuses `hold-expired`, `not-held`,
 * `amount-changed`, `person-busy`, `quota-exceeded`, `no-authority`, and those of {@link readPaymentOfOffer}.
 */
export async function confirm(
  context: RequestContext,
  orderId: OrderId,
  { amountFen, payWith }: z.output<typeof orderConfirm>,
): Promise<OrderView> {
  const { by, order: stored, rows, asStaff } = await readAsked(context, orderId);
  const { heldFor, status } = stored;
  if (heldFor === 'approval' || !heldFor || (payWith && heldFor !== 'offer'))
    throw refuse('not-held', { status, heldFor });
  if (heldFor === 'payment' && status === 'held') {
    const totalFen = totalOf(rows);
    if (amountFen !== totalFen) throw refuse('amount-changed', { amountFen: totalFen });
  }
  const means = payWith === undefined ? stored.payWith : (payWith ?? undefined);
  if (means?.holderId && !asStaff) mustBeAble(by, 'book', 'Person', { personId: means.holderId }, 'no-authority');
  // What it counts against has been decided by whoever confirmed it first.
  const isOpenOffer = heldFor === 'offer' && status === 'held';
  const payment = isOpenOffer ? await readPaymentOfOffer(by, stored, means) : {};
  await confirmOrder(by, stored, by.actor.personId, payment);
  return after(context, orderId);
}

/** Gives a hold up: the place is free at once. Refuses `already-decided` once it is booked. */
export async function decline(context: RequestContext, orderId: OrderId): Promise<OrderView> {
  const { by, order: stored } = await readAsked(context, orderId);
  if (!stored.heldFor) throw refuse('not-held', { status: stored.status });
  await giveUpOrder(by, stored, stored.heldFor === 'offer' ? 'declined' : 'withdrawn', by.actor.personId);
  return after(context, orderId);
}

async function toBeApproved(context: RequestContext, orderId: OrderId): Promise<Asked> {
  const found = await readAsked(context, orderId);
  if (!found.asStaff) throw refuse('forbidden');
  if (found.order.heldFor !== 'approval') throw refuse('not-held', { status: found.order.status });
  return found;
}

/**
 * The center's yes. It is a condition on the claim itself: in one write with it, what was held is asked again whether it stands. Of two
 * who approve at once one does; the other is told. Refuses `forbidden`, `already-decided`, `hold-expired`, `not-held`.
 */
export async function approve(context: RequestContext, orderId: OrderId): Promise<OrderView> {
  const { by, order: stored } = await toBeApproved(context, orderId);
  if ((await confirmOrder(by, stored, by.actor.personId)) === 'done') throw refuse('already-decided');
  return after(context, orderId);
}

/** The center's no. Refuses `forbidden`, `already-decided`, `not-held`. */
export async function reject(context: RequestContext, orderId: OrderId): Promise<OrderView> {
  const { by, order: stored } = await toBeApproved(context, orderId);
  await giveUpOrder(by, stored, 'rejected', by.actor.personId);
  return after(context, orderId);
}
