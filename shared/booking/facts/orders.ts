import type { Authorized } from '../../access/authorize.ts';
import type { OrderId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import type { RawItem } from '../../table/conditions.ts';
import { type Key, keys } from '../../table/keys.ts';
import { get, getMany, parsedItem } from '../../table/read.ts';
import { type Order, order } from '../items/order.ts';

/** An order, or the record of a request that needed none, for a batch of the caller's own; {@link orderFactFrom} says what it holds. */
export const orderFactKey = (tenantId: TenantId, orderId: OrderId): Key => keys.booking.order(tenantId, orderId);

/** The order; `undefined` for the record of a request that needed none. */
export const orderFactFrom = (item: RawItem | undefined): Order | undefined =>
  item?.['is'] === 'order' ? parsedItem(order, item) : undefined;

export const readOrder = (by: Authorized, id: string): Promise<Order | undefined> =>
  get(orderFactKey(by.tenantId, id), order);

/** These orders by id, one call for each hundred; whichever is not there is missing. */
export async function readOrdersById(by: Authorized, orderIds: readonly OrderId[]): Promise<Map<OrderId, Order>> {
  const items = await getMany([...new Set(orderIds)].map((id) => orderFactKey(by.tenantId, id)));
  return new Map(items.flatMap((item) => orderFactFrom(item) ?? []).map((one) => [one.orderId, one]));
}
