import type { Authorized } from '../../shared/access/authorize.ts';
import { readRows } from '../../shared/booking/facts/bookings.ts';
import { readOrder } from '../../shared/booking/facts/orders.ts';
import type { BookingRow } from '../../shared/booking/items/booking-row.ts';
import type { Order } from '../../shared/booking/items/order.ts';
import type { PersonId } from '../../shared/contracts/common.ts';
import { shortCodeOf } from '../../shared/contracts/ids.ts';
import { CIVIL_ZONE, civilNow, clockTimeOf } from '../../shared/kernel/days.ts';
import type { Message } from '../../shared/messages/message.ts';
import { sendMessage } from '../../shared/messages/send.ts';
import { readCenter } from '../centers/index.ts';
import { readProfiles } from '../people/index.ts';
import { inOrderOfTime } from './rules.ts';

type Kind = 'booking-confirmed' | 'booking-canceled' | 'booking-lapsed' | 'place-offered';
type OrderKind = 'order-confirmed' | 'order-canceled' | 'order-lapsed' | 'order-offered';

/** What staff booked is told to the person it is for; whoever books for another is told themselves. */
const toldOf = (row: BookingRow): string => (row.byStaff ? row.beneficiaryId : row.actorId);

async function saidOf(by: Authorized, row: BookingRow, kind: string) {
  const [center, people] = await Promise.all([readCenter(by, row.centerId), readProfiles(by, [row.beneficiaryId])]);
  return {
    tenantId: by.tenantId,
    // A series is confirmed once, with the first of its bookings; its page and the calendar say the rest.
    messageId: `${kind}:${kind === 'booking-confirmed' && row.seriesId ? row.seriesId : row.bookingId}`,
    language: 'zh' as const,
    personId: toldOf(row),
    booking: {
      beneficiaryName: people.get(row.beneficiaryId)?.name ?? '',
      title: row.title.zh,
      centerName: center?.name.zh ?? row.centerId,
      date: row.date,
      startsAt: row.startsAt,
      shortCode: shortCodeOf(row.bookingId),
      ...(row.heldUntil ? { until: untilText(row.heldUntil) } : {}),
    },
  };
}

async function tell(by: Authorized, row: BookingRow, kind: Kind): Promise<void> {
  await sendMessage({ kind, ...(await saidOf(by, row, kind)) });
}

/** `2026-03-02 17:30` by the civil clock. */
function untilText(instant: string): string {
  const { date, minutes } = civilNow(new Date(instant), CIVIL_ZONE);
  return `${date} ${clockTimeOf(minutes)}`;
}

/** The order that a row is one of several of; `undefined` for a booking by itself. */
async function orderOf(by: Authorized, { orderId }: BookingRow): Promise<Order | undefined> {
  const order = orderId ? await readOrder(by, orderId) : undefined;
  return order && order.places.length > 1 ? order : undefined;
}

/**
 * Confirms a booking by message, once for each booking; what is one of an order with several is told with it, and what a draw gave with
 * the result of the draw.
 */
export async function tellBooked(by: Authorized, row: BookingRow): Promise<void> {
  if (row.roundId) return;
  if (!(await orderOf(by, row))) await tell(by, row, 'booking-confirmed');
}

/** Confirms an order of several places, once. */
export async function tellOrderBooked(by: Authorized, order: Order): Promise<void> {
  if (order.places.length > 1) await tellOrder(by, order, 'order-confirmed', 'booking-confirmed');
}

/**
 * One message for all places of an order, to whoever booked it, whichever of its bookings brings it up. Where staff booked for several
 * people, each of them is told of what is theirs.
 */
async function tellOrder(by: Authorized, order: Order, kind: OrderKind, ofOne: Kind): Promise<void> {
  const rows = inOrderOfTime(await readRows(by, order.places), false);
  for (const [personId, theirs] of Map.groupBy(rows, toldOf)) {
    const [first] = theirs;
    if (!first) continue;
    if (first.byStaff && theirs.length === 1) await tell(by, first, ofOne);
    else await sendMessage(await orderMessage(by, kind, order, personId, first, theirs));
  }
}

async function orderMessage(
  by: Authorized,
  kind: OrderKind,
  { orderId, places, dueAtEpochSeconds }: Order,
  personId: PersonId,
  first: BookingRow,
  rows: readonly BookingRow[],
): Promise<Message> {
  // Named as they were when it was booked; by staff for several, only who is told.
  const named = first.byStaff ? places.filter((place) => place.personId === personId) : places;
  const people = [...new Set(named.map((place) => place.personId))];
  const profiles = await readProfiles(by, people);
  return {
    kind,
    tenantId: by.tenantId,
    messageId: `${kind}:${orderId}:${personId}`,
    language: 'zh',
    personId,
    order: {
      beneficiaryNames: people.map((id) => profiles.get(id)?.name ?? ''),
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
export async function tellCanceled(by: Authorized, row: BookingRow): Promise<void> {
  const { refundFen = 0, keptFen = 0 } = row;
  if (refundFen + keptFen > 0) {
    const said = await saidOf(by, row, 'booking-canceled');
    await sendMessage({ kind: 'booking-refunded', ...said, refundFen, keptFen });
    return;
  }
  const order = await orderOf(by, row);
  if (order?.status === 'released') await tellOrder(by, order, 'order-canceled', 'booking-canceled');
  else await tell(by, row, 'booking-canceled');
}

/** Tells who waited that places are kept for them, and until when; once for each offer. */
export async function tellOffered(by: Authorized, row: BookingRow): Promise<void> {
  const order = await orderOf(by, row);
  if (order) await tellOrder(by, order, 'order-offered', 'place-offered');
  else await tell(by, row, 'place-offered');
}

/** Tells that a hold has run out, once for each. */
export async function tellLapsed(by: Authorized, row: BookingRow): Promise<void> {
  const order = await orderOf(by, row);
  if (order) await tellOrder(by, order, 'order-lapsed', 'booking-lapsed');
  else await tell(by, row, 'booking-lapsed');
}
