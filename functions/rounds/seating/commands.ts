import type { Authorized } from '../../../shared/access/authorize.ts';
import { claimDayOf } from '../../../shared/booking/book/place.ts';
import { releaseOrderItem } from '../../../shared/booking/claim/release.ts';
import { seatWinners } from '../../../shared/booking/claim/round-seats.ts';
import { readRows } from '../../../shared/booking/facts/bookings.ts';
import { readOrder } from '../../../shared/booking/facts/orders.ts';
import { reconcileSeat, writeSeatRow } from '../../../shared/booking/heal/reconcile.ts';
import type { BookingRow } from '../../../shared/booking/items/booking-row.ts';
import type { OrderItem } from '../../../shared/booking/items/order.ts';
import type { Seat, SessionItem } from '../../../shared/booking/items/session.ts';
import { decideOrder, openOrder } from '../../../shared/booking/order/order.ts';
import type { BoundedCharge } from '../../../shared/booking/price/counters.ts';
import type { PersonId, SessionId } from '../../../shared/contracts/common.ts';
import type { PublishedApplication, RoundSession } from '../../../shared/contracts/rounds.ts';
import { epochSeconds } from '../../../shared/kernel/clock.ts';
import { derivedId, fingerprint } from '../../../shared/kernel/ids.ts';
import { inParallel } from '../../../shared/kernel/in-parallel.ts';
import { isRefusal } from '../../../shared/kernel/refusal.ts';
import { profileFactKey } from '../../people/index.ts';
import { readAdmission, wantedForAdmission } from '../../sessions/index.ts';
import type { ApplicationItem } from '../applications/items.ts';
import { readApplicationsById, recordLost } from '../applications/store.ts';
import type { RoundItem } from '../items.ts';
import { readDrawn } from '../publication/store.ts';
import { moveRound, readSessionsOfRound } from '../store.ts';
import { bookingIdOf } from './items.ts';

/** A step seats whole sessions until it has seated so many children; the day and the row of each are a call each. */
const CHILDREN_A_STEP = 1_000;
const SESSIONS_AT_ONCE = 4;
/** Children of one session. */
const AT_ONCE = 8;

/** Seats the winners of the next sessions. Sessions that nobody won are opened as well: their places are first come, first served. */
export async function seatNext(by: Authorized, round: RoundItem): Promise<RoundItem> {
  const { roundId, done } = round;
  const [{ sessions }, drawn] = await Promise.all([readSessionsOfRound(by, roundId), readDrawn(by, roundId)]);
  const winnersOf = Map.groupBy(drawn, ({ place }) => place);
  const wonBy = ({ number }: RoundSession) => winnersOf.get(number) ?? [];
  let seated = 0;
  let next = done;
  for (; next < sessions.length && seated < CHILDREN_A_STEP; next += 1) {
    const session = sessions[next];
    seated += (session ? wonBy(session) : []).reduce((sum, { size }) => sum + size, 1);
  }
  await inParallel(sessions.slice(done, next), SESSIONS_AT_ONCE, (session) =>
    seatSession(by, round, session, wonBy(session)),
  );
  return next === sessions.length
    ? moveRound(by, round, { status: 'seated', done: 0 }, by.now)
    : moveRound(by, round, { done: next }, by.now);
}

/** A child that was drawn for a session, with the seat it is to have. */
type Winner = {
  readonly application: ApplicationItem;
  readonly personId: PersonId;
  readonly seat: Seat;
  /** What the place counts against; then an order decides about it. */
  readonly charges: readonly BoundedCharge[];
  /** Why it may not come after all: what changed since it applied must give nobody a place that a booking would have been refused. */
  readonly refused: string | undefined;
};

async function seatSession(
  by: Authorized,
  round: RoundItem,
  { sessionId, endsAt }: RoundSession,
  drawn: readonly PublishedApplication[],
): Promise<void> {
  const inOrder = [...drawn].sort((a, b) => a.order - b.order).map(({ code }) => code);
  const applications = await readApplicationsById(by, round.roundId, inOrder);
  const winners = await winnersOf(by, round, sessionId, applications);
  const suited = winners.filter(({ refused }) => refused === undefined);
  await inParallel(suited, AT_ONCE, (winner) => openCounted(by, winner, { sessionId, endsAt }));
  const parties = [...Map.groupBy(suited, ({ application }) => application).values()];
  const seats = parties.map((party) => Object.fromEntries(party.map(({ personId, seat }) => [personId, seat])));
  const { session } = await seatWinners(by, sessionId, round.roundId, seats);
  if (!session) return;
  const booked = winners.map(({ personId, seat }) => ({ personId, bookingId: seat.bookingId }));
  const rows = new Map((await readRows(by, booked)).map((row) => [row.bookingId, row]));
  // The stream would do the same; done here it is paced, so that a whole round does not fall upon the stream in one moment.
  await inParallel(winners, AT_ONCE, (winner) => settle(by, session, winner, rows.get(winner.seat.bookingId)));
}

/** Everybody who was drawn for this session, asked once more by all that a booking is asked by. */
async function winnersOf(
  by: Authorized,
  { roundId, drawnAt = '' }: RoundItem,
  sessionId: SessionId,
  applications: readonly ApplicationItem[],
): Promise<Winner[]> {
  if (applications.length === 0) return [];
  const names = new Map(
    applications.flatMap(({ applicationId, personIds }) =>
      personIds.map((personId) => [personId, bookingIdOf(by.tenantId, roundId, applicationId)(sessionId, personId)]),
    ),
  );
  const nameOf = (personId: PersonId): string => names.get(personId) ?? '';
  const partyOf = ({ personIds }: ApplicationItem) => ({ sessionId, beneficiaryIds: [...personIds] });
  const wanted = wantedForAdmission(by.tenantId, applications.map(partyOf));
  await wanted.read();
  const isThere = ({ personIds }: ApplicationItem): boolean =>
    personIds.every((personId) => wanted.got(profileFactKey(by.tenantId, personId)));
  const known = applications.filter(isThere).map(partyOf);
  const suiting = await readAdmission(by, wanted, known, (_, personId) => nameOf(personId), by.now);
  return applications.flatMap((application) => {
    const { applicationId, actorId, personIds } = application;
    const party = partyOf(application);
    const refused = isThere(application) ? suiting.refusalOf(party)?.code : 'not-found';
    const requestHash = fingerprint({ roundId, applicationId });
    const priced = refused === undefined ? suiting.priced(party) : undefined;
    return personIds.map((personId): Winner => {
      const bookingId = nameOf(personId);
      const charges = priced?.charges(personId) ?? [];
      const seat: Seat = {
        bookingId,
        actorId,
        bookedAt: drawnAt,
        requestHash,
        roundId,
        ...priced?.seatPart(personId),
        ...(charges.length > 0 ? { orderId: derivedId('o', by.tenantId, 'round', bookingId) } : {}),
      };
      return { application, personId, seat, charges, refused };
    });
  });
}

/** A step that was cut off is repeated every minute: an order that is still open after a day belongs to nobody any more. */
const UNDECIDED_SECONDS = 86_400;

/** What counts against an allowance is decided by an order, so that no place is completed without its counter (law 3). */
async function openCounted(
  by: Authorized,
  { personId, seat, application: { actorId } }: Winner,
  { sessionId, endsAt }: Pick<RoundSession, 'sessionId' | 'endsAt'>,
): Promise<void> {
  if (!seat.orderId) return;
  const places = [{ sessionId, personId, bookingId: seat.bookingId, endsAt }];
  const { orderId, requestHash, bookedAt: createdAt } = seat;
  const wanted = { orderId, actorId, requestHash, createdAt, places };
  await openOrder(by, wanted, undefined, epochSeconds(by.now) + UNDECIDED_SECONDS);
}

/**
 * The day, the counters and the row of one winner, as the seat map says: it has been written once, and is the truth. Who has no seat in it,
 * and who turns out to be elsewhere at that time, has the reason noted, so that the family is told. `row` is the row that stands.
 */
async function settle(
  by: Authorized,
  session: SessionItem,
  winner: Winner,
  row: BookingRow | undefined,
): Promise<void> {
  const { application, personId } = winner;
  const { sessionId, endsAt } = session;
  const seat = session.seats[personId];
  // A child who had a place before the round keeps it.
  if (seat && seat.bookingId !== winner.seat.bookingId) return;
  const why = seat ? await takeDay(by, session, winner, seat) : whyNone(session, winner, row);
  const noted = application.lost?.[personId];
  if (why !== noted) await recordLost(by, application, personId, why);
  let isBooked = why === undefined;
  // The seat of an earlier try, when another rule was in force, may name no order, or the only one.
  for (const orderId of new Set([seat?.orderId, winner.seat.orderId])) {
    if (orderId === undefined) continue;
    const status = await decideOrder(
      by,
      orderId,
      seat && why === undefined ? { to: 'booked' } : { to: 'released', because: why ?? 'order-released' },
    );
    if (orderId === seat?.orderId && status !== 'booked') isBooked = false;
  }
  if (seat === undefined) return;
  const place: OrderItem = { sessionId, personId, bookingId: seat.bookingId, endsAt };
  if (why !== undefined) await releaseOrderItem(by, place, { because: why });
  else if (!isBooked || row) await reconcileSeat(by, sessionId, personId, seat.bookingId);
  else await writeSeatRow(by, session, personId, seat);
}

/** Why somebody has no seat: what was noted, refused, or happened to the session; nothing for who had it and has given it back. */
function whyNone(
  { status }: SessionItem,
  { application, personId, refused }: Winner,
  row: BookingRow | undefined,
): string | undefined {
  const noted = application.lost?.[personId];
  if (noted !== undefined) return noted;
  if (row) return undefined;
  return refused ?? (status === 'open' ? 'session-full' : 'session-closed');
}

/** Takes the child's day, and what the place counts against with it. Gives why it cannot be had. */
async function takeDay(
  by: Authorized,
  session: SessionItem,
  { personId, charges }: Winner,
  seat: Seat,
): Promise<string | undefined> {
  const order = seat.orderId ? await readOrder(by, seat.orderId) : undefined;
  if (order?.status === 'booked') return undefined;
  if (order?.status === 'released') return order.because ?? 'order-released';
  try {
    await claimDayOf(by, { session, personId, seat, ...(seat.orderId ? { charges } : {}) });
    return undefined;
  } catch (error) {
    if (isRefusal(error, 'person-busy') || isRefusal(error, 'quota-exceeded')) return error.code;
    throw error;
  }
}
