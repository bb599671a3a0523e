import type { Authorized } from '../../../shared/access/authorize.ts';
import { counterFactFrom, counterFactKey } from '../../../shared/booking/facts/counters.ts';
import type { BoundedCharge } from '../../../shared/booking/price/counters.ts';
import { chargesOf, hasPrice, type RuleCharge, type Settled, settle } from '../../../shared/booking/price/fair-use.ts';
import type { BookingId, PersonId } from '../../../shared/contracts/common.ts';
import { again, retry } from '../../../shared/kernel/again.ts';
import { quartersBetween } from '../../../shared/kernel/days.ts';
import type { Fen } from '../../../shared/kernel/money.ts';
import { isRefusal, type Refusal, refuse } from '../../../shared/kernel/refusal.ts';
import { getMany } from '../../../shared/table/read.ts';
import { priceOf, type RoomRequest } from '../rules.ts';
import type { BookingFacts } from '../store.ts';

/** A room's use under the city's rules of fair use; `undefined` where none counts it. */
export type FairUse = Settled | undefined;

/** What this use counts against. A try that died and left its day has been counted: then nothing is, once more. */
function wantedOf(facts: BookingFacts, request: RoomRequest, personId: PersonId, bookingId: BookingId): RuleCharge[] {
  const { rules, offering, ownDay, householdId } = facts;
  if (ownDay?.entries[bookingId]) return [];
  const { date, startsAt, endsAt, offeringId, organizationId } = request;
  return chargesOf(rules.fairUse, {
    kind: 'room',
    date,
    service: offering?.service,
    offeringId,
    quarters: quartersBetween(startsAt, endsAt).length,
    priceFen: priceOf(offering, startsAt, endsAt),
    personId,
    householdId,
    organizationId,
  });
}

async function settled(
  by: Authorized,
  wanted: readonly RuleCharge[],
  { startsAt, endsAt }: RoomRequest,
): Promise<Settled | { refusal: Refusal }> {
  const charges = wanted.map(({ charge }) => charge);
  const items = await getMany(charges.map((charge) => counterFactKey(by.tenantId, charge)));
  const usedOf = (charge: BoundedCharge) => counterFactFrom(items[charges.indexOf(charge)]);
  return settle(wanted, quartersBetween(startsAt, endsAt).length, usedOf);
}

/** Why fair use has no more for it, as read; the claim decides. */
export async function checkFairUse(
  by: Authorized,
  facts: BookingFacts,
  request: RoomRequest,
  personId: PersonId,
  bookingId: BookingId,
): Promise<Refusal | undefined> {
  const wanted = wantedOf(facts, request, personId, bookingId);
  if (wanted.length === 0) return undefined;
  const result = await settled(by, wanted, request);
  return 'refusal' in result ? result.refusal : undefined;
}

/** Somebody of the same household was faster: how much is left, and so the price, is asked again. */
const ROUNDS = 5;

/**
 * Runs the claim with what it counts against and what it costs. The price holds only while as much is left as was read: a claim that
 * finds it otherwise is settled anew. Refuses `quota-exceeded`, and `amount-changed` where the request names another price.
 */
export async function claimUnderFairUse<T>(
  by: Authorized,
  facts: BookingFacts,
  request: RoomRequest,
  { personId, bookingId }: { personId: PersonId; bookingId: BookingId },
  claim: (use: FairUse, priceFen: Fen) => Promise<T>,
): Promise<T> {
  const ownFen = priceOf(facts.offering, request.startsAt, request.endsAt);
  const asShown = (priceFen: Fen): Fen => {
    if (request.priceFen !== undefined && request.priceFen !== priceFen)
      throw refuse('amount-changed', { amountFen: priceFen });
    return priceFen;
  };
  const wanted = wantedOf(facts, request, personId, bookingId);
  if (wanted.length === 0) return claim(undefined, facts.ownDay?.entries[bookingId] ? ownFen : asShown(ownFen));
  return again(ROUNDS, async () => {
    const use = await settled(by, wanted, request);
    if ('refusal' in use) throw use.refusal;
    const priceFen = asShown(ownFen + use.priceFen);
    try {
      return await claim(use, priceFen);
    } catch (error) {
      if (!isRefusal(error, 'quota-exceeded') || !hasPrice(wanted)) throw error;
      return retry;
    }
  });
}
