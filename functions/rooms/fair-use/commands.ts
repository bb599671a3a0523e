import type { Authorized } from '../../../shared/access/authorize.ts';
import { counterFactFrom, counterFactKey } from '../../../shared/booking/facts/counters.ts';
import type { CounterItem } from '../../../shared/booking/items/counter.ts';
import { type BoundedCharge, isCountedByName } from '../../../shared/booking/price/counters.ts';
import { chargesOf, hasPrice, type RuleCharge, type Settled, settle } from '../../../shared/booking/price/fair-use.ts';
import { rememberRules } from '../../../shared/booking/price/seen-rules.ts';
import type { BookingId, PersonId } from '../../../shared/contracts/common.ts';
import { again, type Retry, retry } from '../../../shared/kernel/again.ts';
import { quartersBetween } from '../../../shared/kernel/days.ts';
import type { Fen } from '../../../shared/kernel/money.ts';
import { isRefusal, type Refusal, refuse } from '../../../shared/kernel/refusal.ts';
import { getMany } from '../../../shared/table/read.ts';
import { priceOf, type RoomRequest } from '../rules.ts';
import { type BookingFacts, counterNamed } from '../store.ts';

/** A room's use under the city's rules of fair use; `undefined` where none counts it. */
export type FairUse = Settled | undefined;

/**
 * How a room is claimed. `by-name`: the room, the person's day and what it counts against one after another, each repeatable; `whole`: in
 * one transaction; `priced`: it is claimed by name, its free hours are gone, and it is given its price.
 */
export type Way =
  | { readonly way: 'by-name' | 'whole' }
  | { readonly way: 'priced'; readonly uncounted: readonly BoundedCharge[] };

/** Who books what, as it was read. */
export type Asking = {
  readonly facts: BookingFacts;
  readonly request: RoomRequest;
  readonly personId: PersonId;
  readonly bookingId: BookingId;
};

/** Whether a first try holds the room by a claim that says what it counts against by name, and may not be counted yet. */
const isClaimed = ({ facts, bookingId }: Pick<Asking, 'facts' | 'bookingId'>): boolean =>
  facts.sheets[0]?.sheet?.entries[bookingId]?.charges !== undefined;

/** What this use counts against. A try that died and left its day was counted in the same transaction: then nothing is, once more. */
function wantedOf(by: Authorized, { facts, request, personId, bookingId }: Asking): RuleCharge[] {
  const { rules, offering, ownDay, householdId } = facts;
  if (ownDay?.entries[bookingId] && !isClaimed({ facts, bookingId })) return [];
  const { date, startsAt, endsAt, offeringId, organizationId } = request;
  const wanted = chargesOf(rules.fairUse, {
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
  if (organizationId === undefined) rememberRules(by.tenantId, { kind: 'room', offeringId }, wanted);
  return wanted;
}

type SettledNow = Settled & { readonly uncounted: readonly BoundedCharge[] };

/** What it takes and costs by the counters as they are, `known` or read; what they remember of this very booking is not in its way. */
async function settled(
  by: Authorized,
  wanted: readonly RuleCharge[],
  { request: { startsAt, endsAt }, bookingId }: Asking,
  known: ReadonlyMap<string, CounterItem> = new Map(),
): Promise<SettledNow | { refusal: Refusal }> {
  const unread = wanted.map(({ charge }) => charge).filter((charge) => !known.has(counterNamed(charge)));
  const items = await getMany(unread.map((charge) => counterFactKey(by.tenantId, charge)));
  const counterOf = (charge: BoundedCharge): CounterItem =>
    known.get(counterNamed(charge)) ?? counterFactFrom(items[unread.indexOf(charge)]);
  const ownOf = (charge: BoundedCharge) => counterOf(charge).counted[bookingId];
  const result = settle(wanted, quartersBetween(startsAt, endsAt).length, (charge) => {
    const counter = counterOf(charge);
    return { ...counter, used: counter.used - (ownOf(charge) ?? 0) };
  });
  if ('refusal' in result) return result;
  const isOwnCounted = (charge: BoundedCharge) =>
    wanted.some((one) => counterNamed(one.charge) === counterNamed(charge) && ownOf(one.charge) !== undefined);
  return { ...result, uncounted: result.charges.filter((charge) => !isOwnCounted(charge)) };
}

/** Why fair use has no more for it, as read; the claim decides. */
export async function checkFairUse(by: Authorized, asking: Asking): Promise<Refusal | undefined> {
  const wanted = wantedOf(by, asking);
  if (wanted.length === 0) return undefined;
  const result = await settled(by, wanted, asking, asking.facts.counters);
  return 'refusal' in result ? result.refusal : undefined;
}

/** Somebody of the same household was faster: how much is left, and so the price, is asked again. */
const ROUNDS = 5;

/** What waits for somebody's word, or takes more than the room, is claimed whole. */
const isAlone = ({ facts: { offering }, request }: Asking): boolean =>
  request.with.length === 0 && !offering?.policy?.approval && !offering?.policy?.payment;

/** What the claim is made with: its way, what it counts against, and what it costs. */
export type Claiming = { readonly use: FairUse; readonly priceFen: Fen; readonly how: Way };

/**
 * Runs the claim with what it counts against and what it costs. The price holds only while as much is left as was read: a claim that
 * finds it otherwise is settled anew, and `giveBack` gives back what it held when that comes to nothing. A claim that finds one by name
 * under its own id answers {@link retry}. Refuses `quota-exceeded`, and `amount-changed` where the request names another price.
 */
export async function claimUnderFairUse<T>(
  by: Authorized,
  asking: Asking,
  claim: (claiming: Claiming) => Promise<T | Retry>,
  giveBack: (because: Refusal) => Promise<unknown>,
): Promise<T> {
  const { facts, request, personId, bookingId } = asking;
  const ownFen = priceOf(facts.offering, request.startsAt, request.endsAt);
  const asShown = (priceFen: Fen): Fen => {
    if (request.priceFen !== undefined && request.priceFen !== priceFen)
      throw refuse('amount-changed', { amountFen: priceFen });
    return priceFen;
  };
  const wanted = wantedOf(by, asking);
  let isHeld = isClaimed(asking);
  try {
    return await again(ROUNDS, async (round) => {
      if (wanted.length === 0) {
        const priceFen = facts.ownDay?.entries[bookingId] ? ownFen : asShown(ownFen);
        return claim({ use: undefined, priceFen, how: { way: 'by-name' } });
      }
      const use = await settled(by, wanted, asking, round === 0 ? facts.counters : undefined);
      if ('refusal' in use) throw use.refusal;
      const { uncounted, ...settledUse } = use;
      const isPriced = settledUse.pricedQuarters > 0 && uncounted.length > 0;
      const byName = isAlone(asking) && wanted.every(({ charge }) => isCountedByName(charge, personId));
      const how: Way =
        isHeld && isPriced ? { way: 'priced', uncounted } : { way: byName && !isPriced ? 'by-name' : 'whole' };
      try {
        const made = await claim({ use: settledUse, priceFen: asShown(ownFen + settledUse.priceFen), how });
        if (made === retry) isHeld = true;
        return made;
      } catch (error) {
        if (!isRefusal(error, 'quota-exceeded')) throw error;
        if (how.way === 'by-name') isHeld = true;
        if (!hasPrice(wanted)) throw error;
        return retry;
      }
    });
  } catch (error) {
    if (isHeld && isRefusal(error)) await giveBack(error);
    throw error;
  }
}
