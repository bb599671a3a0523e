import * as z from 'zod';
import type { Authorized } from '../../access/authorize.ts';
import type { CenterId } from '../../contracts/common.ts';
import { centerOf, keys } from '../../table/keys.ts';
import { queryAll } from '../../table/read.ts';
import { put, remove } from '../../table/write.ts';
import { readOrder } from '../facts/orders.ts';
import type { Order, OrderItem } from '../items/order.ts';

/** The center whose staff speak about an item of an order. */
export const centerOfItem = (place: OrderItem): string =>
  centerOf('sessionId' in place ? place.sessionId : place.roomId);

/** Keeps the list of what waits for a center's approval equal to the order, as it stands. */
export async function listApproval(
  by: Authorized,
  { orderId, heldFor, dueAtEpochSeconds, places }: Order,
): Promise<void> {
  if (heldFor !== 'approval' || !places[0]) return;
  const order = await readOrder(by, orderId);
  const due = dueAtEpochSeconds ?? order?.dueAtEpochSeconds;
  const centerId = centerOfItem(places[0]);
  if (order?.status === 'held' && due !== undefined) {
    const key = keys.booking.approval(by.tenantId, centerId, due, orderId);
    await put({ key, item: { orderId, ttlEpochSeconds: due + 86_400 } });
    return;
  }
  for (const { sk } of await readApprovals(by, centerId))
    if (sk.endsWith(`#${orderId}`)) await remove({ key: { pk: keys.booking.approvals(by.tenantId, centerId), sk } });
}

const approvalPointer = z.object({ sk: z.string(), orderId: z.string() });

/** What waits for a center's approval, the most urgent first. */
export const readApprovals = (by: Authorized, centerId: CenterId) =>
  queryAll({ pk: keys.booking.approvals(by.tenantId, centerId) }, approvalPointer);
