import type { Authorized } from '../../access/authorize.ts';
import type { OrderId, PersonId } from '../../contracts/common.ts';
import { type ProblemCode, problemCatalog } from '../../kernel/problem-catalog.ts';
import { isRefusal, refuse } from '../../kernel/refusal.ts';
import { parsedItem } from '../../table/read.ts';
import { type AgendaClaim, claimAgenda } from '../claim/agenda.ts';
import { releaseOrderItem, releaseOrderItems } from '../claim/release.ts';
import { claimSeats, type KeptPlaces } from '../claim/seats.ts';
import type { BookingRow } from '../items/booking-row.ts';
import type { Order, OrderFamily, OrderItem } from '../items/order.ts';
import { type Seat, type SessionItem, sessionItem } from '../items/session.ts';
import { decideOrder, type Hold, holdOrder, openOrder, requestWrite } from '../order/order.ts';
import { type BoundedCharge, boundedCharges } from '../price/counters.ts';
import { rowOfSeat } from '../row/booking-row.ts';
import { writeRow } from '../row/rows.ts';
import { isActive } from '../row/states.ts';

/** One session and the seats wanted in it, by person. */
export type Party = {
  readonly session: SessionItem;
  readonly seats: Readonly<Record<string, Seat>>;
  readonly kept?: KeptPlaces;
  /** What each person's place counts against. */
  readonly charges?: Readonly<Record<string, readonly BoundedCharge[]>>;
};

export type BookingOrder = {
  readonly orderId: OrderId;
  readonly actorId: PersonId;
  /** Fingerprint of the request. */
  readonly requestHash: string;
  readonly createdAt: string;
  /** True when the caller named the request by an `Idempotency-Key`, which is then kept to this one body. */
  readonly keyed: boolean;
  readonly parties: readonly Party[];
  /** The places are held for this, and count once it is confirmed. Their seats carry its end. */
  readonly hold?: Hold;
  /** By which tariffs a family of it is priced. */
  readonly family?: OrderFamily;
};

type Place = { session: SessionItem; personId: PersonId; seat: Seat; charges?: readonly BoundedCharge[] };

const placesOf = (parties: readonly Party[]): Place[] =>
  parties.flatMap(({ session, seats, charges }) =>
    Object.entries(seats).map(([personId, seat]) => ({
      session,
      personId,
      seat,
      ...(charges?.[personId] ? { charges: charges[personId] } : {}),
    })),
  );

/**
 * Several places are taken one after another, a hold waits for a word, and what counts against what others may use as well must be claimed
 * whole or not at all: then something must decide for all of it at once. A seat that says what it counts against is counted by name.
 */
const isOrder = (places: readonly Place[], hold: Hold | undefined): boolean =>
  places.length > 1 || hold !== undefined || places.some(({ charges, seat }) => charges && !seat.charges);

const orderItemsOf = (places: readonly Place[]): OrderItem[] =>
  places.map(({ session: { sessionId, endsAt }, personId, seat }) => ({
    sessionId,
    personId,
    bookingId: seat.bookingId,
    endsAt,
  }));

/**
 * Gives every person a place in every session, or nobody any. The order of the writes is what makes a crash heal:
 *
 *   (several places, or a hold: open the order) → seats, session by session → the people's own days → (book or hold the order) → rows
 *
 * One place: the seat is the truth at once; whatever is missing after a crash (day, row) the stream adds. With an order the seats carry
 * its id and count only once it is booked; a dead order is released by the sweep. On a refusal everything claimed so far is given
 * back. Repeating it changes nothing and finds the same rows. Throws the refusal of the first claim that failed.
 */
export async function bookAll(by: Authorized, placing: BookingOrder): Promise<{ rows: BookingRow[]; fresh: boolean }> {
  const { hold } = placing;
  const places = placesOf(placing.parties);
  const asOrder = isOrder(places, hold);
  if (asOrder) await openedOrder(by, placing, places);
  /** Sessions as they stand where a first try of this request had claimed already: its seats are the truth, down to their time. */
  const claimedBefore = new Map<string, SessionItem>();
  const asClaimed = (place: Place): Place => ({
    ...place,
    seat: claimedBefore.get(place.session.sessionId)?.seats[place.personId] ?? place.seat,
  });
  let seated = false;
  try {
    for (const { session, seats, kept } of placing.parties) {
      const { outcome, item } = await claimSeats(by, session, seats, kept);
      if (outcome === 'done' && item) claimedBefore.set(session.sessionId, parsedItem(sessionItem, item));
    }
    seated = true;
    await claimDays(by, placing, places.map(asClaimed));
  } catch (error) {
    // Only a refusal is a decision. After any other error the claims stand and heal: the stream completes, or the sweep releases.
    // Seats that stand for another request under the same key are that request's: they are not given back.
    const decided =
      isRefusal(error) && error.code !== 'try-again' && (seated || error.code !== 'idempotency-key-reused');
    // A single place that was refused is not held: a double of this request may hold it by now, and keeps it.
    if (decided && (seated || asOrder)) await withdraw(by, placing, places, asOrder, error.code);
    throw error;
  }
  const status = asOrder ? await orderStatus(by, placing) : undefined;
  if (status === 'released') {
    await releaseOrderItems(by, { places: orderItemsOf(places) }, 'order-released');
    throw refuse('order-released');
  }
  const deciding =
    status === 'held' && hold
      ? ({ status, heldFor: hold.for, dueAtEpochSeconds: hold.untilEpochSeconds } as const)
      : undefined;
  const written = await Promise.all(
    places.map(asClaimed).map(async ({ session, personId, seat }) => {
      const { row } = await writeRow(by, rowOfSeat(session, personId, seat, deciding));
      const place = { sessionId: session.sessionId, personId, bookingId: seat.bookingId, endsAt: session.endsAt };
      // A repeat that arrives after its booking was ended must not bring half of it back.
      if (!isActive(row.state)) await releaseOrderItem(by, place, { because: 'released' }, seat.charges);
      return row;
    }),
  );
  return { rows: written, fresh: claimedBefore.size < placing.parties.length };
}

const orderStatus = (by: Authorized, { orderId, hold }: BookingOrder): Promise<Order['status']> =>
  hold ? holdOrder(by, orderId, hold) : decideOrder(by, orderId, { to: 'booked' });

async function openedOrder(by: Authorized, placing: BookingOrder, places: readonly Place[]): Promise<void> {
  const { orderId, actorId, requestHash, createdAt, family } = placing;
  const agreed = family ? { family } : {};
  const wanted = { orderId, actorId, requestHash, createdAt, places: orderItemsOf(places), ...agreed };
  const stored = await openOrder(by, wanted);
  if (stored.status === 'released') {
    await releaseOrderItems(by, stored, stored.because ?? 'order-released');
    throw refuse(knownCode(stored.because));
  }
}

const knownCode = (code: string | undefined): ProblemCode =>
  code !== undefined && code in problemCatalog ? (code as ProblemCode) : 'order-released';

async function withdraw(
  by: Authorized,
  { orderId }: BookingOrder,
  places: readonly Place[],
  asOrder: boolean,
  because: string,
): Promise<void> {
  // Decide first: once the order is released nobody, however late, can make bookings of these places.
  if (asOrder && (await decideOrder(by, orderId, { to: 'released', because })) === 'booked') return;
  await Promise.all(orderItemsOf(places).map((place) => releaseOrderItem(by, place, { because })));
}

/** The people's own days; with an `Idempotency-Key`, and no order to remember it, then the record of the request. */
async function claimDays(by: Authorized, placing: BookingOrder, places: readonly Place[]): Promise<void> {
  const [only] = places;
  if (only && !isOrder(places, placing.hold)) {
    const request = placing.keyed ? requestWrite(by, placing) : undefined;
    await claimAgenda(by, agendaClaimOf(only), request);
    return;
  }
  // One after another where counters are shared: brothers and sisters count against one household.
  if (places.some(({ charges }) => charges)) for (const place of places) await claimDayOf(by, place);
  else await Promise.all(places.map((place) => claimDayOf(by, place)));
}

function agendaClaimOf({ session, personId, seat, charges }: Place): AgendaClaim {
  const { sessionId, date, startsAt, endsAt } = session;
  return {
    personId,
    date,
    bookingId: seat.bookingId,
    entry: { startsAt, endsAt, of: sessionId },
    ...(seat.charges ? { named: boundedCharges(personId, seat.charges, charges) } : charges ? { charges } : {}),
  };
}

export const claimDayOf = (by: Authorized, place: Place) => claimAgenda(by, agendaClaimOf(place));
