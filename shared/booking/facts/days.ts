import * as z from 'zod';
import type { Authorized } from '../../access/authorize.ts';
import type { CenterId, PersonId, RoomId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import { isoWeekOf, isoWeeksBetween } from '../../kernel/days.ts';
import type { RawItem } from '../../table/conditions.ts';
import { centerOf, keys, type ReadableKey } from '../../table/keys.ts';
import { get, parsedItem, queryAll } from '../../table/read.ts';
import {
  type AgendaDayItem,
  agendaDayItem,
  type ListedRoomDay,
  listedRoomDay,
  type PlacedRoomDay,
  placedRoomDay,
  type RoomDayItem,
  roomDayItem,
} from '../items/day-sheet.ts';

/** A resource's day, for a batch of the caller's own; {@link roomDayFactFrom} says what it holds. */
export const roomDayFactKey = (tenantId: TenantId, roomId: RoomId, date: string): ReadableKey =>
  keys.booking.roomDay(tenantId, roomId, date);
export const roomDayFactFrom = (item: RawItem | undefined): RoomDayItem | undefined =>
  item && parsedItem(roomDayItem, item);

export const readRoomDay = (by: Authorized, roomId: RoomId, date: string): Promise<RoomDayItem | undefined> =>
  get(roomDayFactKey(by.tenantId, roomId, date), roomDayItem);

/**
 * When one resource is taken from one date to another, which may miss the last second: one query for each ISO week touched. A date without
 * a sheet is missing.
 */
export async function readListedRoomDays(
  by: Authorized,
  roomId: RoomId,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<ListedRoomDay[]> {
  const between = [`${roomId}#${from}`, `${roomId}#${to}`] as const;
  const pkOf = (week: string) => keys.booking.roomWeek(by.tenantId, centerOf(roomId), week);
  const found = await Promise.all(
    isoWeeksBetween(from, to).map((week) => queryAll({ pk: pkOf(week), between, relaxed: true }, listedRoomDay)),
  );
  return found.flat();
}

/** When all resources of a center are taken in an ISO week, which may miss the last second: one query, which is how they lie together. */
export const readListedRoomDaysOfWeek = (by: Authorized, centerId: CenterId, week: string): Promise<ListedRoomDay[]> =>
  queryAll({ pk: keys.booking.roomWeek(by.tenantId, centerId, week), relaxed: true }, listedRoomDay);

/** The days of one resource in an ISO week. */
export const readRoomWeek = (
  by: Authorized,
  roomId: RoomId,
  week: string,
  how?: { relaxed: boolean },
): Promise<PlacedRoomDay[]> =>
  queryAll(
    { pk: keys.booking.roomWeek(by.tenantId, centerOf(roomId), week), begins: `${roomId}#`, ...how },
    placedRoomDay,
  );

/** The days of all resources of a center in an ISO week: one query, which is how they lie together. */
export const readRoomDaysOfWeek = (
  by: Authorized,
  centerId: CenterId,
  week: string,
  how?: { relaxed: boolean },
): Promise<PlacedRoomDay[]> =>
  queryAll({ pk: keys.booking.roomWeek(by.tenantId, centerId, week), ...how }, placedRoomDay);

/** The day of all resources of a center, as they stand: one query of the week. */
export async function readRoomDaysOn(by: Authorized, centerId: CenterId, date: string): Promise<PlacedRoomDay[]> {
  const days = await readRoomDaysOfWeek(by, centerId, isoWeekOf(date));
  return days.filter((day) => day.date === date);
}

/** A person's own day, for a batch of the caller's own; {@link agendaDayFactFrom} says what it holds. */
export const agendaDayFactKey = (tenantId: TenantId, personId: PersonId, date: string): ReadableKey =>
  keys.booking.agendaDay(tenantId, personId, date);
export const agendaDayFactFrom = (item: RawItem | undefined): AgendaDayItem | undefined =>
  item && parsedItem(agendaDayItem, item);

export const readAgendaDay = (by: Authorized, personId: PersonId, date: string): Promise<AgendaDayItem | undefined> =>
  get(agendaDayFactKey(by.tenantId, personId, date), agendaDayItem);

const placedAgendaDay = z.object({ sk: z.string() }).and(agendaDayItem);

/** A person's days that have anything in them, by date: one query, which may miss the last second. */
export async function readAgendaDaysBetween(
  by: Authorized,
  personId: PersonId,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Map<string, AgendaDayItem>> {
  const between = [`DAY#${from}`, `DAY#${to}`] as const;
  const pk = keys.booking.agenda(by.tenantId, personId);
  const days = await queryAll({ pk, between, relaxed: true }, placedAgendaDay);
  return new Map(days.map((day) => [day.sk.slice('DAY#'.length), day]));
}
