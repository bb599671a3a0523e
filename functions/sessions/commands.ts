import { randomUUID } from 'node:crypto';
import { type AuthorizedActor, authorized, mustBeAble, mustNotBeLimited } from '../../shared/access/authorize.ts';
import type { BookingRow } from '../../shared/booking/booking-row.ts';
import { mustBeSameRequest } from '../../shared/booking/orders.ts';
import { type Party, placeAll } from '../../shared/booking/placing.ts';
import type { Seat } from '../../shared/booking/session-item.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { daysBetween } from '../../shared/kernel/days.ts';
import { bookingIdFor, derivedId, fingerprint } from '../../shared/kernel/ids.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { keys, partsOfSessionId } from '../../shared/table/keys.ts';
import { type BookingIdOf, type Facts, factsFrom, type SessionBooking, wantedFor } from './booking-facts.ts';
import {
  HORIZON_DAYS,
  overlappingPair,
  refusalOfAge,
  refusalOfAgenda,
  refusalOfSeats,
  refusalOfTime,
  refusalOfTimeForStaff,
} from './rules.ts';

/** How a booking of sessions can be refused beyond the question who may book, for the route tables. */
export const bookingProblems = [
  'not-found',
  'session-full',
  'session-closed',
  'in-allocation',
  'session-started',
  'already-booked',
  'person-busy',
  'too-young',
  'too-old',
  'birth-date-missing',
  'provider-not-whitelisted',
  'too-far-ahead',
  'idempotency-key-reused',
  'order-released',
] as const;

/** Set when staff book for someone: the center whose desk they work at, and the reason they gave. */
export type OnBehalf = { readonly centerId: string; readonly reason: string };

export type Booked = { readonly orderId: string; readonly rows: BookingRow[]; readonly replayed: boolean };

/**
 * Books every beneficiary into every session, all or none: read everything in one call, decide, claim. Staff book with `onBehalf`, for
 * sessions of their own center only. Refusals: `no-authority`, `forbidden`, `not-found`, `session-started`, `session-closed`,
 * `too-far-ahead`, `too-young`, `too-old`, `birth-date-missing`, `provider-not-whitelisted`, `already-booked`, `session-full`,
 * `person-busy`, `idempotency-key-reused`, `order-released`.
 */
export async function bookSessions(
  context: RequestContext,
  request: SessionBooking,
  onBehalf?: OnBehalf,
): Promise<Booked> {
  const { tenantId, actor } = context;
  if (!actor) throw refuse('not-signed-in');
  const key = context.idempotencyKey ?? randomUUID();
  const bookingIdOf: BookingIdOf = (sessionId, personId) =>
    bookingIdFor(partsOfSessionId(sessionId).date, tenantId, actor.personId, key, sessionId, personId);

  const orderId = derivedId('o', tenantId, actor.personId, key);
  const wanted = wantedFor(tenantId, request, bookingIdOf);
  wanted.want(keys.order(tenantId, orderId));
  const { by, items } = await authorized(context, wanted.list);
  wanted.found(items);
  checkAuthority(by, request, onBehalf);

  const h = fingerprint({ ...request, onBehalf });
  mustBeSameRequest(wanted.got(keys.order(tenantId, orderId)), h);
  const facts = factsFrom(by, wanted, request, bookingIdOf);
  const replay = replayOf(facts, request, h);
  if (replay) return { orderId, rows: replay, replayed: true };
  decide(facts, request, onBehalf);

  const createdAt = context.now.toISOString();
  const severalPlaces = facts.sessions.length * request.beneficiaryIds.length > 1;
  const parties = facts.sessions.map((session): Party => {
    const seatOf = (personId: string): Seat => ({
      b: bookingIdOf(session.sessionId, personId),
      a: actor.personId,
      t: createdAt,
      h,
      ...(severalPlaces ? { o: orderId } : {}),
      ...(onBehalf ? { r: onBehalf.reason } : {}),
    });
    return {
      session,
      seats: Object.fromEntries(request.beneficiaryIds.map((personId) => [personId, seatOf(personId)])),
    };
  });
  const { rows, fresh } = await placeAll(by, {
    orderId,
    actorId: actor.personId,
    h,
    createdAt,
    keyed: context.idempotencyKey !== undefined,
    parties,
  });
  return { orderId, rows, replayed: !fresh };
}

function checkAuthority(
  by: AuthorizedActor,
  { sessionIds, beneficiaryIds }: SessionBooking,
  onBehalf: OnBehalf | undefined,
): void {
  if (!onBehalf) {
    for (const personId of beneficiaryIds) mustBeAble(by, 'book', 'Person', { personId }, 'no-authority');
    return;
  }
  mustBeAble(by, 'staff', 'Desk', { centerId: onBehalf.centerId });
  mustNotBeLimited(by, beneficiaryIds);
  if (sessionIds.some((sessionId) => partsOfSessionId(sessionId).centerId !== onBehalf.centerId))
    throw refuse('forbidden');
}

/** The rows of this very request when it has been carried out before. */
function replayOf({ sessions, rows }: Facts, { beneficiaryIds }: SessionBooking, h: string): BookingRow[] | undefined {
  if (rows.size === 0) return undefined;
  if ([...rows.values()].some((row) => row.h !== h)) throw refuse('idempotency-key-reused');
  const all = sessions.flatMap(({ sessionId }) =>
    beneficiaryIds.map((personId) => rows.get(`${sessionId} ${personId}`)),
  );
  const complete = all.filter((row) => row !== undefined);
  return complete.length === all.length ? complete : undefined;
}

/** Throws the first reason against; claims come after. Seats are asked last, so that an unsuited person is told so even when it is full. */
function decide(facts: Facts, { beneficiaryIds }: SessionBooking, onBehalf: OnBehalf | undefined): void {
  const pair = overlappingPair(facts.sessions);
  if (pair)
    throw refuse('person-busy', { personId: beneficiaryIds[0], sessionId: pair[1].sessionId, date: pair[1].date });
  for (const session of facts.sessions) {
    const civil = facts.civil(session);
    const late = onBehalf ? refusalOfTimeForStaff(session, civil) : refusalOfTime(session, civil);
    if (late) throw late;
    if (daysBetween(civil.date, session.date) > HORIZON_DAYS)
      throw refuse('too-far-ahead', { sessionId: session.sessionId, days: HORIZON_DAYS });
    for (const person of facts.people) {
      const age = refusalOfAge(session, person);
      if (age) throw age;
    }
    if (!facts.permitted(session))
      throw refuse('provider-not-whitelisted', { sessionId: session.sessionId, operatorId: session.providerId });
  }
  for (const session of facts.sessions) {
    // Places and hours that a first try of this very request already holds stand in nobody's way.
    const standing = (personId: string) => facts.bookingIdOf(session.sessionId, personId);
    if (beneficiaryIds.every((personId) => session.seats[personId]?.b === standing(personId))) continue;
    const seats = refusalOfSeats(session, beneficiaryIds);
    if (seats) throw seats;
    for (const personId of beneficiaryIds) {
      const day = facts.day(personId, session.date);
      const busy = day?.entries[standing(personId)] ? undefined : refusalOfAgenda(session, personId, day);
      if (busy) throw busy;
    }
  }
}
