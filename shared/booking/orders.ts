import * as z from 'zod';
import type { Authorized } from '../access/authorize.ts';
import { instant, orderId, personId, sessionId } from '../contracts/common.ts';
import { epochSeconds } from '../kernel/clock.ts';
import { refuse } from '../kernel/refusal.ts';
import { condition, exists, isNew, type RawItem } from '../table/conditions.ts';
import { keys } from '../table/keys.ts';
import { get, parsedItem, queryDue } from '../table/read.ts';
import { put, update, type Write } from '../table/write.ts';

/**
 * An order over several sessions. No transaction may touch a session, so the places are claimed one after another and this item
 * decides for all of them: `claiming` → `booked` is the moment they all become bookings, `claiming` → `released` the moment none
 * will. Both are conditional on `claiming`, so exactly one happens, whoever is first: the handler, a double of it, or the sweep
 * after the handler died.
 */
export const order = z.object({
  is: z.literal('order'),
  orderId,
  actorId: personId,
  h: z.string(),
  status: z.enum(['claiming', 'booked', 'released']),
  /** What is being claimed: session × person → booking id. */
  places: z.array(z.object({ sessionId, personId, bookingId: z.string() })),
  createdAt: instant,
  /** Refusal code that released it, for the replay. */
  because: z.string().optional(),
});
export type Order = z.infer<typeof order>;

/** A handler is done in well under a second and its function is stopped after 15; a minute later it is dead for certain. */
export const ORDER_SECONDS = 60;
export const DUE_SHARDS = 4;

const shardOf = (id: string): number => id.charCodeAt(id.length - 1) % DUE_SHARDS;

/** Opens the order, or gives the one that stands under this id. Refuses `idempotency-key-reused` when that was another request. */
export async function openOrder(by: Authorized, wanted: Omit<Order, 'is' | 'status'>): Promise<Order> {
  const fresh: Order = { ...wanted, is: 'order', status: 'claiming' };
  const { item } = await put({
    key: keys.order(by.tenantId, wanted.orderId),
    item: {
      ...fresh,
      duePk: keys.due(by.tenantId, shardOf(wanted.orderId)),
      dueAtEpochSeconds: epochSeconds(by.now) + ORDER_SECONDS,
    },
    conditions: [isNew],
    meaning: (standing) => (standing?.['h'] === wanted.h ? 'done' : refuse('idempotency-key-reused')),
  });
  return item ? parsedItem(order, item) : fresh;
}

/** How long an `Idempotency-Key` is remembered. Rows answer replays for longer; this only tells another body from a replay. */
const REQUEST_SECONDS = 7 * 24 * 3600;

/**
 * The record of a request that needs no order, under the id an order of the same actor and `Idempotency-Key` would have: whichever
 * comes second under that key with another body is refused with `idempotency-key-reused`.
 */
export function requestWrite(
  by: Authorized,
  request: { orderId: string; actorId: string; h: string },
): Write & { item: RawItem } {
  return {
    key: keys.order(by.tenantId, request.orderId),
    item: { ...request, is: 'request', ttlEpochSeconds: epochSeconds(by.now) + REQUEST_SECONDS },
    values: { ':h': request.h },
    conditions: [condition('the first, or the same again', 'attribute_not_exists(pk) OR h = :h')],
    meaning: () => refuse('idempotency-key-reused'),
  };
}

/** Refuses `idempotency-key-reused` when the item under the request's id, as read, stands for another body. */
export function mustBeSameRequest(standing: RawItem | undefined, h: string): void {
  if (standing && standing['h'] !== h) throw refuse('idempotency-key-reused');
}

export const orderById = (by: Authorized, id: string): Promise<Order | undefined> =>
  get(keys.order(by.tenantId, id), order);

/** Decides the order. Answers what it is now: another may have decided first. */
export async function decideOrder(
  by: Authorized,
  id: string,
  status: 'booked' | 'released',
  because?: string,
): Promise<Order['status']> {
  const { item } = await update({
    key: keys.order(by.tenantId, id),
    update: `SET #status = :status${because ? ', because = :because' : ''} REMOVE duePk, dueAtEpochSeconds`,
    names: { '#status': 'status' },
    values: { ':status': status, ':claiming': 'claiming', ...(because ? { ':because': because } : {}) },
    conditions: [exists, condition('undecided', '#status = :claiming')],
    meaning: () => 'done',
  });
  return item ? parsedItem(order, item).status : status;
}

/** Orders whose handler must have died: undecided and past their time. */
export async function overdueOrders(by: Authorized): Promise<Order[]> {
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => shard);
  const found = await Promise.all(
    shards.map((shard) => queryDue(keys.due(by.tenantId, shard), epochSeconds(by.now), order)),
  );
  return found.flat();
}
