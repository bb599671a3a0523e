import type { Authorized } from '../../shared/access/authorize.ts';
import type { BookingRow } from '../../shared/booking/booking-row.ts';
import { type Order, orderById } from '../../shared/booking/orders.ts';
import { shortCodeOf } from '../../shared/contracts/ids.ts';
import { CIVIL_ZONE, civilNow, clockTimeOf } from '../../shared/kernel/days.ts';
import type { Message } from '../../shared/messages/message.ts';
import { sendMessage } from '../../shared/messages/send.ts';
import { profilesOf } from '../people/index.ts';
import { inOrderOfTime } from './rules.ts';
import { centerOfBooking, rowsOf } from './store.ts';

type Kind = 'booking-confirmed' | 'booking-canceled' | 'booking-lapsed' | 'place-offered';

/** What staff booked is told to the person it is for; whoever books for another is told themselves. */
const toldOf = (row: BookingRow): string => (row.byStaff ? row.beneficiaryId : row.actorId);

async function saidOf(by: Authorized, row: BookingRow, kind: string) {
  const [center, people] = await Promise.all([centerOfBooking(by, row.centerId), profilesOf(by, [row.beneficiaryId])]);
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

/** Confirms a booking by message, once for each booking; what is one of an order with several is told with it. */
export async function tellBooked(by: Authorized, row: BookingRow): Promise<void> {
  const order = row.orderId ? await orderById(by, row.orderId) : undefined;
  if (!order || order.places.length === 1) await tell(by, row, 'booking-confirmed');
}

/**
 * Confirms an order of several places, once: one message to whoever booked it. Where staff booked for several people, each of them is told
 * of what is theirs.
 */
export async function tellOrderBooked(by: Authorized, order: Order): Promise<void> {
  if (order.places.length === 1) return;
  const rows = inOrderOfTime(await rowsOf(by, order), false);
  for (const [personId, theirs] of Map.groupBy(rows, toldOf)) {
    const [first] = theirs;
    if (!first) continue;
    if (theirs.length === 1) await tell(by, first, 'booking-confirmed');
    else await sendMessage(await orderMessage(by, order, personId, first, theirs));
  }
}

async function orderMessage(
  by: Authorized,
  { orderId, places }: Order,
  personId: string,
  first: BookingRow,
  rows: readonly BookingRow[],
): Promise<Message> {
  // Named as they were when it was booked.
  const theirs = new Set(rows.map(({ beneficiaryId }) => beneficiaryId));
  const people = [...new Set(places.map((place) => place.personId))].filter((id) => theirs.has(id));
  const profiles = await profilesOf(by, people);
  return {
    kind: 'order-confirmed',
    tenantId: by.tenantId,
    messageId: `order-confirmed:${orderId}:${personId}`,
    language: 'zh',
    personId,
    order: {
      beneficiaryNames: people.map((id) => profiles.get(id)?.name ?? ''),
      count: rows.length,
      titles: [...new Set(rows.map(({ title }) => title.zh))],
      date: first.date,
      startsAt: first.startsAt,
      totalFen: rows.reduce((sum, { chargedFen, residentPriceFen }) => sum + (chargedFen ?? residentPriceFen), 0),
    },
  };
}

/** Tells of a cancellation by message, once for each booking, with what is given back and kept where it cost anything. */
export async function tellCanceled(by: Authorized, row: BookingRow): Promise<void> {
  const { refundFen = 0, keptFen = 0 } = row;
  if (refundFen + keptFen === 0) return tell(by, row, 'booking-canceled');
  const said = await saidOf(by, row, 'booking-canceled');
  await sendMessage({ kind: 'booking-refunded', ...said, refundFen, keptFen });
}

/** Tells who waited that a place is kept for them, and until when; once for each offer. */
export const tellOffered = (by: Authorized, row: BookingRow): Promise<void> => tell(by, row, 'place-offered');

/** Tells that a hold has run out, once for each. */
export const tellLapsed = (by: Authorized, row: BookingRow): Promise<void> => tell(by, row, 'booking-lapsed');
