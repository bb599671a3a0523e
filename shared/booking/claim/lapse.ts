import type { Authorized } from '../../access/authorize.ts';
import type { OrderId } from '../../contracts/common.ts';
import { epochSeconds } from '../../kernel/clock.ts';
import { readOrder } from '../facts/orders.ts';
import type { Order } from '../items/order.ts';
import { decideOrder } from '../order/order.ts';
import { releaseOrderItems } from './release.ts';

/**
 * Releases an order whose time is over and gives its places back: a dead handler's, or a hold that was not confirmed. False when it
 * was decided otherwise, or its time is not over by the clock of `by`: then nothing is touched.
 */
export async function lapseOrder(
  by: Authorized,
  { orderId, status, places }: Pick<Order, 'orderId' | 'status' | 'places'>,
): Promise<boolean> {
  const because = status === 'held' ? 'hold-expired' : 'order-released';
  const now = await decideOrder(by, orderId, { to: 'released', because, onlyWhenDue: true });
  if (now !== 'released') return false;
  await releaseOrderItems(by, { places }, because);
  return true;
}

/** The same for holds that are met on the way: whoever wants their place need not wait for the sweep. Gives how many lapsed. */
export async function lapseHolds(by: Authorized, orderIds: Iterable<OrderId>): Promise<number> {
  let lapsed = 0;
  for (const orderId of new Set(orderIds)) {
    const order = await readOrder(by, orderId);
    if (order && (await lapseOrder(by, order))) lapsed += 1;
  }
  return lapsed;
}

/** The orders of holds, among these claims, whose time is over. */
export function lapsedIn(
  by: Authorized,
  claims: Iterable<{ orderId?: OrderId | undefined; heldUntilEpochSeconds?: number | undefined }>,
): string[] {
  const now = epochSeconds(by.now);
  return [...claims].flatMap(({ orderId, heldUntilEpochSeconds: until }) =>
    orderId && until !== undefined && until <= now ? [orderId] : [],
  );
}
