import type { Authorized } from '../../../shared/access/authorize.ts';
import { claimRoomWhole } from '../../../shared/booking/claim/room.ts';
import { claimSeats } from '../../../shared/booking/claim/seats.ts';
import { readOrder } from '../../../shared/booking/facts/orders.ts';
import { readSession } from '../../../shared/booking/facts/sessions.ts';
import type { RoomEntry } from '../../../shared/booking/items/day-sheet.ts';
import type { Order, OrderItem } from '../../../shared/booking/items/order.ts';
import type { Seat } from '../../../shared/booking/items/session.ts';
import { decideOrder, type Hold, openOrder, openOrderWrite } from '../../../shared/booking/order/order.ts';
import { rowOfRoomEntry, rowOfSeat } from '../../../shared/booking/row/booking-row.ts';
import { writeRow } from '../../../shared/booking/row/rows.ts';
import { epochSeconds } from '../../../shared/kernel/clock.ts';
import { instantOf } from '../../../shared/kernel/days.ts';
import { bookingIdFor, derivedId, fingerprint } from '../../../shared/kernel/ids.ts';
import { isRefusal } from '../../../shared/kernel/refusal.ts';
import type { CaseItem, Party } from '../cases/items.ts';
import type { ClosureItem } from '../items.ts';
import type { Found, OfferItem } from './items.ts';
import type { Nearby } from './queries/nearby.ts';
import { keptPlaces } from './queries/sessions.ts';
import { nameOfPlace, priceFor } from './rules.ts';

/** Why the order of a place that was gone before it could be kept is released: it was never offered to anybody. */
const PLACE_GONE = 'place-gone';

/**
 * The offer of a place to everybody of a party, in their order: one order, whose id follows from the closure, the bookings and the place,
 * so that a rerun makes the same.
 */
export function offersOf(by: Authorized, closure: ClosureItem, party: Party, place: Found): OfferItem[] {
  const { closureId, answerWithinHours } = closure;
  const lost = party.map(({ bookingId }) => bookingId);
  const orderId = derivedId('o', by.tenantId, 'closure', closureId, ...lost, nameOfPlace(place));
  const starts = Math.floor(instantOf(place.date, place.startsAt).getTime() / 1_000);
  const untilEpochSeconds = Math.min(epochSeconds(by.now) + answerWithinHours * 3_600, starts);
  return party.map((one) => ({
    ...place,
    priceFen: priceFor(one, place),
    orderId,
    bookingId: bookingIdFor(place.date, by.tenantId, orderId, one.personId),
    untilEpochSeconds,
  }));
}

/** One of a party, with what is offered to them. */
export type Offered = CaseItem & { readonly offer: OfferItem };
export type OfferedParty = readonly [Offered, ...Offered[]];

const holdOf = ({ untilEpochSeconds }: OfferItem): Hold => ({ for: 'offer', untilEpochSeconds });

/**
 * Keeps the offered place until it is answered, for the whole party or nobody: a held order and its claim. As with every offer the
 * people's own days are left alone until they say yes. False when somebody else has the place by now. Repeating it changes nothing.
 */
export async function holdOffer(nearby: Nearby, closure: ClosureItem, party: OfferedParty): Promise<boolean> {
  const { by } = nearby;
  const [first] = party;
  const stored = await readOrder(by, first.offer.orderId);
  if (stored?.status === 'released') return stored.because !== PLACE_GONE;
  return first.offer.kind === 'room'
    ? reserveRoom(by, closure, first, stored)
    : reserveSeats(nearby, closure, party, stored);
}

function orderItemOf({ personId, offer }: Offered): OrderItem {
  const { bookingId, date, startsAt, endsAt, buffers, with: others, roomId, sessionId } = offer;
  const whose = { personId, bookingId };
  return sessionId
    ? { sessionId, endsAt, ...whose }
    : { roomId: roomId ?? '', date, startsAt, endsAt, buffers, with: others, ...whose };
}

function wantedOrder({ closureId }: ClosureItem, party: OfferedParty, createdAt: string) {
  const [{ offer, actorId, byStaff }] = party;
  const lost = party.map(({ bookingId }) => bookingId);
  return {
    orderId: offer.orderId,
    actorId,
    requestHash: fingerprint({ closureId, lost, place: nameOfPlace(offer) }),
    createdAt,
    closureId,
    ...(byStaff ? { reason: byStaff } : {}),
    places: party.map(orderItemOf),
  };
}

/** A room is calm: its entries and the order are written in one transaction, so where the order stands, the claim was made. */
async function reserveRoom(
  by: Authorized,
  closure: ClosureItem,
  one: Offered,
  stored: Order | undefined,
): Promise<boolean> {
  const { offer } = one;
  const { roomId = '', date, startsAt, endsAt, bookingId, orderId, buffers, offeringId, priceFen, title } = offer;
  const hold = holdOf(offer);
  const wanted = wantedOrder(closure, [one], stored?.createdAt ?? by.now.toISOString());
  const entry: RoomEntry = {
    startsAt,
    endsAt,
    personId: one.personId,
    actorId: one.actorId,
    bookedAt: wanted.createdAt,
    requestHash: wanted.requestHash,
    orderId,
    heldUntilEpochSeconds: offer.untilEpochSeconds,
    ...(one.purpose ? { purpose: one.purpose } : {}),
    ...(offer.with.length > 0 ? { with: offer.with } : {}),
    ...(buffers[0] + buffers[1] > 0 ? { buffers } : {}),
    ...(offeringId ? { offeringId } : {}),
    ...(priceFen > 0 ? { priceFen } : {}),
  };
  if (!stored) {
    try {
      await claimRoomWhole(
        by,
        { roomId, date, bookingId, entry, buffers },
        undefined,
        openOrderWrite(by, wanted, hold),
      );
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  }
  const row = rowOfRoomEntry({ roomId, name: title }, date, bookingId, entry, heldBy(hold));
  if (row && (!stored || stored.status === 'held')) await writeRow(by, row);
  return true;
}

const heldBy = (hold: Hold) => ({
  status: 'held' as const,
  heldFor: hold.for,
  dueAtEpochSeconds: hold.untilEpochSeconds,
});

const isGone = (error: unknown): boolean => isRefusal(error) && error.code !== 'try-again';

/** A session takes no part in a transaction: the order first, then the seats of all of them in one write, which carry it. */
async function reserveSeats(
  nearby: Nearby,
  closure: ClosureItem,
  party: OfferedParty,
  stored: Order | undefined,
): Promise<boolean> {
  const { by } = nearby;
  const [{ offer }] = party;
  const session = await readSession(by, offer.sessionId ?? '');
  if (!session) return false;
  const hold = holdOf(offer);
  const order = stored ?? (await openOrder(by, wantedOrder(closure, party, by.now.toISOString()), hold));
  if (order.status === 'released') return order.because !== PLACE_GONE;
  const seats = Object.fromEntries(party.map((one) => [one.personId, seatOf(one, order, session.residentPriceFen)]));
  const { offerings } = await nearby.catalog(session.centerId);
  const kept = keptPlaces(
    session,
    offerings.find(({ offeringId }) => offeringId === session.offeringId),
    by.now,
  );
  try {
    await claimSeats(by, session, seats, kept && { ...kept, ofGroup: false });
  } catch (error) {
    if (!isGone(error)) throw error;
    await decideOrder(by, offer.orderId, { to: 'released', because: PLACE_GONE });
    return false;
  }
  if (order.status !== 'held') return true;
  for (const [personId, seat] of Object.entries(seats))
    await writeRow(by, rowOfSeat(session, personId, seat, heldBy(hold)));
  return true;
}

const seatOf = ({ actorId, byStaff, offer }: Offered, order: Order, usualFen: number): Seat => ({
  bookingId: offer.bookingId,
  actorId,
  bookedAt: order.createdAt,
  requestHash: order.requestHash,
  orderId: offer.orderId,
  heldUntilEpochSeconds: offer.untilEpochSeconds,
  ...(byStaff ? { staffReason: byStaff } : {}),
  ...(offer.priceFen === usualFen ? {} : { priceFen: offer.priceFen }),
});
