import type { Authorized } from '../../../../shared/access/authorize.ts';
import type { OfferPayment } from '../../../../shared/booking/book/confirm.ts';
import { sessionFactFrom, sessionFactKey } from '../../../../shared/booking/facts/sessions.ts';
import { readCityRules } from '../../../../shared/booking/items/city-rules.ts';
import type { Order, OrderItem } from '../../../../shared/booking/items/order.ts';
import type { SessionItem } from '../../../../shared/booking/items/session.ts';
import { type BoundedCharge, Together } from '../../../../shared/booking/price/counters.ts';
import { chargesOf, type Use } from '../../../../shared/booking/price/fair-use.ts';
import { payingWith } from '../../../../shared/booking/price/paying.ts';
import type { RoomId } from '../../../../shared/contracts/common.ts';
import type { PaidWith, PayWith } from '../../../../shared/contracts/passes.ts';
import { quartersBetween } from '../../../../shared/kernel/days.ts';
import { refuse } from '../../../../shared/kernel/refusal.ts';
import type { ReadableKey } from '../../../../shared/table/keys/partition.ts';
import { partsOfSessionId } from '../../../../shared/table/keys.ts';
import { getMany } from '../../../../shared/table/read.ts';
import { offeringFactFrom, offeringFactKey } from '../../../centers/index.ts';
import { readProfiles } from '../../../people/index.ts';

type Who = Pick<Use, 'personId' | 'householdId'>;

/** A room in the stead of one that a closure ended had been free or paid for: of its hours only the number counts. */
const roomUse = (place: Extract<OrderItem, { roomId: RoomId }>, who: Who): Use => ({
  kind: 'room',
  date: place.date,
  quarters: quartersBetween(place.startsAt, place.endsAt).length,
  priceFen: 0,
  ...who,
});

const sessionUse = ({ date, startsAt, endsAt, service, offeringId, residentPriceFen }: SessionItem, who: Who): Use => ({
  kind: 'session',
  date,
  service,
  offeringId,
  quarters: quartersBetween(startsAt, endsAt).length,
  priceFen: residentPriceFen,
  ...who,
});

/**
 * What the places of an offer count against once it is accepted, by the rules of the city, and what a pass or a fund pays of them; nothing is
 * read in a city that has no rules, for an offer that is paid for with money. What is offered in the stead of something that a closure ended
 * is counted, and never refused. Refuses `pass-expired`, `pass-not-accepted`, `pass-empty`, `fund-empty`, `not-found`.
 */
export async function readPaymentOfOffer(
  by: Authorized,
  { places, closureId }: Order,
  payWith: PayWith | undefined,
): Promise<OfferPayment> {
  const { fairUse } = await readCityRules(by);
  if (fairUse.length === 0 && !payWith) return {};
  const { sessionOf, policyOf, got } = await readFor(by, places, payWith);
  const people = await readProfiles(
    by,
    places.map(({ personId }) => personId),
  );
  const paying = payWith && payingWith(by.tenantId, payWith, got);
  const together = new Together();
  const paid: [string, PaidWith][] = [];
  for (const place of paying ? places : []) {
    const session = sessionOf(place);
    const { personId, bookingId } = place;
    // A pass is for places in sessions.
    if (!session) throw refuse('pass-not-accepted', { ...payWith });
    const no = paying?.refusalOf(session, personId, policyOf(session)?.passes, together);
    if (no) throw no;
    const pays = paying?.paidWith(session, personId);
    if (pays) paid.push([bookingId, pays]);
  }
  const charges = (place: OrderItem): readonly BoundedCharge[] => {
    const { personId } = place;
    const who = { personId, householdId: people.get(personId)?.householdId };
    const session = sessionOf(place);
    const use = 'roomId' in place ? roomUse(place, who) : session && sessionUse(session, who);
    const counted = use ? chargesOf(fairUse, use).map(({ charge }) => charge) : [];
    const bounded = closureId ? counted.map((charge) => ({ ...charge, most: Number.MAX_SAFE_INTEGER })) : counted;
    return [...bounded, ...((session && paying?.charges(session, personId)) ?? [])];
  };
  return { charges, ...(paid.length > 0 ? { paid: Object.fromEntries(paid) } : {}) };
}

/** The sessions of these places, and where a pass is to pay their offerings and its balance, in one call. */
async function readFor(by: Authorized, places: readonly OrderItem[], payWith: PayWith | undefined) {
  const { tenantId } = by;
  const sessionIds = [...new Set(places.flatMap((place) => ('sessionId' in place ? [place.sessionId] : [])))];
  const offeringIds = payWith
    ? [...new Set(sessionIds.map((sessionId) => partsOfSessionId(sessionId).offeringId))]
    : [];
  const sessionKeys = sessionIds.map((sessionId) => sessionFactKey(tenantId, sessionId));
  const offeringKeys = offeringIds.map((offeringId) => offeringFactKey(tenantId, offeringId));
  const balances = payWith
    ? places.map(({ personId }) => payingWith(tenantId, payWith, () => undefined).key(personId))
    : [];
  const named = new Map([...sessionKeys, ...offeringKeys, ...balances].map((key) => [`${key.pk} ${key.sk}`, key]));
  const items = await getMany([...named.values()]);
  const byName = new Map([...named.keys()].map((name, index) => [name, items[index]]));
  const got = ({ pk, sk }: ReadableKey) => byName.get(`${pk} ${sk}`);
  return {
    got,
    sessionOf: (place: OrderItem): SessionItem | undefined =>
      'sessionId' in place ? sessionFactFrom(got(sessionFactKey(tenantId, place.sessionId))) : undefined,
    policyOf: ({ offeringId }: SessionItem) => {
      return offeringFactFrom(got(offeringFactKey(tenantId, offeringId)))?.policy;
    },
  };
}
