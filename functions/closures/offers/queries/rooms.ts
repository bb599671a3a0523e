import { fits, occupancyOf, type RoomDayItem } from '../../../../shared/booking/items/day-sheet.ts';
import type { RoomId } from '../../../../shared/contracts/common.ts';
import { epochSeconds } from '../../../../shared/kernel/clock.ts';
import {
  addDays,
  civilNow,
  clockTimeOf,
  isoWeekOf,
  minutesOf,
  quartersBetween,
} from '../../../../shared/kernel/days.ts';
import type { CenterItem, OfferingItem, RoomItem } from '../../../centers/index.ts';
import { bufferQuartersOf, priceOf, whyNotBookable } from '../../../rooms/index.ts';
import type { CaseItem } from '../../cases/items.ts';
import { quartersShut, type Shutting } from '../../shutting/rules.ts';
import type { Found } from '../items.ts';
import { kindOfProvider, NEAR_DAYS, nameOfPlace, nearDays, reachDays, shiftsOf, slugOf } from '../rules.ts';
import { isSoon, type Nearby } from './nearby.ts';

/** A place in a center: what the room is booked under there, and what is there in the place of what came with it. */
type Setting = {
  readonly center: CenterItem;
  readonly rooms: readonly RoomItem[];
  readonly offering: OfferingItem | undefined;
  readonly companions: readonly (readonly RoomItem[])[];
};

/** The nearest room or other resource like the lost one; see `equalPlace`. */
export async function findEqualRoom(nearby: Nearby, shutting: Shutting, lost: CaseItem): Promise<Found | undefined> {
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
  const isOpen = (resourceId: RoomId, buffers: readonly [number, number]) =>
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
  resourceId: RoomId,
  { date, startsAt, endsAt }: Stretch,
  buffers: readonly [number, number],
): boolean {
  const shut = new Set(quartersShut(what, centerId, resourceId, date));
  if (quartersBetween(startsAt, endsAt).some((quarter) => shut.has(quarter))) return false;
  const occupied = occupancyOf(sheet, epochSeconds(nearby.by.now), nearby.isOver);
  const busy = new Set([...occupied.busy, ...nearby.quartersGiven(resourceId, date)]);
  return fits({ ...occupied, busy }, startsAt, endsAt, [buffers[0], buffers[1]]);
}
