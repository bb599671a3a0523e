import { keptFor, refusalOfEligibility } from '../../../../shared/booking/book/eligibility.ts';
import { fits, occupancyOf, type RoomDayItem } from '../../../../shared/booking/items/day-sheet.ts';
import type { SessionItem } from '../../../../shared/booking/items/session.ts';
import { epochSeconds } from '../../../../shared/kernel/clock.ts';
import {
  addDays,
  civilNow,
  clockTimeOf,
  daysBetween,
  instantOf,
  isoWeekOf,
  minutesOf,
  quartersBetween,
} from '../../../../shared/kernel/days.ts';
import { partsOfSessionId } from '../../../../shared/table/keys.ts';
import type { CenterItem, OfferingItem, RoomItem } from '../../../centers/index.ts';
import { permits } from '../../../operators/index.ts';
import { bufferQuartersOf, priceOf, whyNotBookable } from '../../../rooms/index.ts';
import type { CaseItem } from '../../items.ts';
import {
  compareDistance,
  NEAR_DAYS,
  NOTICE_MINUTES,
  nearDays,
  quartersShut,
  reachDays,
  sessionDistance,
  shiftsOf,
  shutsSession,
} from '../../rules.ts';
import type { Shutting } from '../../shutting/queries.ts';
import type { Found, Nearby } from './nearby.ts';

/** What names a place among those that were tried. */
export const nameOfPlace = ({
  sessionId,
  roomId,
  date,
  startsAt,
}: Pick<Found, 'sessionId' | 'roomId' | 'date' | 'startsAt'>): string => sessionId ?? `${roomId} ${date} ${startsAt}`;

/** Who loses one place together, or one person alone. */
export type Party = readonly [CaseItem, ...CaseItem[]];

/**
 * The nearest place like the lost one that has room for the whole party as far as was read, and that each of them could go to: same kind,
 * not shut by this closure, at least an hour and no more days ahead than the city says, and not tried before. `undefined` when there is
 * none. Nobody pays more there than for what they lose: {@link priceFor}.
 */
export async function equalPlace(nearby: Nearby, shutting: Shutting, party: Party): Promise<Found | undefined> {
  const [first] = party;
  return first.kind === 'session' ? equalSession(nearby, shutting, party) : equalRoom(nearby, shutting, first);
}

/** What one of the party pays in the found place. */
export const priceFor = ({ priceFen }: Pick<CaseItem, 'priceFen'>, found: Found): number =>
  Math.min(priceFen, found.priceFen);

const isSoon = (nearby: Nearby, date: string, startsAt: string): boolean =>
  instantOf(date, startsAt).getTime() < nearby.by.now.getTime() + NOTICE_MINUTES * 60_000;

/* sessions */

const kindOfProvider = (providerId: string): string => (providerId === 'center' ? 'center' : 'operator');
const slugOf = (offeringId: string): string => offeringId.slice(offeringId.lastIndexOf('.') + 1);

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

async function equalSession(nearby: Nearby, shutting: Shutting, party: Party): Promise<Found | undefined> {
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
  const { sessionId, status, queue, seats, capacity, taken, date, startsAt } = session;
  if (status !== 'open' || queue.length > 0) return false;
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

/* rooms and other resources */

/** A place in a center: what the room is booked under there, and what is there in the place of what came with it. */
type Setting = {
  readonly center: CenterItem;
  readonly rooms: readonly RoomItem[];
  readonly offering: OfferingItem | undefined;
  readonly companions: readonly (readonly RoomItem[])[];
};

async function equalRoom(nearby: Nearby, shutting: Shutting, lost: CaseItem): Promise<Found | undefined> {
  const { rooms: ownRooms, offerings: ownOfferings } = await nearby.catalog(shutting.centerId);
  const lostRoom = ownRooms.find(({ roomId }) => roomId === lost.roomId);
  if (!lostRoom) return undefined;
  const came = lost.with.map((resourceId) => ownRooms.find(({ roomId }) => roomId === resourceId));
  const under = ownOfferings.find(({ offeringId }) => offeringId === lost.offeringId);
  for (const center of await nearby.centersAround(shutting.centerId)) {
    const { rooms, offerings } = await nearby.catalog(center.centerId);
    const offering = under && offerings.find((one) => isLikeOffering(under, one));
    if (lost.offeringId && !offering) continue;
    const setting = {
      center,
      offering,
      rooms: rooms
        .filter((room) => room.bookable && room.kind === lostRoom.kind && room.seats >= lostRoom.seats)
        // The lost one itself first, at another time; then the smallest that holds everybody.
        .sort(
          (a, b) =>
            Number(b === lostRoom) - Number(a === lostRoom) || a.seats - b.seats || (a.roomId < b.roomId ? -1 : 1),
        ),
      companions: came.map((wanted) =>
        rooms.filter((one) => wanted && isLikeResource(wanted, one)).sort((a) => (a === wanted ? -1 : 1)),
      ),
    };
    const found = await roomIn(nearby, shutting, lost, setting);
    if (found) return found;
  }
  return undefined;
}

const isLikeOffering = (a: OfferingItem, b: OfferingItem): boolean =>
  slugOf(a.offeringId) === slugOf(b.offeringId) &&
  a.service === b.service &&
  kindOfProvider(a.providerId) === kindOfProvider(b.providerId);
const isLikeResource = (a: RoomItem, b: RoomItem): boolean => a.kind === b.kind && (a === b || a.name.zh === b.name.zh);

async function roomIn(
  nearby: Nearby,
  shutting: Shutting,
  lost: CaseItem,
  setting: Setting,
): Promise<Found | undefined> {
  const [first, last] = [addDays(lost.date, -NEAR_DAYS), addDays(lost.date, NEAR_DAYS)];
  const { center, on } = await nearby.opening(setting.center.centerId, first, last);
  const now = civilNow(nearby.by.now, center.zone);
  const farthest = reachDays((await nearby.rules()).roomDaysAhead, now.date, lost.date);
  const minutes = minutesOf(lost.endsAt) - minutesOf(lost.startsAt);
  for (const days of nearDays) {
    const date = addDays(lost.date, days);
    for (const shift of shiftsOf(days === 0)) {
      const from = minutesOf(lost.startsAt) + shift;
      if (from < 0 || from + minutes > 24 * 60) continue;
      const stretch = { date, startsAt: clockTimeOf(from), endsAt: clockTimeOf(from + minutes) };
      if (isSoon(nearby, date, stretch.startsAt)) continue;
      for (const room of setting.rooms) {
        if (
          lost.refused.includes(nameOfPlace({ roomId: room.roomId, ...stretch })) ||
          whyNotBookable(room, on(date), stretch, now, farthest)
        )
          continue;
        const place = await placeIn(nearby, shutting, setting, room, stretch);
        if (place && (await nearby.isFree(lost, place))) return place;
      }
    }
  }
  return undefined;
}

type Stretch = { readonly date: string; readonly startsAt: string; readonly endsAt: string };

async function placeIn(
  nearby: Nearby,
  shutting: Shutting,
  { center, offering, companions }: Setting,
  room: RoomItem,
  stretch: Stretch,
): Promise<Found | undefined> {
  const { startsAt, endsAt, date } = stretch;
  const sheets = await nearby.sheets(center.centerId, isoWeekOf(date));
  const isOpen = (resourceId: string, buffers: readonly [number, number]) =>
    isFreeOn(nearby, shutting, sheets.get(`${resourceId}#${date}`), resourceId, stretch, buffers);
  const buffers = bufferQuartersOf(room, offering);
  if (!isOpen(room.roomId, buffers)) return undefined;
  const chosen: string[] = [];
  for (const candidates of companions) {
    const one = candidates.find(({ roomId }) => !chosen.includes(roomId) && isOpen(roomId, [0, 0]));
    if (!one) return undefined;
    chosen.push(one.roomId);
  }
  return {
    kind: 'room',
    roomId: room.roomId,
    centerId: center.centerId,
    centerName: center.name,
    title: room.name,
    ...stretch,
    priceFen: priceOf(offering, startsAt, endsAt),
    with: chosen,
    buffers,
    ...(offering ? { offeringId: offering.offeringId } : {}),
  };
}

function isFreeOn(
  nearby: Nearby,
  { what, centerId }: Shutting,
  sheet: RoomDayItem | undefined,
  resourceId: string,
  { date, startsAt, endsAt }: Stretch,
  buffers: readonly [number, number],
): boolean {
  const shut = new Set(quartersShut(what, centerId, resourceId, date));
  if (quartersBetween(startsAt, endsAt).some((quarter) => shut.has(quarter))) return false;
  const occupied = occupancyOf(sheet, epochSeconds(nearby.by.now), nearby.isOver);
  const busy = new Set([...occupied.busy, ...nearby.quartersGiven(resourceId, date)]);
  return fits({ ...occupied, busy }, startsAt, endsAt, [buffers[0], buffers[1]]);
}
