import type { Authorized } from '../access/authorize.ts';
import { type ProblemCode, problemCatalog } from '../kernel/problem-catalog.ts';
import { isRefusal, refuse } from '../kernel/refusal.ts';
import { parsedItem } from '../table/read.ts';
import { type BookingRow, rowOfSeat } from './booking-row.ts';
import { decideOrder, type Order, openOrder, requestWrite } from './orders.ts';
import { writeRow } from './rows.ts';
import { claimSeats, releaseSeat } from './seat-map.ts';
import { type Seat, type SessionItem, sessionItem } from './session-item.ts';
import { type AgendaClaim, claimAgenda, claimAgendasFor, releaseAgenda } from './sheet-claims.ts';

/** One session and the seats wanted in it, by person. */
export type Party = { readonly session: SessionItem; readonly seats: Readonly<Record<string, Seat>> };

export type Placing = {
  readonly orderId: string;
  readonly actorId: string;
  /** Fingerprint of the request. */
  readonly h: string;
  readonly createdAt: string;
  /** True when the caller named the request by an `Idempotency-Key`, which is then kept to this one body. */
  readonly keyed: boolean;
  readonly parties: readonly Party[];
};

type Place = { session: SessionItem; personId: string; seat: Seat };

const placesOf = (parties: readonly Party[]): Place[] =>
  parties.flatMap(({ session, seats }) =>
    Object.entries(seats).map(([personId, seat]) => ({ session, personId, seat })),
  );

/** Several places are taken one after another, so something must decide for all of them at once. */
const isOrder = (places: readonly unknown[]): boolean => places.length > 1;

/**
 * Gives every person a place in every session, or nobody any. The order of the writes is what makes a crash heal:
 *
 *   (several places only: open the order) → seats, session by session → the people's own days → (commit the order) → rows
 *
 * One place: the seat is the truth at once; whatever is missing after a crash (day, row) the stream adds. Several, be it siblings in
 * one session: the seats carry the order's id and count only once the order is committed; a dead order is released by the sweep. On
 * a refusal everything claimed so far is given back. Repeating it changes nothing and finds the same rows. Throws the refusal of the
 * first claim that failed.
 */
export async function placeAll(by: Authorized, placing: Placing): Promise<{ rows: BookingRow[]; fresh: boolean }> {
  const places = placesOf(placing.parties);
  const asOrder = isOrder(places);
  if (asOrder) await openedOrder(by, placing, places);
  /** Sessions as they stand where a first try of this request had claimed already: its seats are the truth, down to their time. */
  const claimedBefore = new Map<string, SessionItem>();
  let seated = false;
  try {
    for (const { session, seats } of placing.parties) {
      const { outcome, item } = await claimSeats(by, session, seats);
      if (outcome === 'done' && item) claimedBefore.set(session.sessionId, parsedItem(sessionItem, item));
    }
    seated = true;
    await claimDays(by, placing, places);
  } catch (error) {
    // Only a refusal is a decision. After any other error the claims stand and heal: the stream completes, or the sweep releases.
    // Seats that stand for another request under the same key are that request's: they are not given back.
    const decided =
      isRefusal(error) && error.code !== 'try-again' && (seated || error.code !== 'idempotency-key-reused');
    // A single place that was refused is not held: a double of this request may hold it by now, and keeps it.
    if (decided && (seated || asOrder)) await withdraw(by, placing, places, asOrder, error.code);
    throw error;
  }
  if (asOrder && (await decideOrder(by, placing.orderId, 'booked')) === 'released') {
    await releaseAll(by, places);
    throw refuse('order-released');
  }
  const written = await Promise.all(
    places.map(({ session, personId, seat }) => {
      const standing = claimedBefore.get(session.sessionId)?.seats[personId] ?? seat;
      return writeRow(by, rowOfSeat(session, personId, standing));
    }),
  );
  return { rows: written.map(({ row }) => row), fresh: claimedBefore.size < placing.parties.length };
}

async function openedOrder(by: Authorized, placing: Placing, places: readonly Place[]): Promise<void> {
  const standing = await openOrder(by, {
    orderId: placing.orderId,
    actorId: placing.actorId,
    h: placing.h,
    createdAt: placing.createdAt,
    places: places.map(({ session, personId, seat }) => ({
      sessionId: session.sessionId,
      personId,
      bookingId: seat.b,
    })),
  });
  if (standing.status === 'released') {
    await releaseAll(by, places);
    throw refuse(knownCode(standing.because));
  }
}

const knownCode = (code: string | undefined): ProblemCode =>
  code !== undefined && code in problemCatalog ? (code as ProblemCode) : 'order-released';

async function withdraw(
  by: Authorized,
  { orderId }: Placing,
  places: readonly Place[],
  asOrder: boolean,
  because: string,
): Promise<void> {
  // Decide first: once the order is released nobody, however late, can make bookings of these places.
  if (asOrder && (await decideOrder(by, orderId, 'released', because)) === 'booked') return;
  await releaseAll(by, places);
}

/** The people's own days; with an `Idempotency-Key`, and no order to remember it, together with the record of the request. */
async function claimDays(by: Authorized, placing: Placing, places: readonly Place[]): Promise<void> {
  if (placing.keyed && !isOrder(places)) {
    await claimAgendasFor(by, places.map(agendaClaimOf), requestWrite(by, placing));
    return;
  }
  await Promise.all(places.map((place) => claimAgenda(by, agendaClaimOf(place))));
}

function agendaClaimOf({ session, personId, seat }: Place): AgendaClaim {
  const { sessionId, date, startsAt, endsAt } = session;
  return { personId, date, bookingId: seat.b, entry: { s: startsAt, e: endsAt, of: sessionId } };
}

export const claimDayOf = (by: Authorized, place: Place) => claimAgenda(by, agendaClaimOf(place));

/** Gives back the places and the time of these people; what was never claimed, or is gone already, does not matter. */
async function releaseAll(by: Authorized, places: readonly Place[]): Promise<void> {
  await Promise.all(
    places.map(async ({ session, personId, seat }) => {
      await releaseSeat(by, session.sessionId, personId, seat.b);
      await releaseDayOf(by, session, personId, seat.b);
    }),
  );
}

export function releaseDayOf(
  by: Authorized,
  session: Pick<SessionItem, 'date' | 'startsAt' | 'endsAt'>,
  personId: string,
  bookingId: string,
) {
  const { date, startsAt, endsAt } = session;
  return releaseAgenda(by, { personId, date, bookingId, startsAt, endsAt, ofRoom: false });
}

/** Releases what a dead order still holds; `sessions` are those of its places, as stored. */
export async function releaseOrder(
  by: Authorized,
  order: Order,
  sessions: ReadonlyMap<string, SessionItem>,
): Promise<void> {
  if ((await decideOrder(by, order.orderId, 'released', 'order-released')) === 'booked') return;
  for (const { sessionId, personId, bookingId } of order.places) {
    await releaseSeat(by, sessionId, personId, bookingId);
    const session = sessions.get(sessionId);
    if (session) await releaseDayOf(by, session, personId, bookingId);
  }
}
