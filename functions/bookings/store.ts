import * as z from 'zod';
import type { Authorized } from '../../shared/access/authorize.ts';
import { type BookingRow, bookingRow } from '../../shared/booking/items/booking-row.ts';
import { placedRoomDay } from '../../shared/booking/items/day-sheet.ts';
import type { Order, OrderItem } from '../../shared/booking/items/order.ts';
import { type SessionItem, sessionItem } from '../../shared/booking/items/session.ts';
import { readOrder } from '../../shared/booking/order/order.ts';
import { pricingFor } from '../../shared/booking/price/pricing.ts';
import type { OfferTerms } from '../../shared/booking/waitlist/promote.ts';
import type { CenterId, OfferingId, PersonId, RoomId, SessionId } from '../../shared/contracts/common.ts';
import type { OfferingPolicy } from '../../shared/contracts/policy.ts';
import { addDays, isoWeekOf } from '../../shared/kernel/days.ts';
import { centerOf, keys } from '../../shared/table/keys.ts';
import { get, getMany, parsedItem, queryAll, queryPage } from '../../shared/table/read.ts';
import { put, remove } from '../../shared/table/write.ts';
import { readOffering, readRoom } from '../centers/index.ts';
import { readProfiles } from '../people/index.ts';

/** At most `limit` bookings of a person that sort before `beforeSk`, the latest first. */
export async function rowsBefore(
  by: Authorized,
  personId: PersonId,
  beforeSk: string,
  limit: number,
): Promise<BookingRow[]> {
  const between = ['BOOKING#', beforeSk] as const;
  // BETWEEN includes its ends: one more is asked for, and the end itself is left out.
  const page = await queryPage(
    { pk: keys.booking.agenda(by.tenantId, personId), between, newestFirst: true, limit: limit + 1 },
    bookingRow,
  );
  return page.items.filter(({ bookingId }) => `BOOKING#${bookingId}` !== beforeSk).slice(0, limit);
}

export async function readRoomName(by: Authorized, roomId: RoomId) {
  const room = await readRoom(by, roomId);
  return room?.name ?? { zh: roomId, en: roomId };
}

/**
 * The claims of a center in the ISO week of `date` and the one after: sessions with their seats, and rooms' sheets with their dates. On a
 * Monday the week before as well: what ends late on a Sunday is looked at when Monday has begun.
 */
export async function readClaimsOfCenter(by: Authorized, centerId: CenterId, date: string) {
  const weeks = [...new Set([addDays(date, -1), date, addDays(date, 7)].map(isoWeekOf))];
  const sessions = await Promise.all(
    weeks.map((week) =>
      queryAll({ pk: keys.booking.sessionWeek(by.tenantId, centerId, week), relaxed: true }, sessionItem),
    ),
  );
  const sheets = await Promise.all(
    weeks.map((week) =>
      queryAll({ pk: keys.booking.roomWeek(by.tenantId, centerId, week), relaxed: true }, placedRoomDay),
    ),
  );
  return { sessions: sessions.flat(), sheets: sheets.flat() };
}

/** How long the offering keeps a freed place for whoever was waiting, and what it costs a party of them. */
export async function readOfferTerms(
  by: Authorized,
  session: SessionItem,
  party: readonly string[],
): Promise<OfferTerms> {
  const [policy, profiles] = await Promise.all([policyOf(by, session.offeringId), readProfiles(by, party)]);
  const people = party.map((personId) => ({ personId, birthDate: profiles.get(personId)?.birthDate }));
  const pricing = pricingFor({ parties: [{ session, beneficiaryIds: party }], people, policyOf: () => policy });
  return { minutes: policy?.offerMinutes, pricing };
}

/** The rules of an offering as they stand; `undefined` when it has none. */
export async function policyOf(by: Authorized, offeringId: OfferingId): Promise<OfferingPolicy | undefined> {
  return (await readOffering(by, offeringId))?.policy;
}

export const sessionById = (by: Authorized, sessionId: SessionId): Promise<SessionItem | undefined> =>
  get(keys.booking.session(by.tenantId, sessionId), sessionItem);

/** The rows of an order that have been written. */
export async function rowsOf(by: Authorized, { places }: Pick<Order, 'places'>): Promise<BookingRow[]> {
  const wanted = new Map(
    places.map(({ personId, bookingId }) => [`${personId} ${bookingId}`, { personId, bookingId }]),
  );
  const items = await getMany(
    [...wanted.values()].map(({ personId, bookingId }) => keys.booking.booking(by.tenantId, personId, bookingId)),
  );
  return items.flatMap((item) => (item ? [parsedItem(bookingRow, item)] : []));
}

export const centerOfItem = (place: OrderItem): string =>
  centerOf('sessionId' in place ? place.sessionId : place.roomId);

/** Keeps the list of what waits for a center's approval equal to the order, as it stands. */
export async function listApproval(
  by: Authorized,
  { orderId, heldFor, dueAtEpochSeconds, places }: Order,
): Promise<void> {
  if (heldFor !== 'approval' || !places[0]) return;
  const order = await readOrder(by, orderId);
  const due = dueAtEpochSeconds ?? order?.dueAtEpochSeconds;
  const centerId = centerOfItem(places[0]);
  if (order?.status === 'held' && due !== undefined) {
    const key = keys.booking.approval(by.tenantId, centerId, due, orderId);
    await put({ key, item: { orderId, ttlEpochSeconds: due + 86_400 } });
    return;
  }
  for (const { sk } of await readApprovals(by, centerId))
    if (sk.endsWith(`#${orderId}`)) await remove({ key: { pk: keys.booking.approvals(by.tenantId, centerId), sk } });
}

const approvalPointer = z.object({ sk: z.string(), orderId: z.string() });

/** What waits for a center's approval, the most urgent first. */
export const readApprovals = (by: Authorized, centerId: CenterId) =>
  queryAll({ pk: keys.booking.approvals(by.tenantId, centerId) }, approvalPointer);
