import type * as z from 'zod';
import type { Authorized } from '../../shared/access/authorize.ts';
import type { CenterId, RoomId } from '../../shared/contracts/common.ts';
import type { availabilityAnswer, availabilityQuery, RoomsWeek } from '../../shared/contracts/rooms.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { addDays, civilNow, datesBetween, mondayOfWeek } from '../../shared/kernel/days.ts';
import { readRooms } from '../centers/index.ts';
import { busyStretches, freeQuarters, quartersToStart, roomDaySeen, stretchesOf } from './rules.ts';
import { readCenterOpening, readRequiredOffering, readRoomOpening, readSheets, readSheetsOfWeek } from './store.ts';

/** A room day by day: open hours, what is taken, and when a booking could start. Refuses `not-found`. */
export async function readAvailability(
  by: Authorized,
  roomId: RoomId,
  { from, days, offeringId }: z.output<typeof availabilityQuery>,
): Promise<z.input<typeof availabilityAnswer>> {
  const to = addDays(from, days - 1);
  const [{ room, center, on, rules }, sheets, offering] = await Promise.all([
    readRoomOpening(by, roomId, from, to),
    readSheets(by, roomId, from, to),
    offeringId ? readRequiredOffering(by, offeringId) : undefined,
  ]);
  const civil = { ...civilNow(by.now, center.zone), epochSeconds: epochSeconds(by.now) };
  const now = { ...civil, farthestDaysAhead: rules.roomDaysAhead };
  return {
    roomId,
    days: datesBetween(from, to).map((date) => roomDaySeen(room, on(date), sheets.get(date), now, offering)),
  };
}

/**
 * Every room of a center that can be booked, through one ISO week: one query brings its sheets, one its rooms, however many they are,
 * and one read of single items when it is open. Refuses `not-found`.
 */
export async function readRoomsWeek(by: Authorized, centerId: CenterId, week: string): Promise<RoomsWeek> {
  const from = mondayOfWeek(week);
  const dates = datesBetween(from, addDays(from, 6));
  const [{ center, on, rules }, rooms, sheets] = await Promise.all([
    readCenterOpening(by, centerId, from, addDays(from, 6)),
    readRooms(by, centerId),
    readSheetsOfWeek(by, centerId, week),
  ]);
  const civil = { ...civilNow(by.now, center.zone), epochSeconds: epochSeconds(by.now) };
  const now = { ...civil, farthestDaysAhead: rules.roomDaysAhead };
  const days = dates.map((date) => {
    const opening = on(date);
    return { date, hours: opening.hours, reason: opening.reason, toStart: quartersToStart(opening, now) };
  });
  return {
    centerId,
    week,
    days,
    rooms: rooms
      .filter(({ kind, bookable }) => kind === 'room' && bookable)
      .map((room) => ({
        ...room,
        days: days.map(({ date, toStart }) => {
          const sheet = sheets.get(`${room.roomId}#${date}`);
          const free = freeQuarters(room, toStart, sheet, now);
          return { date, busy: busyStretches(sheet, now), free: stretchesOf(free) };
        }),
      })),
  };
}
