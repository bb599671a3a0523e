import type { Authorized } from '../access/authorize.ts';
import { refuse } from '../kernel/refusal.ts';
import { type Condition, condition, exists, type RawItem } from '../table/conditions.ts';
import { keys } from '../table/keys.ts';
import { parsedItem } from '../table/read.ts';
import { type Outcome, update } from '../table/write.ts';
import { type Seat, type SessionItem, sessionItem } from './session-item.ts';

/** Capacity is a number the claim compares with; when it was changed since it was read, the claim is made again with the new one. */
const CAPACITY_ROUNDS = 3;

class CapacityChanged extends Error {
  readonly session: SessionItem;
  constructor(session: SessionItem) {
    super('capacity changed');
    this.session = session;
  }
}

/**
 * Takes a place in one session for each of `seats` (by person), all or none: one conditional update of one item (law 2). `done` when
 * these very bookings already hold them. Refuses `session-full`, `already-booked`, `session-closed`, `not-found`, or
 * `idempotency-key-reused` when the booking id stands for another request.
 */
export async function claimSeats(
  by: Authorized,
  session: Pick<SessionItem, 'sessionId' | 'capacity'>,
  seats: Readonly<Record<string, Seat>>,
): Promise<Outcome> {
  let { capacity } = session;
  for (let round = 1; ; round += 1) {
    try {
      return await claimOnce(by, session.sessionId, capacity, seats);
    } catch (error) {
      if (!(error instanceof CapacityChanged)) throw error;
      if (round === CAPACITY_ROUNDS) throw refuse('try-again');
      capacity = error.session.capacity;
    }
  }
}

function claimOnce(
  by: Authorized,
  sessionId: string,
  capacity: number,
  seats: Readonly<Record<string, Seat>>,
): Promise<Outcome> {
  const people = Object.entries(seats);
  const names: Record<string, string> = { '#status': 'status', '#capacity': 'capacity' };
  const values: Record<string, unknown> = {
    ':open': 'open',
    ':capacity': capacity,
    ':party': people.length,
    ':most': capacity - people.length,
  };
  const conditions: Condition[] = [
    exists,
    condition('open', '#status = :open'),
    condition('capacity as read', '#capacity = :capacity'),
    condition('room for the party', 'taken <= :most'),
  ];
  const sets = people.map(([personId, seat], index) => {
    names[`#p${index}`] = personId;
    values[`:s${index}`] = seat;
    conditions.push(condition(`person ${index} has no place yet`, `attribute_not_exists(seats.#p${index})`));
    return `seats.#p${index} = :s${index}`;
  });
  return update({
    key: keys.session(by.tenantId, sessionId),
    update: `SET ${sets.join(', ')} ADD taken :party`,
    names,
    values,
    conditions,
    meaning: (item) => meaningOfRefusedClaim(item, sessionId, capacity, seats),
  });
}

function meaningOfRefusedClaim(
  item: RawItem | undefined,
  sessionId: string,
  capacity: number,
  seats: Readonly<Record<string, Seat>>,
) {
  if (!item) return refuse('not-found', { sessionId });
  const session = parsedItem(sessionItem, item);
  const people = Object.entries(seats);
  if (people.every(([personId, seat]) => session.seats[personId]?.b === seat.b)) {
    const same = people.every(([personId, seat]) => session.seats[personId]?.h === seat.h);
    return same ? 'done' : refuse('idempotency-key-reused');
  }
  if (session.status !== 'open') return refuse('session-closed', { sessionId });
  const twice = people.find(([personId]) => session.seats[personId]);
  if (twice) return refuse('already-booked', { sessionId, personId: twice[0] });
  const placesLeft = Math.max(0, session.capacity - session.taken);
  if (placesLeft < people.length) return refuse('session-full', { sessionId, placesLeft });
  if (session.capacity !== capacity) throw new CapacityChanged(session);
  return refuse('try-again');
}

/** Gives a place back. `done` when this booking no longer holds one. Refuses `already-checked-in` for a child or elder who is there. */
export function releaseSeat(by: Authorized, sessionId: string, personId: string, bookingId: string): Promise<Outcome> {
  return update({
    key: keys.session(by.tenantId, sessionId),
    update: 'REMOVE seats.#p ADD taken :minusOne',
    names: { '#p': personId },
    values: { ':minusOne': -1, ':booking': bookingId },
    conditions: [
      condition('this booking holds the place', 'seats.#p.b = :booking'),
      condition('not checked in', 'attribute_not_exists(seats.#p.i)'),
    ],
    meaning: (item) => {
      const seat = item ? parsedItem(sessionItem, item).seats[personId] : undefined;
      return seat?.b === bookingId ? refuse('already-checked-in', { sessionId, personId }) : 'done';
    },
  });
}
