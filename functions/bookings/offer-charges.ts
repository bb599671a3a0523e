import type { Authorized } from '../../shared/access/authorize.ts';
import { readCityRules } from '../../shared/booking/city-rules.ts';
import type { BoundedCharge } from '../../shared/booking/counters.ts';
import { chargesOf, type Use } from '../../shared/booking/fair-use.ts';
import type { Order, OrderPlace } from '../../shared/booking/orders.ts';
import { type SessionItem, sessionItem } from '../../shared/booking/session-item.ts';
import { quartersBetween } from '../../shared/kernel/days.ts';
import { keys } from '../../shared/table/keys.ts';
import { getMany, parsedItem } from '../../shared/table/read.ts';
import { profilesOf } from '../people/index.ts';

type Who = Pick<Use, 'personId' | 'householdId'>;

/** A room in the stead of one that a closure ended had been free or paid for: of its hours only the number counts. */
const roomUse = (place: Extract<OrderPlace, { roomId: string }>, who: Who): Use => ({
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
 * What the places of an offer count against once it is accepted, by the rules of the city; nothing is read in a city that has none. What is
 * offered in the stead of something that a closure ended is counted, and never refused.
 */
export async function chargesOfOffer(
  by: Authorized,
  { places, closureId }: Order,
): Promise<(place: OrderPlace) => readonly BoundedCharge[] | undefined> {
  const { fairUse } = await readCityRules(by);
  if (fairUse.length === 0) return () => undefined;
  const people = await profilesOf(
    by,
    places.map(({ personId }) => personId),
  );
  const sessionIds = [...new Set(places.flatMap((place) => ('sessionId' in place ? [place.sessionId] : [])))];
  const items = await getMany(sessionIds.map((sessionId) => keys.session(by.tenantId, sessionId)));
  const sessions = new Map(sessionIds.map((sessionId, index) => [sessionId, items[index]]));
  return (place) => {
    const { personId } = place;
    const who = { personId, householdId: people.get(personId)?.householdId };
    const session = 'sessionId' in place ? sessions.get(place.sessionId) : undefined;
    const use = 'roomId' in place ? roomUse(place, who) : session && sessionUse(parsedItem(sessionItem, session), who);
    const charges = use ? chargesOf(fairUse, use).map(({ charge }) => charge) : [];
    return closureId ? charges.map((charge) => ({ ...charge, most: Number.MAX_SAFE_INTEGER })) : charges;
  };
}
