import type { Authorized } from '../../access/authorize.ts';
import type { BookingId, OrderId, PersonId } from '../../contracts/common.ts';
import { again, retry } from '../../kernel/again.ts';
import { epochSeconds } from '../../kernel/clock.ts';
import { refuse } from '../../kernel/refusal.ts';
import { type Condition, condition, exists, isNew, type RawItem } from '../../table/conditions.ts';
import { keys } from '../../table/keys.ts';
import { parsedItem } from '../../table/read.ts';
import { isOfRequest, requestHashAttribute } from '../../table/stored.ts';
import { put, update, type Write } from '../../table/write.ts';
import { readOrder } from '../facts/orders.ts';
import { encodeOrder, type HoldReason, type Order, order } from '../items/order.ts';

/** A handler is done in well under a second and its function is stopped after 15; a minute later it is dead for certain. */
export const ORDER_SECONDS = 60;
export const DUE_SHARDS = 4;

const shardOf = (id: string): number => id.charCodeAt(id.length - 1) % DUE_SHARDS;

/** The attributes that make an item due: it is found by {@link queryDue} from that second on. */
export const dueAttributes = (by: Authorized, id: string, dueAtEpochSeconds: number) => ({
  duePk: keys.due.orders(by.tenantId, shardOf(id)),
  dueAtEpochSeconds,
});

export type WantedOrder = Omit<Order, 'is' | 'status' | 'heldFor' | 'dueAtEpochSeconds' | 'paid'>;
export type Hold = { readonly for: HoldReason; readonly untilEpochSeconds: number };

/** The write that opens an order: claiming for a minute (or until `dueAtEpochSeconds`), or, with `hold`, held from the start. */
export function openOrderWrite(
  by: Authorized,
  wanted: WantedOrder,
  hold?: Hold,
  dueAtEpochSeconds = epochSeconds(by.now) + ORDER_SECONDS,
): Write & { item: RawItem } {
  const due = hold?.untilEpochSeconds ?? dueAtEpochSeconds;
  return {
    key: keys.booking.order(by.tenantId, wanted.orderId),
    item: {
      ...encodeOrder({
        ...wanted,
        is: 'order',
        status: hold ? 'held' : 'claiming',
        ...(hold ? { heldFor: hold.for } : {}),
      }),
      ...dueAttributes(by, wanted.orderId, due),
    },
    conditions: [isNew],
    meaning: (stored) => (isOfRequest(stored, wanted.requestHash) ? 'done' : refuse('idempotency-key-reused')),
  };
}

/** Opens the order, or gives the one that stands under this id. Refuses `idempotency-key-reused` when that was another request. */
export async function openOrder(
  by: Authorized,
  wanted: WantedOrder,
  hold?: Hold,
  dueAtEpochSeconds?: number,
): Promise<Order> {
  const write = openOrderWrite(by, wanted, hold, dueAtEpochSeconds);
  const { item } = await put(write);
  return parsedItem(order, item ?? write.item);
}

/** How long an `Idempotency-Key` is remembered. Rows answer replays for longer; this only tells another body from a replay. */
const REQUEST_SECONDS = 7 * 24 * 3600;

/**
 * The record of a request that needs no order, under the id an order of the same actor and `Idempotency-Key` would have: whichever
 * comes second under that key with another body is refused with `idempotency-key-reused`.
 */
export function requestWrite(
  by: Authorized,
  { orderId, actorId, requestHash }: { orderId: OrderId; actorId: PersonId; requestHash: string },
): Write & { item: RawItem } {
  const { requestHash: attribute } = requestHashAttribute;
  return {
    key: keys.booking.order(by.tenantId, orderId),
    item: {
      orderId,
      actorId,
      [attribute]: requestHash,
      is: 'request',
      ttlEpochSeconds: epochSeconds(by.now) + REQUEST_SECONDS,
    },
    values: { ':hash': requestHash },
    conditions: [condition('the first, or the same again', `attribute_not_exists(pk) OR ${attribute} = :hash`)],
    meaning: () => refuse('idempotency-key-reused'),
  };
}

/** Refuses `idempotency-key-reused` when the item under the request's id, as read, stands for another body. */
export function mustBeSameRequest(stored: RawItem | undefined, requestHash: string): void {
  if (stored && !isOfRequest(stored, requestHash)) throw refuse('idempotency-key-reused');
}

/** `claiming` → `held`: every place is claimed, somebody's word is awaited. Answers the order's status as it is now. */
export async function holdOrder(by: Authorized, id: string, hold: Hold): Promise<Order['status']> {
  const { item } = await update({
    key: keys.booking.order(by.tenantId, id),
    update: 'SET #status = :held, heldFor = :for, dueAtEpochSeconds = :until',
    names: { '#status': 'status' },
    values: { ':held': 'held', ':for': hold.for, ':until': hold.untilEpochSeconds, ':claiming': 'claiming' },
    conditions: [exists, condition('undecided', '#status = :claiming')],
    meaning: () => 'done',
  });
  return item ? parsedItem(order, item).status : 'held';
}

export type Decision =
  | {
      readonly to: 'booked';
      readonly decidedBy?: string;
      readonly paid?: Order['paid'] | undefined;
      /** So many as the one who decides knows of. */
      readonly places?: number;
    }
  | { readonly to: 'released'; readonly because: string; readonly decidedBy?: string; readonly onlyWhenDue?: boolean };

/** The write that decides an order; it may stand in a transaction with what it decides about. Decided before: `meaning` is `done`. */
export function decisionWrite(by: Authorized, id: string, decision: Decision): Write & { update: string } {
  const { to, decidedBy } = decision;
  const sets = ['#status = :to'];
  const values: Record<string, unknown> = { ':to': to, ':claiming': 'claiming', ':held': 'held' };
  const now = () => {
    values[':now'] = epochSeconds(by.now);
  };
  if (decidedBy) {
    sets.push('decidedBy = :who');
    values[':who'] = decidedBy;
  }
  const names: Record<string, string> = { '#status': 'status' };
  const conditions: Condition[] = [exists];
  let over = 'duePk';
  if (decision.to === 'booked') {
    now();
    over += ', dueAtEpochSeconds';
    if (decision.paid) {
      sets.push('paid = :paid');
      values[':paid'] = decision.paid;
      // Nobody pays less for what a pass has paid for: there is nothing to price again.
      over += ', #family';
      names['#family'] = 'family';
    }
    const inTime = '#status = :claiming OR (#status = :held AND dueAtEpochSeconds > :now)';
    conditions.push(condition('undecided and in time', inTime));
    if (decision.places !== undefined) {
      values[':places'] = decision.places;
      conditions.push(condition('its places as read', 'size(places) = :places'));
    }
  } else {
    sets.push('because = :because');
    values[':because'] = decision.because;
    const open = '#status IN (:claiming, :held)';
    if (decision.onlyWhenDue) now();
    conditions.push(condition('undecided', decision.onlyWhenDue ? `${open} AND dueAtEpochSeconds <= :now` : open));
  }
  return {
    key: keys.booking.order(by.tenantId, id),
    update: `SET ${sets.join(', ')} REMOVE ${over}`,
    names,
    values,
    conditions,
    meaning: () => 'done',
  };
}

/** Decides the order. Answers what it is now: another may have decided first, or its time is over. */
export async function decideOrder(by: Authorized, id: string, decision: Decision): Promise<Order['status']> {
  const { item } = await update(decisionWrite(by, id, decision));
  return item ? parsedItem(order, item).status : decision.to;
}

/** Whether a place has left the order by {@link leaveHold}. */
export const hasLeft = ({ places }: Order, bookingId: BookingId): boolean =>
  !places.some((place) => place.bookingId === bookingId);

/** Each time the order was changed meanwhile, one place fewer is on it. */
const ROUNDS = 8;

/**
 * A held place that cannot take place leaves its order, which the others can still confirm; with the last of them the order is released.
 * Answers what the place is then: `booked` where the order was confirmed before, with it. Done again it changes nothing.
 */
export function leaveHold(
  by: Authorized,
  id: string,
  bookingId: BookingId,
  decision: Extract<Decision, { to: 'released' }>,
): Promise<'booked' | 'released'> {
  return again(ROUNDS, async () => {
    const stored = await readOrder(by, id);
    if (!stored || stored.status === 'released' || hasLeft(stored, bookingId)) return 'released';
    if (stored.status === 'booked') return 'booked';
    const left = stored.places.filter((place) => place.bookingId !== bookingId);
    if (left.length === 0) return (await decideOrder(by, id, decision)) === 'released' ? 'released' : retry;
    const { outcome } = await update({
      key: keys.booking.order(by.tenantId, id),
      update: 'SET places = :left',
      names: { '#status': 'status' },
      values: { ':left': left, ':held': 'held', ':read': stored.places.length },
      conditions: [exists, condition('held, and as it was read', '#status = :held AND size(places) = :read')],
      meaning: () => 'done',
    });
    return outcome === 'fresh' ? 'released' : retry;
  });
}
