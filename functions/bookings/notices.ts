import type { Authorized } from '../../shared/access/authorize.ts';
import { readRows } from '../../shared/booking/facts/bookings.ts';
import { orderFactFrom, orderFactKey } from '../../shared/booking/facts/orders.ts';
import type { BookingRow } from '../../shared/booking/items/booking-row.ts';
import type { Order } from '../../shared/booking/items/order.ts';
import type { PersonId } from '../../shared/contracts/common.ts';
import { shortCodeOf } from '../../shared/contracts/ids.ts';
import { CIVIL_ZONE, civilNow, clockTimeOf } from '../../shared/kernel/days.ts';
import type { Message } from '../../shared/messages/message.ts';
import type { ReadableKey } from '../../shared/table/keys.ts';
import { type Known, readKnown } from '../../shared/table/read.ts';
import { centerFactFrom, centerFactKey } from '../centers/index.ts';
import { profileFactFrom, profileFactKey } from '../people/index.ts';
import { inOrderOfTime } from './rules.ts';

type Kind = 'booking-confirmed' | 'booking-canceled' | 'booking-lapsed' | 'place-offered';
type OrderKind = 'order-confirmed' | 'order-canceled' | 'order-lapsed' | 'order-offered';

/** What staff booked is told to the person it is for; whoever books for another is told themselves. */
const toldOf = (row: BookingRow): string => (row.byStaff ? row.beneficiaryId : row.actorId);

/** What a message about a booking says besides: of its center, of who it is for, and of the order that it is one of several of. */
export const noticeNeeds = (by: Authorized, row: BookingRow): ReadableKey[] => [
  centerFactKey(by.tenantId, row.centerId),
  profileFactKey(by.tenantId, row.beneficiaryId),
  ...(row.orderId ? [orderFactKey(by.tenantId, row.orderId)] : []),
];

function saidOf(by: Authorized, known: Known, row: BookingRow, kind: string) {
  const center = centerFactFrom(known(centerFactKey(by.tenantId, row.centerId)));
  const person = profileFactFrom(known(profileFactKey(by.tenantId, row.beneficiaryId)));
  return {
    tenantId: by.tenantId,
    // A series is confirmed once, with the first of its bookings; its page and the calendar say the rest.
    messageId: `${kind}:${kind === 'booking-confirmed' && row.seriesId ? row.seriesId : row.bookingId}`,
    language: 'zh' as const,
    personId: toldOf(row),
    booking: {
      beneficiaryName: person?.name ?? '',
      title: row.title.zh,
      centerName: center?.name.zh ?? row.centerId,
      date: row.date,
      startsAt: row.startsAt,
      shortCode: shortCodeOf(row.bookingId),
      ...(row.heldUntil ? { until: untilText(row.heldUntil) } : {}),
    },
  };
}

const told = (by: Authorized, known: Known, row: BookingRow, kind: Kind): Message => ({
  kind,
  ...saidOf(by, known, row, kind),
});

/** `2026-03-02 17:30` by the civil clock. */
function untilText(instant: string): string {
  const { date, minutes } = civilNow(new Date(instant), CIVIL_ZONE);
  return `${date} ${clockTimeOf(minutes)}`;
}

const orderOf = (by: Authorized, known: Known, { orderId }: BookingRow): Order | undefined =>
  orderId ? orderFactFrom(known(orderFactKey(by.tenantId, orderId))) : undefined;

/** The order that a row is one of several of; `undefined` for a booking by itself. */
function severalOf(by: Authorized, known: Known, row: BookingRow): Order | undefined {
  const order = orderOf(by, known, row);
  return order && order.places.length > 1 ? order : undefined;
}

/** Confirms a booking by message, once for each booking; what is one of an order with several is told with it. */
export async function sayBooked(by: Authorized, known: Known, row: BookingRow): Promise<Message[]> {
  return severalOf(by, known, row) ? [] : [told(by, known, row, 'booking-confirmed')];
}

/** Confirms an order of several places, once. */
export async function sayOrderBooked(by: Authorized, order: Order): Promise<Message[]> {
  return order.places.length > 1 ? sayOrder(by, order, 'order-confirmed', 'booking-confirmed') : [];
}

/**
 * One message for all places of an order, to whoever booked it, whichever of its bookings brings it up. Where staff booked for several
 * people, each of them is told of what is theirs.
 */
async function sayOrder(by: Authorized, order: Order, kind: OrderKind, ofOne: Kind): Promise<Message[]> {
  const rows = inOrderOfTime(await readRows(by, order.places), false);
  const known = await readKnown([
    ...rows.flatMap((row) => noticeNeeds(by, row)),
    ...order.places.map(({ personId }) => profileFactKey(by.tenantId, personId)),
  ]);
  return [...Map.groupBy(rows, toldOf)].flatMap(([personId, theirs]) => {
    const [first] = theirs;
    if (!first) return [];
    if (first.byStaff && theirs.length === 1) return [told(by, known, first, ofOne)];
    return [orderMessage(by, known, kind, order, personId, first, theirs)];
  });
}

function orderMessage(
  by: Authorized,
  known: Known,
  kind: OrderKind,
  { orderId, places, dueAtEpochSeconds }: Order,
  personId: PersonId,
  first: BookingRow,
  rows: readonly BookingRow[],
): Message {
  // Named as they were when it was booked; by staff for several, only who is told.
  const named = first.byStaff ? places.filter((place) => place.personId === personId) : places;
  const people = [...new Set(named.map((place) => place.personId))];
  return {
    kind,
    tenantId: by.tenantId,
    messageId: `${kind}:${orderId}:${personId}`,
    language: 'zh',
    personId,
    order: {
      beneficiaryNames: people.map((id) => profileFactFrom(known(profileFactKey(by.tenantId, id)))?.name ?? ''),
      count: named.length,
      titles: [...new Set(rows.map(({ title }) => title.zh))],
      date: first.date,
      startsAt: first.startsAt,
      totalFen: rows.reduce((sum, { chargedFen, residentPriceFen }) => sum + (chargedFen ?? residentPriceFen), 0),
      ...(dueAtEpochSeconds ? { until: untilText(new Date(dueAtEpochSeconds * 1_000).toISOString()) } : {}),
    },
  };
}

/**
 * Tells of a cancellation by message, with what is given back and kept where it cost anything: once for each booking, and once for an
 * order that ended as a whole before it was booked.
 */
export async function sayCanceled(by: Authorized, known: Known, row: BookingRow): Promise<Message[]> {
  const { refundFen = 0, keptFen = 0 } = row;
  if (refundFen + keptFen > 0) {
    const said = saidOf(by, known, row, 'booking-canceled');
    return [{ kind: 'booking-refunded', ...said, refundFen, keptFen }];
  }
  const order = severalOf(by, known, row);
  if (order?.status === 'released') return sayOrder(by, order, 'order-canceled', 'booking-canceled');
  return [told(by, known, row, 'booking-canceled')];
}

/** Tells who waited that places are kept for them, and until when; once for each offer. What a closure offers it tells itself. */
export async function sayOffered(by: Authorized, known: Known, row: BookingRow): Promise<Message[]> {
  if (orderOf(by, known, row)?.closureId !== undefined) return [];
  const order = severalOf(by, known, row);
  return order ? sayOrder(by, order, 'order-offered', 'place-offered') : [told(by, known, row, 'place-offered')];
}

/** Tells that a hold has run out, once for each. */
export async function sayLapsed(by: Authorized, known: Known, row: BookingRow): Promise<Message[]> {
  const order = severalOf(by, known, row);
  return order ? sayOrder(by, order, 'order-lapsed', 'booking-lapsed') : [told(by, known, row, 'booking-lapsed')];
}
