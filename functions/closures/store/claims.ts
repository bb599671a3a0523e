import type { Authorized } from '../../../shared/access/authorize.ts';
import { type BookingRow, bookingRow } from '../../../shared/booking/items/booking-row.ts';
import {
  type AgendaDayItem,
  agendaDayItem,
  placedRoomDay,
  type RoomDayItem,
  roomDayItem,
} from '../../../shared/booking/items/day-sheet.ts';
import { type Order, order } from '../../../shared/booking/items/order.ts';
import { type SessionItem, sessionItem } from '../../../shared/booking/items/session.ts';
import { type WaitItem, waitItem } from '../../../shared/booking/items/wait.ts';
import type {
  BookingId,
  CenterId,
  OfferingId,
  OrderId,
  PersonId,
  RoomId,
  SessionId,
} from '../../../shared/contracts/common.ts';
import { isoWeekOf } from '../../../shared/kernel/days.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get, getMany, parsedItem, queryAll } from '../../../shared/table/read.ts';

/** The sessions of a center on one date as they stand: consistent, because a claim that was made before it was shut must be seen. */
export function readSessionsOn(by: Authorized, centerId: CenterId, date: string): Promise<SessionItem[]> {
  const pk = keys.booking.sessionWeek(by.tenantId, centerId, isoWeekOf(date));
  return queryAll({ pk, begins: `${date}#` }, sessionItem);
}

export type PlacedSheet = RoomDayItem & { readonly roomId: RoomId; readonly date: string };

/** The sheets of a center's rooms and other resources on one date, as they stand. */
export async function readSheetsOn(by: Authorized, centerId: CenterId, date: string): Promise<PlacedSheet[]> {
  const sheets = await queryAll({ pk: keys.booking.roomWeek(by.tenantId, centerId, isoWeekOf(date)) }, placedRoomDay);
  return sheets.filter((sheet) => sheet.date === date);
}

/** A week of them. */
export const readSheetsOfWeek = (by: Authorized, centerId: CenterId, week: string): Promise<PlacedSheet[]> =>
  queryAll({ pk: keys.booking.roomWeek(by.tenantId, centerId, week) }, placedRoomDay);

/** The sessions of a week. */
export const readSessionsOfWeek = (by: Authorized, centerId: CenterId, week: string): Promise<SessionItem[]> =>
  queryAll({ pk: keys.booking.sessionWeek(by.tenantId, centerId, week) }, sessionItem);

export const readSession = (by: Authorized, sessionId: SessionId): Promise<SessionItem | undefined> =>
  get(keys.booking.session(by.tenantId, sessionId), sessionItem);

export const readSheet = (by: Authorized, roomId: RoomId, date: string): Promise<RoomDayItem | undefined> =>
  get(keys.booking.roomDay(by.tenantId, roomId, date), roomDayItem);

/** Who stands behind the leads of a session's line, in their order; one call for each hundred. */
export async function readWaitEntries(
  by: Authorized,
  sessionId: SessionId,
  leads: readonly string[],
): Promise<(WaitItem | undefined)[]> {
  const found: (WaitItem | undefined)[] = [];
  for (let at = 0; at < leads.length; at += 100) {
    const keyList = leads.slice(at, at + 100).map((lead) => keys.booking.wait(by.tenantId, lead, sessionId));
    found.push(...(await getMany(keyList)).map((item) => (item ? parsedItem(waitItem, item) : undefined)));
  }
  return found;
}

export const readRow = (by: Authorized, personId: PersonId, bookingId: BookingId): Promise<BookingRow | undefined> =>
  get(keys.booking.booking(by.tenantId, personId, bookingId), bookingRow);

/** Orders by id, one call for each hundred. */
export async function ordersById(by: Authorized, orderIds: readonly OrderId[]): Promise<ReadonlyMap<string, Order>> {
  const wanted = [...new Set(orderIds)];
  const found = new Map<string, Order>();
  for (let at = 0; at < wanted.length; at += 100) {
    const keyList = wanted.slice(at, at + 100).map((orderId) => keys.booking.order(by.tenantId, orderId));
    for (const item of await getMany(keyList)) {
      if (!item) continue;
      const parsed = parsedItem(order, item);
      found.set(parsed.orderId, parsed);
    }
  }
  return found;
}

export const readAgenda = (by: Authorized, personId: PersonId, date: string): Promise<AgendaDayItem | undefined> =>
  get(keys.booking.agendaDay(by.tenantId, personId, date), agendaDayItem);

export async function attended(by: Authorized, personId: PersonId, offeringId: OfferingId): Promise<boolean> {
  const [item] = await getMany([keys.booking.attended(by.tenantId, personId, offeringId)]);
  return item !== undefined;
}
