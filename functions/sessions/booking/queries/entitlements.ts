import type { Authorized } from '../../../../shared/access/authorize.ts';
import { keptFor, refusalOfEligibility } from '../../../../shared/booking/book/eligibility.ts';
import type { KeptPlaces } from '../../../../shared/booking/claim/seats.ts';
import { attendedFactKey } from '../../../../shared/booking/facts/bookings.ts';
import { counterFactFrom, counterFactKey } from '../../../../shared/booking/facts/counters.ts';
import type { SessionItem } from '../../../../shared/booking/items/session.ts';
import { type BoundedCharge, quotaExceeded, type Together } from '../../../../shared/booking/price/counters.ts';
import { chargesOf } from '../../../../shared/booking/price/fair-use.ts';
import { payingWith } from '../../../../shared/booking/price/paying.ts';
import { rememberRules } from '../../../../shared/booking/price/seen-rules.ts';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { PaidWith, PayWith } from '../../../../shared/contracts/passes.ts';
import { instantOf, quartersBetween } from '../../../../shared/kernel/days.ts';
import type { Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Facts, Wanted } from './facts.ts';

/** What somebody may have beyond a free place: whether they may come at all, what it counts against, and what pays for it. */
export type Entitlements = {
  /**
   * Why one of the party may not come, counts against a rule that has no more, or cannot pay so. `together` counts what the parties of
   * one request take of each counter.
   */
  readonly refusalOf: (party: Facts['parties'][number], together: Together) => Refusal | undefined;
  readonly charges: (session: SessionItem, personId: PersonId) => readonly BoundedCharge[];
  readonly paidWith: (session: SessionItem, personId: PersonId) => PaidWith | undefined;
  readonly kept: (party: Facts['parties'][number]) => KeptPlaces | undefined;
};

/**
 * Asks for everything that `first` has not brought along in one call, and for nothing where the offerings and the city's rules ask for
 * nothing more.
 */
export async function readEntitlements(
  by: Authorized,
  facts: Facts,
  first: Wanted,
  payWith?: PayWith,
): Promise<Entitlements> {
  const { tenantId } = by;
  const ruleOf = (session: SessionItem) => facts.offering(session)?.policy?.eligibility;
  const person = (personId: PersonId) => facts.people.find((one) => one.personId === personId) ?? { personId };

  const fairUse = (
    { service, offeringId, date, startsAt, endsAt, residentPriceFen }: SessionItem,
    personId: PersonId,
  ) => {
    const counted = chargesOf(facts.rules.fairUse, {
      kind: 'session',
      date,
      service,
      offeringId,
      quarters: quartersBetween(startsAt, endsAt).length,
      priceFen: residentPriceFen,
      personId,
      householdId: person(personId).householdId,
    });
    rememberRules(tenantId, { kind: 'session', offeringId }, counted);
    return counted.map(({ charge }) => charge);
  };
  const wanted = new Wanted(first);
  const paying = payWith && payingWith(tenantId, payWith, (key) => wanted.got(key));
  for (const { session, beneficiaryIds } of facts.parties) {
    const after = ruleOf(session)?.afterOfferingId;
    for (const personId of beneficiaryIds) {
      if (after) wanted.want(attendedFactKey(tenantId, personId, after));
      for (const charge of fairUse(session, personId)) wanted.want(counterFactKey(tenantId, charge));
      if (paying) wanted.want(paying.key(personId));
    }
  }
  await wanted.read();

  const whyNotFair = (session: SessionItem, personId: PersonId, together: Together): Refusal | undefined => {
    for (const charge of fairUse(session, personId)) {
      const { used } = counterFactFrom(wanted.got(counterFactKey(tenantId, charge)));
      if (used + together.add(charge) > (charge.most ?? 0))
        return quotaExceeded(charge, used, { sessionId: session.sessionId, personId });
    }
    return undefined;
  };

  return {
    paidWith: (session, personId) => paying?.paidWith(session, personId),
    charges: (session, personId) => [...fairUse(session, personId), ...(paying?.charges(session, personId) ?? [])],
    refusalOf: ({ session, beneficiaryIds }, together) => {
      const rule = ruleOf(session);
      const after = rule?.afterOfferingId;
      for (const personId of beneficiaryIds) {
        const hasAttended = after !== undefined && wanted.got(attendedFactKey(tenantId, personId, after)) !== undefined;
        const unfit = refusalOfEligibility(session, { ...person(personId), hasAttended }, rule);
        if (unfit) return unfit;
        // What a first try of this very request has counted already stands in nobody's way.
        if (facts.day(personId, session.date)?.entries[facts.bookingIdOf(session.sessionId, personId)]) continue;
        const accepted = facts.offering(session)?.policy?.passes;
        const no = whyNotFair(session, personId, together) ?? paying?.refusalOf(session, personId, accepted, together);
        if (no) return no;
      }
      return undefined;
    },
    kept: ({ session, beneficiaryIds }) => {
      const starts = Math.floor(instantOf(session.date, session.startsAt).getTime() / 1_000);
      const kept = keptFor(ruleOf(session), facts.nowEpochSeconds, starts);
      if (!kept) return undefined;
      const { group, places, untilEpochSeconds } = kept;
      // A party comes together or not at all: it is of the group when all of it are.
      const ofGroup = beneficiaryIds.every((personId) => person(personId).groups?.[group] !== undefined);
      return { places, ofGroup, group, until: new Date(untilEpochSeconds * 1_000).toISOString() };
    },
  };
}
