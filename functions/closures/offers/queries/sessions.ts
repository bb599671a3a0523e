import { keptFor, refusalOfEligibility } from '../../../../shared/booking/book/eligibility.ts';
import type { SessionItem } from '../../../../shared/booking/items/session.ts';
import { waitingIn } from '../../../../shared/booking/items/waitlist.ts';
import { epochSeconds } from '../../../../shared/kernel/clock.ts';
import { addDays, civilNow, daysBetween, instantOf, isoWeekOf } from '../../../../shared/kernel/days.ts';
import { partsOfSessionId } from '../../../../shared/table/keys.ts';
import type { CenterItem, OfferingItem } from '../../../centers/index.ts';
import { permits } from '../../../operators/index.ts';
import type { CaseItem, Party } from '../../cases/items.ts';
import { type Shutting, shutsSession } from '../../shutting/rules.ts';
import type { Found } from '../items.ts';
import { compareDistance, kindOfProvider, NEAR_DAYS, reachDays, sessionDistance, slugOf } from '../rules.ts';
import { isSoon, type Nearby } from './nearby.ts';

/** The same class: the same service under the same name, by a provider of the same kind. */
function isLike(lost: CaseItem, service: string | undefined, found: SessionItem): boolean {
  const { offeringId = '', sessionId = '' } = lost;
  return (
    found.sessionId !== sessionId &&
    found.service === service &&
    slugOf(found.offeringId) === slugOf(offeringId) &&
    kindOfProvider(found.providerId) === kindOfProvider(partsOfSessionId(sessionId).providerId)
  );
}

/** The nearest session like the lost one with places for all of the party; see `equalPlace`. */
export async function findEqualSession(nearby: Nearby, shutting: Shutting, party: Party): Promise<Found | undefined> {
  const [lost] = party;
  const { sessionDaysAhead } = await nearby.rules();
  const own = { ...lost, centerId: shutting.centerId };
  const weeks = [...new Set([-NEAR_DAYS, 0, NEAR_DAYS].map((days) => isoWeekOf(addDays(lost.date, days))))];
  const centers = await nearby.centersAround(shutting.centerId);
  const found: { session: SessionItem; center: CenterItem }[] = [];
  let service: string | undefined;
  for (const center of centers) {
    const sessions = (await Promise.all(weeks.map((week) => nearby.sessions(center.centerId, week)))).flat();
    // The own center comes first, and the lost session is one of its own.
    service ??= sessions.find(({ sessionId }) => sessionId === lost.sessionId)?.service;
    for (const session of sessions)
      if (isLike(lost, service, session) && Math.abs(daysBetween(lost.date, session.date)) <= NEAR_DAYS)
        found.push({ session, center });
  }
  found.sort((a, b) => compareDistance(sessionDistance(own, a.session), sessionDistance(own, b.session)));
  for (const { session, center } of found) {
    const { date: today } = civilNow(nearby.by.now, center.zone);
    if (daysBetween(today, session.date) > reachDays(sessionDaysAhead, today, lost.date)) continue;
    if (!(await hasPlaces(nearby, shutting, party, session))) continue;
    const { sessionId, centerId, offeringId, title, date, startsAt, endsAt, residentPriceFen } = session;
    const place: Found = {
      kind: 'session',
      sessionId,
      centerId,
      centerName: center.name,
      title,
      date,
      startsAt,
      endsAt,
      offeringId,
      priceFen: residentPriceFen,
      with: [],
      buffers: [0, 0],
    };
    const free = await Promise.all(party.map((one) => nearby.isFree(one, place)));
    if (free.every((isFree) => isFree)) return place;
  }
  return undefined;
}

async function hasPlaces(
  nearby: Nearby,
  { what, centerId }: Shutting,
  party: Party,
  session: SessionItem,
): Promise<boolean> {
  const { sessionId, status, seats, capacity, taken, date, startsAt } = session;
  if (status !== 'open' || waitingIn(session) > 0) return false;
  if (party.some(({ personId, refused }) => seats[personId] || refused.includes(sessionId))) return false;
  if (isSoon(nearby, date, startsAt) || shutsSession(what, centerId, session, false)) return false;
  const { offerings } = await nearby.catalog(session.centerId);
  const offering = offerings.find(({ offeringId }) => offeringId === session.offeringId);
  const kept = keptPlaces(session, offering, nearby.by.now);
  const reserve = kept ? Math.max(0, kept.places - session.takenPriority) : 0;
  if (capacity - taken - nearby.seatsGiven(session) - reserve < party.length) return false;
  const rule = offering?.policy?.eligibility;
  for (const { personId } of party) {
    const person = await nearby.person(personId);
    const hasAttended = rule?.afterOfferingId ? await nearby.hasAttended(personId, rule.afterOfferingId) : false;
    if (!person || refusalOfEligibility(session, { ...person, hasAttended }, rule)) return false;
  }
  if (session.providerId === 'center') return true;
  const entry = await nearby.whitelistEntry(session.providerId, session.centerId);
  return permits(entry, { service: session.service, date, priceFen: session.grossPriceFen });
}

/** Places kept for a priority group, as long as they are: not for those who are moved here. */
export function keptPlaces(
  { date, startsAt }: Pick<SessionItem, 'date' | 'startsAt'>,
  offering: OfferingItem | undefined,
  now: Date,
): { places: number } | undefined {
  return keptFor(offering?.policy?.eligibility, epochSeconds(now), epochSeconds(instantOf(date, startsAt)));
}
