import type { Authorized } from '../../../../shared/access/authorize.ts';
import type { Seat, SessionItem } from '../../../../shared/booking/items/session.ts';
import { type BoundedCharge, Together } from '../../../../shared/booking/price/counters.ts';
import type { WantedParty } from '../../../../shared/contracts/checkout.ts';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import { type Refusal, refuse } from '../../../../shared/kernel/refusal.ts';

import { type Entitlements, readEntitlements } from './entitlements.ts';
import { type BookingIdOf, type Facts, factsFrom, type Wanted } from './facts.ts';
import { pricingOf } from './pricing.ts';

/**
 * Why a party may not come to a session, whatever places and hours are left: no-shows that keep one of them from booking so far ahead, who
 * may come by the offering's rules, what fair use has left, the operator's whitelist entry. Staff have looked at the person they book for,
 * and are not kept by no-shows.
 */
export function refusalOfParty(
  facts: Facts,
  entitled: Entitlements,
  party: Facts['parties'][number],
  together: Together,
  asStaff = false,
): Refusal | undefined {
  const { session, beneficiaryIds } = party;
  const tooFar = asStaff ? [] : beneficiaryIds.flatMap((personId) => facts.farAhead(personId, session) ?? []);
  const unsuited = tooFar[0] ?? entitled.refusalOf(party, together);
  if (unsuited) return unsuited;
  const { sessionId, providerId: operatorId } = session;
  return facts.permitted(session) ? undefined : refuse('provider-not-whitelisted', { sessionId, operatorId });
}

/** What a draw asks about a wish, and about a winner: the very questions that a booking is decided by, each party by itself. */
export type Admission = {
  readonly refusalOf: (party: WantedParty) => Refusal | undefined;
  /** What the places of a party count against, and what their seats carry of their price. */
  readonly priced: (party: WantedParty) => {
    readonly charges: (personId: PersonId) => readonly BoundedCharge[];
    readonly seatPart: (personId: PersonId) => Pick<Seat, 'priceFen' | 'cancellation'>;
  };
};

/**
 * Answers for these parties from what `wantedToSuit` was read of, as of `now`. `bookingIdOf` names their bookings to be, so that what a
 * first try has counted is not asked for again. Refuses `not-found`.
 */
export async function readAdmission(
  by: Authorized,
  wanted: Wanted,
  parties: readonly WantedParty[],
  bookingIdOf: BookingIdOf,
  now: Date,
): Promise<Admission> {
  const facts = factsFrom(by, wanted, parties, bookingIdOf, now);
  const entitled = await readEntitlements(by, facts, wanted);
  const sessionOf = (wantedId: string): SessionItem => {
    const found = facts.parties.find(({ session }) => session.sessionId === wantedId);
    if (!found) throw refuse('not-found', { sessionId: wantedId });
    return found.session;
  };
  return {
    refusalOf: ({ sessionId, beneficiaryIds }) =>
      refusalOfParty(facts, entitled, { session: sessionOf(sessionId), beneficiaryIds }, new Together()),
    priced: ({ sessionId, beneficiaryIds }) => {
      const session = sessionOf(sessionId);
      const { seatPart } = pricingOf({ ...facts, parties: [{ session, beneficiaryIds }] });
      return {
        charges: (personId) => entitled.charges(session, personId),
        seatPart: (personId) => seatPart(session, personId),
      };
    },
  };
}
