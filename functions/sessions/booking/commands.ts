import { randomUUID } from 'node:crypto';
import { type AuthorizedActor, authorized, mustBeAble, mustNotBeLimited } from '../../../shared/access/authorize.ts';
import { type BookingOrder, bookAll, type Party } from '../../../shared/booking/book/place.ts';
import { lapsedIn, lapseHolds } from '../../../shared/booking/claim/lapse.ts';
import { orderFactFrom, orderFactKey } from '../../../shared/booking/facts/orders.ts';
import type { BookingRow } from '../../../shared/booking/items/booking-row.ts';
import type { Occurrence } from '../../../shared/booking/items/occurrence.ts';
import type { Seat } from '../../../shared/booking/items/session.ts';
import { holdFor } from '../../../shared/booking/order/hold.ts';
import { mustBeSameRequest } from '../../../shared/booking/order/order.ts';
import { claimChargeOf, isCountedByName, Together } from '../../../shared/booking/price/counters.ts';
import { type Joined, joinWaitlist } from '../../../shared/booking/waitlist/waitlist.ts';
import type { WantedParty } from '../../../shared/contracts/checkout.ts';
import type { CenterId, OrderId, PersonId, SessionId } from '../../../shared/contracts/common.ts';
import type { PayWith } from '../../../shared/contracts/passes.ts';
import type { CommandContext } from '../../../shared/http/context.ts';
import { again, type Retry, retry } from '../../../shared/kernel/again.ts';
import { epochSeconds } from '../../../shared/kernel/clock.ts';
import { daysBetween, instantOf } from '../../../shared/kernel/days.ts';
import { bookingIdFor, derivedId, fingerprint } from '../../../shared/kernel/ids.ts';
import { isRefusal, refuse } from '../../../shared/kernel/refusal.ts';
import { partsOfSessionId } from '../../../shared/table/keys.ts';
import { overlapOfOne, refusalOfAgenda, refusalOfSeats, refusalOfTime, refusalOfTimeForStaff } from '../rules.ts';
import { refusalOfParty } from './queries/admission.ts';
import { type Entitlements, readEntitlements } from './queries/entitlements.ts';
import {
  type BookingIdOf,
  type Facts,
  factsFrom,
  peopleIn,
  type SessionBooking,
  wantCounters,
  wantedFor,
} from './queries/facts.ts';
import { pricingOf } from './queries/pricing.ts';

/** Set when staff book for someone: the center whose desk they work at, and the reason they gave. */
export type OnBehalf = { readonly centerId: CenterId; readonly reason: string };

/** A place that is one of a series; with `tryOut` nothing is written, and no row comes back: the question is only whether it could be had. */
export type SeatOccurrence = Occurrence & { readonly tryOut?: true };

/** A party that was put on the waitlist instead. */
export type Waited = Joined & { readonly sessionId: SessionId; readonly party: readonly string[] };
export type Booked = {
  readonly orderId: OrderId;
  readonly rows: BookingRow[];
  readonly replayed: boolean;
  readonly waited?: Waited;
};

/**
 * Books every place of the request, all or none: read everything in one call, decide, claim. Where the offering asks for an approval or a
 * payment the places are held until then; where the session is full the party waits, if it asked to. Staff book with `onBehalf`, for
 * sessions of their own center only. Refusals: `no-authority`, `forbidden`, `not-found`, `session-started`, `session-closed`,
 * those of {@link refusalOfParty}, `too-far-ahead`, `already-booked`, `session-full`,
 * `person-busy`, `idempotency-key-reused`, `order-released`, and those of {@link joinWaitlist} but for `places-left`.
 */
export function bookSessions(
  context: CommandContext,
  request: SessionBooking,
  onBehalf?: OnBehalf,
  occurrence?: SeatOccurrence,
): Promise<Booked> {
  return again(
    ROUNDS,
    () => bookOnce(context, request, onBehalf, occurrence),
    // A place came free between the look that said full and the line: it is theirs to take.
    (error) => isRefusal(error, 'places-left'),
  );
}

const ROUNDS = 4;

async function bookOnce(
  context: CommandContext,
  { parties, ifFull, payWith }: SessionBooking,
  onBehalf: OnBehalf | undefined,
  occurrence: SeatOccurrence | undefined,
): Promise<Booked | Retry> {
  const { tenantId, actor } = context;
  if (!actor) throw refuse('not-signed-in');
  const key = context.idempotencyKey ?? randomUUID();
  const bookingIdOf: BookingIdOf = (sessionId, personId) =>
    bookingIdFor(partsOfSessionId(sessionId).date, tenantId, actor.personId, key, sessionId, personId);

  const orderId = derivedId('o', tenantId, actor.personId, key);
  const wanted = wantedFor(tenantId, parties, bookingIdOf);
  wanted.want(orderFactKey(tenantId, orderId));
  wantCounters(tenantId, wanted, parties, payWith);
  const { by, items } = await authorized(context, wanted.list);
  wanted.found(items);
  checkAuthority(by, parties, payWith, onBehalf);

  const requestHash = fingerprint({ parties, ...(ifFull === 'wait' ? { ifFull } : {}), payWith, onBehalf });
  mustBeSameRequest(wanted.got(orderFactKey(tenantId, orderId)), requestHash);
  const facts = factsFrom(by, wanted, parties, bookingIdOf);
  const replay = replayOf(facts, requestHash);
  if (replay) return { orderId, rows: replay, replayed: true };
  // Holds of these very people that have run out stand in nobody's way, least of all in their own.
  const runOut = facts.parties.flatMap(({ session: { seats }, beneficiaryIds }) =>
    lapsedIn(
      by,
      beneficiaryIds.flatMap((personId) => seats[personId] ?? []),
    ),
  );
  if (runOut.length > 0 && (await lapseHolds(by, runOut)) > 0) return retry;
  try {
    const entitled = await readEntitlements(by, facts, wanted, payWith);
    decide(facts, entitled, onBehalf, occurrence);
    if (occurrence?.tryOut) return { orderId, rows: [], replayed: false };
    const keyed = context.idempotencyKey !== undefined;
    const isBegun = orderFactFrom(wanted.got(orderFactKey(tenantId, orderId))) !== undefined;
    const request = { orderId, requestHash, keyed, isBegun };
    const placing = bookingOrderFor(by, facts, entitled, request, onBehalf, occurrence);
    const { rows, fresh } = await bookAll(by, placing);
    return { orderId, rows, replayed: !fresh };
  } catch (error) {
    const [only] = facts.parties;
    if (ifFull === 'refuse' || !only || !isRefusal(error, 'session-full')) throw error;
    // Places that are kept for others until some time before are not waited for.
    if (error.facts['keptForGroup']) throw error;
    return { orderId, rows: [], replayed: false, waited: await wait(by, only, requestHash, payWith, onBehalf) };
  }
}

/** Puts the party at the end of the line; who is asked for all of them is the first by id, so that a party is the same however it was sent. */
async function wait(
  by: AuthorizedActor,
  { session, beneficiaryIds }: Facts['parties'][number],
  requestHash: string,
  payWith: PayWith | undefined,
  onBehalf: OnBehalf | undefined,
): Promise<Waited> {
  const party = [...beneficiaryIds].sort();
  const [lead] = party;
  if (!lead) throw refuse('not-found');
  const { sessionId } = session;
  const joined = await joinWaitlist(by, session, {
    sessionId,
    lead,
    party,
    actorId: by.actor.personId,
    requestHash,
    ...(onBehalf ? { byStaff: onBehalf.reason } : {}),
    ...(payWith ? { payWith } : {}),
  });
  return { ...joined, sessionId, party };
}

/** The seats to be claimed, and whether they are only held at first. */
function bookingOrderFor(
  by: AuthorizedActor,
  facts: Facts,
  entitled: Entitlements,
  { orderId, requestHash, keyed, isBegun }: { orderId: OrderId; requestHash: string; keyed: boolean; isBegun: boolean },
  onBehalf: OnBehalf | undefined,
  occurrence: SeatOccurrence | undefined,
): BookingOrder {
  const createdAt = by.now.toISOString();
  const count = facts.parties.reduce((sum, { beneficiaryIds }) => sum + beneficiaryIds.length, 0);
  const starts = facts.parties.map(({ session: { date, startsAt } }) => instantOf(date, startsAt).getTime() / 1_000);
  const pricing = pricingOf(facts, entitled.paidWith);
  const counted = facts.parties.flatMap(({ session, beneficiaryIds }) =>
    beneficiaryIds.flatMap((personId) => entitled.charges(session, personId).map((charge) => ({ charge, personId }))),
  );
  const asked = facts.parties.map(({ session }) => ({
    policy: facts.offering(session)?.policy,
    priceFen: pricing.partyFen(session.sessionId),
  }));
  // Staff have said yes by booking; what they book is paid at the desk.
  const hold = onBehalf ? undefined : holdFor(asked, epochSeconds(by.now), Math.min(...starts));
  const isOne = count === 1 && hold === undefined;
  // What an order of a first try has begun to decide about, the order decides.
  const byName = isOne && !isBegun && counted.every(({ charge, personId }) => isCountedByName(charge, personId));
  const isOrder = !isOne || (counted.length > 0 && !byName);
  const parties = facts.parties.map(({ session, beneficiaryIds }): Party => {
    const seatOf = (personId: PersonId): Seat => ({
      bookingId: facts.bookingIdOf(session.sessionId, personId),
      actorId: by.actor.personId,
      bookedAt: createdAt,
      requestHash,
      ...pricing.seatPart(session, personId),
      ...(isOrder ? { orderId } : {}),
      ...(hold ? { heldUntilEpochSeconds: hold.untilEpochSeconds } : {}),
      ...(onBehalf ? { staffReason: onBehalf.reason } : {}),
      ...(occurrence ? { occurrence: [...occurrence.mark] } : {}),
      ...(byName && counted.length > 0 ? { charges: counted.map(({ charge }) => claimChargeOf(charge)) } : {}),
    });
    const kept = entitled.kept({ session, beneficiaryIds });
    const charges = beneficiaryIds.flatMap((personId) => {
      const own = entitled.charges(session, personId);
      return own.length > 0 ? [[personId, own] as const] : [];
    });
    return {
      session,
      seats: Object.fromEntries(beneficiaryIds.map((personId) => [personId, seatOf(personId)])),
      ...(kept ? { kept } : {}),
      ...(charges.length > 0 ? { charges: Object.fromEntries(charges) } : {}),
    };
  });
  const { family } = pricing;
  const whole = { orderId, actorId: by.actor.personId, requestHash, createdAt, keyed, parties };
  return { ...whole, ...(hold ? { hold } : {}), ...(family ? { family } : {}) };
}

/** Whoever books for somebody, or pays with a pass or a fund of theirs, may act for them; staff may at their own center. */
function checkAuthority(
  by: AuthorizedActor,
  parties: readonly WantedParty[],
  payWith: PayWith | undefined,
  onBehalf: OnBehalf | undefined,
): void {
  if (!onBehalf) {
    const holder = payWith?.holderId ? [payWith.holderId] : [];
    for (const personId of [...peopleIn(parties), ...holder])
      mustBeAble(by, 'book', 'Person', { personId }, 'no-authority');
    return;
  }
  mustBeAble(by, 'staff', 'Desk', { centerId: onBehalf.centerId });
  mustNotBeLimited(by, peopleIn(parties));
  if (parties.some(({ sessionId }) => partsOfSessionId(sessionId).centerId !== onBehalf.centerId))
    throw refuse('forbidden');
}

/** The rows of this very request when it has been carried out before. */
function replayOf({ parties, rows }: Facts, requestHash: string): BookingRow[] | undefined {
  if (rows.size === 0) return undefined;
  if ([...rows.values()].some((row) => row.requestHash !== requestHash)) throw refuse('idempotency-key-reused');
  const all = parties.flatMap(({ session, beneficiaryIds }) =>
    beneficiaryIds.map((personId) => rows.get(`${session.sessionId} ${personId}`)),
  );
  const complete = all.filter((row) => row !== undefined);
  return complete.length === all.length ? complete : undefined;
}

/** Throws the first reason against; claims come after. Seats are asked last, so that an unsuited person is told so even when it is full. */
function decide(
  facts: Facts,
  entitled: Entitlements,
  onBehalf: OnBehalf | undefined,
  occurrence: SeatOccurrence | undefined,
): void {
  const days = facts.rules.sessionDaysAhead;
  const together = new Together();
  const twice = overlapOfOne(facts.parties);
  if (twice) throw refuse('person-busy', twice);
  for (const { session, beneficiaryIds } of facts.parties) {
    const civil = facts.civil(session);
    const late = onBehalf ? refusalOfTimeForStaff(session, civil) : refusalOfTime(session, civil);
    if (late) throw late;
    if (!occurrence?.beyondHorizon && daysBetween(civil.date, session.date) > days)
      throw refuse('too-far-ahead', { sessionId: session.sessionId, days });
    const unsuited = refusalOfParty(facts, entitled, { session, beneficiaryIds }, together, onBehalf !== undefined);
    if (unsuited) throw unsuited;
  }
  for (const { session, beneficiaryIds } of facts.parties) {
    // Places and hours that a first try of this very request already holds stand in nobody's way.
    const stored = (personId: PersonId) => facts.bookingIdOf(session.sessionId, personId);
    if (beneficiaryIds.every((personId) => session.seats[personId]?.bookingId === stored(personId))) continue;
    const seats = refusalOfSeats(
      session,
      beneficiaryIds,
      facts.nowEpochSeconds,
      entitled.kept({ session, beneficiaryIds }),
    );
    if (seats) throw seats;
    for (const personId of beneficiaryIds) {
      const day = facts.day(personId, session.date);
      const busy = day?.entries[stored(personId)] ? undefined : refusalOfAgenda(session, personId, day);
      if (busy) throw busy;
    }
  }
}
