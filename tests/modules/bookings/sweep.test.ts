import { beforeEach, expect, test } from 'vitest';
import { handler, releaseOverdueOrders } from '../../../functions/bookings/schedule.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { order } from '../../../shared/booking/items/order.ts';
import { openOrderWrite } from '../../../shared/booking/order/order.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { bookingIdFor, randomId } from '../../../shared/kernel/ids.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { keys, sessionIdFor } from '../../../shared/table/keys.ts';
import { resetTableUse, tableUse } from '../../../shared/table/meter.ts';
import { get } from '../../../shared/table/read.ts';
import { storedOrder } from '../../support/claims.ts';
import { setClock, tenants, wait } from '../../support/invoke.ts';

const DATE = '2026-03-04';
const system = () => asSystem(tenants()[0], clockNow());

beforeEach(() => setClock('2026-03-02T01:00:00Z'));

/** Orders of dead functions, which nobody will decide; gives their ids. */
async function abandoned(count: number, tenantId = tenants()[0]): Promise<string[]> {
  const by = asSystem(tenantId, clockNow());
  const orders = Array.from({ length: count }, () => {
    const [orderId, personId] = [randomId('o'), randomId('p')];
    const sessionId = sessionIdFor('yuhu.center.class', DATE, '16:30');
    const places = [{ sessionId, personId, bookingId: bookingIdFor(DATE, orderId), endsAt: '18:00' }];
    const wanted = { orderId, actorId: personId, requestHash: 'request', createdAt: by.now.toISOString(), places };
    return { orderId, write: openOrderWrite(by, wanted) };
  });
  await putMany(orders.map(({ write: { key, item } }) => ({ key, item })));
  return orders.map(({ orderId }) => orderId);
}

const statusOf = async (orderId = '') => (await storedOrder(orderId))?.status;

test('one run releases everything that is due, however many pages: a thousand orders', async () => {
  const ids = await abandoned(1_000);
  wait(61);
  resetTableUse();
  expect(await releaseOverdueOrders(system())).toBe(ids.length);
  // Each is decided, and its seat and its day are given back; beside that a page for each hundred of a shard.
  expect(tableUse().calls - 3 * ids.length).toBeLessThanOrEqual(16);
  expect(await releaseOverdueOrders(system())).toBe(0);
}, 60_000);

/** An order that breaks its schema; gives its id and what takes it away. */
async function unreadable(): Promise<{ broken: string; mended: () => Promise<void> }> {
  const broken = randomId('o');
  const { tenantId } = system();
  const key = keys.booking.order(tenantId, broken);
  const item = { is: 'order', orderId: broken };
  await putMany([{ key, item: { ...item, duePk: keys.due.orders(tenantId, 0), dueAtEpochSeconds: 1 } }]);
  return { broken, mended: () => putMany([{ key, item }]) };
}

test('an item that cannot be read stops nobody else, and the run says that it has failed', async () => {
  const [orderId] = await abandoned(1);
  const { broken, mended } = await unreadable();
  wait(61);
  await expect(releaseOverdueOrders(system())).rejects.toThrow(broken);
  expect(await statusOf(orderId)).toBe('released');
  await mended();
});

test('what fails in one city stops no other', async () => {
  const [, other] = tenants();
  const [orderId = ''] = await abandoned(1, other);
  const { broken, mended } = await unreadable();
  wait(61);
  await expect(handler()).rejects.toThrow(broken);
  expect(await get(keys.booking.order(other, orderId), order)).toMatchObject({ status: 'released' });
  await mended();
});

test('what there is no time for is due the next time', async () => {
  const [orderId] = await abandoned(1);
  wait(61);
  expect(await releaseOverdueOrders(system(), performance.now())).toBe(0);
  expect(await statusOf(orderId)).toBe('claiming');
  expect(await releaseOverdueOrders(system())).toBe(1);
});
