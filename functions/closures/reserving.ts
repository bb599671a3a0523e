import type { Authorized } from '../../shared/access/authorize.ts';
import { rowOfRoomEntry, rowOfSeat } from '../../shared/booking/booking-row.ts';
import type { RoomEntry } from '../../shared/booking/day-sheet.ts';
import {
  decideOrder,
  type Hold,
  type Order,
  openOrder,
  openOrderWrite,
  orderById,
} from '../../shared/booking/orders.ts';
import { writeRow } from '../../shared/booking/rows.ts';
import { claimSeats } from '../../shared/booking/seat-map.ts';
import type { Seat } from '../../shared/booking/session-item.ts';
import { claimRoomWhole } from '../../shared/booking/sheet-claims.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { instantOf } from '../../shared/kernel/days.ts';
import { bookingIdFor, derivedId, fingerprint } from '../../shared/kernel/ids.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { keptPlaces, nameOfPlace } from './finding.ts';
import type { CaseItem, ClosureItem, OfferItem } from './items.ts';
import type { Found, Nearby } from './nearby.ts';
import { sessionById } from './store/claims.ts';

/** Why the order of a place that was gone before it could be kept is released: it was never offered to anybody. */
const PLACE_GONE = 'place-gone';

/** The offer of a place: its ids follow from the closure, the booking and the place, so that a rerun makes the same. */
export function offerOf(by: Authorized, closure: ClosureItem, one: CaseItem, place: Found): OfferItem {
  const { closureId, answerWithinHours } = closure;
  const orderId = derivedId('o', by.tenantId, 'closure', closureId, one.bookingId, nameOfPlace(place));
  const starts = Math.floor(instantOf(place.date, place.startsAt).getTime() / 1_000);
  return {
    ...place,
    orderId,
    bookingId: bookingIdFor(place.date, by.tenantId, orderId, one.personId),
    untilEpochSeconds: Math.min(epochSeconds(by.now) + answerWithinHours * 3_600, starts),
  };
}

const holdOf = ({ untilEpochSeconds }: OfferItem): Hold => ({ for: 'offer', untilEpochSeconds });

/**
 * Keeps the offered place until it is answered: a held order and its claim. As with every offer the person's own day is left alone until
 * they say yes. False when somebody else has the place by now. Repeating it changes nothing.
 */
export async function reserve(nearby: Nearby, closure: ClosureItem, one: CaseItem, offer: OfferItem): Promise<boolean> {
  const { by } = nearby;
  const standing = await orderById(by, offer.orderId);
  if (standing?.status === 'released') return standing.because !== PLACE_GONE;
  return offer.kind === 'room'
    ? reserveRoom(by, closure, one, offer, standing)
    : reserveSeat(nearby, closure, one, offer);
}

function wantedOrder({ closureId }: ClosureItem, one: CaseItem, offer: OfferItem, createdAt: string) {
  const { orderId, bookingId, date, startsAt, endsAt, buffers, with: others, roomId, sessionId } = offer;
  const whose = { personId: one.personId, bookingId };
  const place = sessionId
    ? { sessionId, endsAt, ...whose }
    : { roomId: roomId ?? '', date, startsAt, endsAt, buffers, with: others, ...whose };
  return {
    orderId,
    actorId: one.actorId,
    h: fingerprint({ closureId, bookingId: one.bookingId, place: nameOfPlace(offer) }),
    createdAt,
    closureId,
    ...(one.byStaff ? { reason: one.byStaff } : {}),
    places: [place],
  };
}

/** A room is calm: its entries and the order are written in one transaction, so where the order stands, the claim was made. */
async function reserveRoom(
  by: Authorized,
  closure: ClosureItem,
  one: CaseItem,
  offer: OfferItem,
  standing: Order | undefined,
): Promise<boolean> {
  const { roomId = '', date, startsAt, endsAt, bookingId, orderId, buffers, offeringId, priceFen, title } = offer;
  const hold = holdOf(offer);
  const wanted = wantedOrder(closure, one, offer, standing?.createdAt ?? by.now.toISOString());
  const entry: RoomEntry = {
    s: startsAt,
    e: endsAt,
    p: one.personId,
    a: one.actorId,
    t: wanted.createdAt,
    h: wanted.h,
    o: orderId,
    x: offer.untilEpochSeconds,
    ...(one.purpose ? { u: one.purpose } : {}),
    ...(offer.with.length > 0 ? { w: offer.with } : {}),
    ...(buffers[0] + buffers[1] > 0 ? { g: buffers } : {}),
    ...(offeringId ? { f: offeringId } : {}),
    ...(priceFen > 0 ? { c: priceFen } : {}),
  };
  if (!standing) {
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
  if (row && (!standing || standing.status === 'held')) await writeRow(by, row);
  return true;
}

const heldBy = (hold: Hold) => ({
  status: 'held' as const,
  heldFor: hold.for,
  dueAtEpochSeconds: hold.untilEpochSeconds,
});

const isGone = (error: unknown): boolean => isRefusal(error) && error.code !== 'try-again';

/** A session takes no part in a transaction: the order first, then the seat, which carries it. */
async function reserveSeat(nearby: Nearby, closure: ClosureItem, one: CaseItem, offer: OfferItem): Promise<boolean> {
  const { by } = nearby;
  const session = await sessionById(by, offer.sessionId ?? '');
  if (!session) return false;
  const hold = holdOf(offer);
  const order = await openOrder(by, wantedOrder(closure, one, offer, by.now.toISOString()), hold);
  if (order.status === 'released') return order.because !== PLACE_GONE;
  const seat: Seat = {
    b: offer.bookingId,
    a: one.actorId,
    t: order.createdAt,
    h: order.h,
    o: offer.orderId,
    u: offer.untilEpochSeconds,
    ...(one.byStaff ? { r: one.byStaff } : {}),
    ...(offer.priceFen === session.residentPriceFen ? {} : { c: offer.priceFen }),
  };
  const { offerings } = await nearby.catalog(session.centerId);
  const kept = keptPlaces(
    session,
    offerings.find(({ offeringId }) => offeringId === session.offeringId),
    by.now,
  );
  try {
    await claimSeats(by, session, { [one.personId]: seat }, kept && { ...kept, ofGroup: false });
  } catch (error) {
    if (!isGone(error)) throw error;
    await decideOrder(by, offer.orderId, { to: 'released', because: PLACE_GONE });
    return false;
  }
  if (order.status === 'held') await writeRow(by, rowOfSeat(session, one.personId, seat, heldBy(hold)));
  return true;
}
