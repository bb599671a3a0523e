import type { Authorized } from '../../access/authorize.ts';
import type { BookingId, PersonId, SessionId } from '../../contracts/common.ts';
import type { PaidWith } from '../../contracts/passes.ts';
import { again } from '../../kernel/again.ts';
import { refuse } from '../../kernel/refusal.ts';
import { type Condition, condition, exists, type RawItem } from '../../table/conditions.ts';
import { parsedItem } from '../../table/read.ts';
import { type Outcome, update } from '../../table/write.ts';
import { encodeSeat, placesFor, type Seat, type SessionItem, seatPath, sessionItem } from '../items/session.ts';
import { type Waitlist, waitingIn } from '../items/waitlist.ts';
import { sessionKey } from './keys.ts';
import { lapsedIn, lapseHolds } from './lapse.ts';
import { nobodyWaits, waitlistNames, waitlistValues } from './waitlist.ts';

/** What a claim compares with was changed since it was read, or a hold in its way has lapsed: then it is made again. */
const ROUNDS = 4;

class LookAgain extends Error {
  readonly session: SessionItem;
  readonly lapsed: readonly string[];
  constructor(session: SessionItem, lapsed: readonly string[] = []) {
    super('look again');
    this.session = session;
    this.lapsed = lapsed;
  }
}

/** Places kept for a priority group until some time before the start; a party that is of the group may have them too. */
export type KeptPlaces = {
  readonly places: number;
  readonly ofGroup: boolean;
  /** Which group, and until when (an instant): for the refusal. */
  readonly group?: string;
  readonly until?: string;
};

/** Places that a newcomer cannot have, because they are still kept for the group that they are not of. */
export const reserveOf = ({ takenPriority = 0 }: { takenPriority?: number }, kept: KeptPlaces | undefined): number =>
  kept && !kept.ofGroup ? Math.max(0, kept.places - takenPriority) : 0;

/** What a full session says: places left, who waits, and for which group the last ones are kept, where that is the reason. */
export function fullFacts(
  session: Pick<SessionItem, 'sessionId'> & Waitlist,
  placesLeft: number,
  reserve: number,
  wanted: number,
  kept: KeptPlaces | undefined,
): Record<string, unknown> {
  const { sessionId } = session;
  const facts = { sessionId, placesLeft: Math.max(0, placesLeft - reserve), waiting: waitingIn(session) };
  return reserve > 0 && placesLeft >= wanted ? { ...facts, keptForGroup: kept?.group, keptUntil: kept?.until } : facts;
}

type Known = Pick<SessionItem, 'sessionId' | 'capacity'> & Partial<Pick<SessionItem, 'takenPriority'>>;
type Seats = Readonly<Record<string, Seat>>;

/**
 * Takes a place in one session for each of `seats` (by person), all or none: one conditional update of one item (law 2). `done` when
 * these very bookings already hold them. Nobody passes those who wait. Refuses `session-full`, `already-booked`, `session-closed`,
 * `not-found`, or `idempotency-key-reused` when the booking id stands for another request.
 */
export function claimSeats(by: Authorized, session: Known, seats: Seats, kept?: KeptPlaces): Promise<Outcome> {
  let seen: { readonly session: Known; readonly lapsed: readonly string[] } = { session, lapsed: [] };
  return again(
    ROUNDS,
    async () => {
      await lapseHolds(by, seen.lapsed);
      return claimOnce(by, seen.session, seats, kept);
    },
    (error) => {
      if (!(error instanceof LookAgain)) return false;
      seen = error;
      return true;
    },
  );
}

function claimOnce(by: Authorized, known: Known, seats: Seats, kept: KeptPlaces | undefined): Promise<Outcome> {
  const { takenPriority = 0 } = known;
  const people = Object.entries(seats);
  // Places still kept for the group are none of a newcomer's; how many they are is compared in the same write.
  const reserve = reserveOf(known, kept);
  const most = known.capacity - reserve - people.length;
  const names: Record<string, string> = { ...waitlistNames, '#status': 'status', '#capacity': 'capacity' };
  const values: Record<string, unknown> = {
    ...waitlistValues,
    ':open': 'open',
    ':capacity': known.capacity,
    ':party': people.length,
    ':most': most,
  };
  const conditions: Condition[] = [
    exists,
    condition('open', '#status = :open'),
    condition('capacity as read', '#capacity = :capacity'),
    condition('room for the party', 'taken <= :most'),
    ...nobodyWaits,
  ];
  if (kept) {
    values[':kept'] = takenPriority;
    const none = takenPriority === 0 ? 'attribute_not_exists(takenPriority) OR ' : '';
    conditions.push(condition('kept places as read', `${none}takenPriority = :kept`));
  }
  const sets = people.map(([personId, seat], index) => {
    names[`#p${index}`] = personId;
    values[`:s${index}`] = encodeSeat(kept?.ofGroup ? { ...seat, isPriority: true } : seat);
    conditions.push(condition(`person ${index} has no place yet`, `attribute_not_exists(seats.#p${index})`));
    return `seats.#p${index} = :s${index}`;
  });
  return update({
    key: sessionKey(by, known.sessionId),
    update: `SET ${sets.join(', ')} ADD taken :party${kept?.ofGroup ? ', takenPriority :party' : ''}`,
    names,
    values,
    conditions,
    meaning: (item) => meaningOfRefusedClaim(by, item, known, seats, kept),
  });
}

function meaningOfRefusedClaim(
  by: Authorized,
  item: RawItem | undefined,
  { sessionId, capacity, takenPriority = 0 }: Known,
  seats: Seats,
  kept: KeptPlaces | undefined,
) {
  if (!item) return refuse('not-found', { sessionId });
  const session = parsedItem(sessionItem, item);
  const people = Object.entries(seats);
  if (people.every(([personId, seat]) => session.seats[personId]?.bookingId === seat.bookingId)) {
    const same = people.every(([personId, seat]) => session.seats[personId]?.requestHash === seat.requestHash);
    return same ? 'done' : refuse('idempotency-key-reused');
  }
  if (session.status === 'allocating') return refuse('in-allocation', { sessionId, roundId: session.roundId });
  if (session.status !== 'open') return refuse('session-closed', { sessionId });
  const twice = people.find(([personId]) => session.seats[personId]);
  if (twice) return refuse('already-booked', { sessionId, personId: twice[0] });
  if (session.capacity !== capacity) throw new LookAgain(session);
  if (kept && session.takenPriority !== takenPriority) throw new LookAgain(session);
  const placesLeft = placesFor(session);
  const lapsed = lapsedIn(by, Object.values(session.seats));
  if (lapsed.length > 0 && waitingIn(session) === 0) throw new LookAgain(session, lapsed);
  const reserve = reserveOf(session, kept);
  if (placesLeft - reserve < people.length)
    return refuse('session-full', fullFacts(session, placesLeft, reserve, people.length, kept));
  return refuse('try-again');
}

/** What a seat carries instead of its price once a pass or a fund has paid for it. */
export const paidSeat = (paid: PaidWith | undefined): Pick<Seat, 'priceFen' | 'paidWith'> =>
  paid ? { priceFen: 0, paidWith: paid } : {};

/**
 * A hold that was confirmed is a place like any other: its end is taken off the seat, and what has paid for it is put there. Done again, or
 * for a place that is gone, it changes nothing.
 */
export function settleSeat(
  by: Authorized,
  sessionId: SessionId,
  personId: PersonId,
  bookingId: BookingId,
  paid: PaidWith | undefined,
): Promise<Outcome> {
  const held = seatPath('#p', 'heldUntilEpochSeconds');
  const { priceFen, paidWith } = paidSeat(paid);
  const pays = paidWith ? `SET ${seatPath('#p', 'priceFen')} = :price, ${seatPath('#p', 'paidWith')} = :paid ` : '';
  return update({
    key: sessionKey(by, sessionId),
    update: `${pays}REMOVE ${held}`,
    names: { '#p': personId },
    values: { ':booking': bookingId, ...(paidWith ? { ':price': priceFen, ':paid': paidWith } : {}) },
    conditions: [
      condition(
        'this booking holds the place',
        `${seatPath('#p', 'bookingId')} = :booking AND attribute_exists(${held})`,
      ),
    ],
    meaning: () => 'done',
  });
}
