import type { Authorized } from '../../access/authorize.ts';
import { refuse } from '../../kernel/refusal.ts';
import { partsOfSessionId } from '../../table/keys.ts';
import { transact, type Write } from '../../table/write.ts';
import { type AgendaClaim, agendaWrites } from '../claim/agenda.ts';
import { releaseOrderItems } from '../claim/release.ts';
import { settleRoomWrites } from '../claim/room.ts';
import { settleSeat } from '../claim/seats.ts';
import { readOrder } from '../facts/orders.ts';
import { readCityRules, roomQuartersOf } from '../items/city-rules.ts';
import type { Order, OrderItem } from '../items/order.ts';
import { decideOrder, decisionWrite } from '../order/order.ts';
import { type BoundedCharge, chargeWrite } from '../price/counters.ts';
import { moveRow } from '../row/rows.ts';

function dayOf(
  place: OrderItem,
  charges: readonly BoundedCharge[] | undefined,
  roomQuartersLimit: number,
): AgendaClaim {
  const { personId, bookingId, endsAt } = place;
  const [date, startsAt, of] =
    'sessionId' in place
      ? [partsOfSessionId(place.sessionId).date, partsOfSessionId(place.sessionId).startsAt, place.sessionId]
      : [place.date, place.startsAt, place.roomId];
  return {
    personId,
    date,
    bookingId,
    entry: { startsAt, endsAt, of },
    // What giving a room back takes off the count of the day is put there by the same claim.
    ...('roomId' in place ? { roomQuartersLimit } : {}),
    ...(charges ? { charges } : {}),
  };
}

/** Charges of one counter as one. */
function inOne(charges: readonly BoundedCharge[]): BoundedCharge[] {
  return [...Map.groupBy(charges, ({ of, id }) => `${of} ${id}`).values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, amount: others.reduce((sum, { amount }) => sum + amount, first.amount) }] : [],
  );
}

/** What an offer counts against once it is accepted, and what pays for it instead of the resident, by booking. */
export type OfferPayment = {
  readonly charges?: ((place: OrderItem) => readonly BoundedCharge[] | undefined) | undefined;
  readonly paid?: Order['paid'] | undefined;
};

/**
 * Makes bookings of a hold: paid, approved, or its offer accepted. The decision and all that is calm about it move in one transaction:
 * a room's entries are asked once more whether they stand for it, and the person's day is taken if the offer had left it alone. A
 * session takes no part (law 2); its seats stand until the order is released, and only a booked order keeps them. Units of a pass that
 * pay for it are among its `charges`, and `paid` says so. `done` when it was booked before. Refuses `hold-expired` after its time,
 * `person-busy`, `quota-exceeded`, `pass-empty`, `fund-empty`, or why else it was released.
 */
export async function confirmOrder(
  by: Authorized,
  order: Order,
  decidedBy: string,
  { charges, paid: paidNow }: OfferPayment = {},
): Promise<'fresh' | 'done'> {
  const { orderId, places, heldFor } = order;
  const decision = { to: 'booked', decidedBy, paid: paidNow, places: places.length } as const;
  const writes: Write[] = [decisionWrite(by, orderId, decision)];
  const isOffer = heldFor === 'offer';
  const roomQuarters = isOffer ? roomQuartersOf(await readCityRules(by)) : 0;
  // Brothers and sisters count against one household: a transaction takes an item once.
  const counted = isOffer ? inOne(places.flatMap((place) => charges?.(place) ?? [])) : [];
  writes.push(...counted.map((charge) => chargeWrite(by, charge)));
  for (const place of places) {
    // An offer leaves the day of who is asked alone, until they say yes.
    if (isOffer) writes.push(agendaWrites(by, dayOf(place, charges?.(place), roomQuarters))[0]);
    if ('roomId' in place) writes.push(...settleRoomWrites(by, place, orderId));
  }
  const { outcome } = await transact(writes);
  let paid = paidNow;
  if (outcome === 'done') {
    const stored = await readOrder(by, orderId);
    paid = stored?.paid;
    // A closure has taken a place out of it a moment ago: what is left costs less, and is decided by who sees it.
    if (stored?.status === 'held' && stored.places.length !== places.length) throw refuse('try-again');
    if (stored?.status !== 'booked')
      throw refuse(wordsOfOthers.has(stored?.because ?? '') ? 'already-decided' : 'hold-expired');
  }
  await Promise.all(
    places.map(async (place) => {
      const { personId, bookingId } = place;
      if ('sessionId' in place) await settleSeat(by, place.sessionId, personId, bookingId, paid?.[bookingId]);
      await moveRow(by, { beneficiaryId: personId, bookingId }, 'booked', { paid: paid?.[bookingId] });
    }),
  );
  return outcome;
}

/** Somebody said no before, or put it elsewhere; anything else that released a hold is its time. */
const wordsOfOthers = new Set(['withdrawn', 'declined', 'rejected', 'moved']);

/**
 * Gives up a hold: declined, refused by the center, or withdrawn. `done` when it was released before. Refuses `already-decided` when it
 * is booked.
 */
export async function giveUpOrder(
  by: Authorized,
  { orderId, places }: Order,
  because: 'withdrawn' | 'declined' | 'rejected',
  decidedBy: string,
): Promise<void> {
  const status = await decideOrder(by, orderId, { to: 'released', because, decidedBy });
  if (status === 'booked') throw refuse('already-decided');
  await releaseOrderItems(by, { places }, because);
  const why = { because, endedBy: decidedBy };
  await Promise.all(
    places.map(({ personId, bookingId }) =>
      moveRow(by, { beneficiaryId: personId, bookingId }, 'canceled', { gone: { bookingId, ...why } }),
    ),
  );
}
