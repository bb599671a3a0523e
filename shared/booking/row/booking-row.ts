import * as z from 'zod';
import { type Booking, booking } from '../../contracts/bookings.ts';
import type { Localized } from '../../contracts/common.ts';
import { shortCodeOf } from '../../contracts/ids.ts';
import { centerOf } from '../../table/keys.ts';
import { bufferQuarters, type RoomEntry } from '../items/day-sheet.ts';
import type { Seat, SessionItem } from '../items/session.ts';
import type { Order } from '../order/order.ts';

/**
 * A booking row, `AGENDA#<person> / BOOKING#<bookingId>`: what people read. It is derived: everything in it comes from the claim
 * (a seat, or an entry of a room's sheet), so that it can be written again by anyone, at any time, to the same content.
 */
export const bookingRow = booking.omit({ beneficiaryName: true, shortCode: true }).extend({
  is: z.literal('booking'),
  h: z.string(),
  /** Buffers of a room booking, to give back what was taken. */
  buffers: bufferQuarters.optional(),
  /** What was charged at first, and how often it was priced again, where its price has changed since. */
  chargedFen: z.int().optional(),
  repricings: z.int().optional(),
  /** Of a canceled one: by how much the prices of others in its order have changed with it, by booking. */
  moved: z.record(z.string(), z.int()).optional(),
});
export type BookingRow = z.infer<typeof bookingRow>;

export function stateOfSeat(seat: Seat): 'booked' | 'checked-in' | 'checked-out' | 'no-show' | 'excused' {
  if (seat.x) return 'checked-out';
  if (seat.i) return 'checked-in';
  return seat.n === undefined ? 'booked' : seat.n ? 'no-show' : 'excused';
}

/** The order that decides about a claim, as far as a row tells of it: `undefined` for a claim that counts by itself. */
export type Deciding = Pick<Order, 'status' | 'heldFor' | 'dueAtEpochSeconds'> | undefined;

/** A place that waits for somebody's word is shown as held, with what it waits for and until when. */
function heldPart(order: Deciding): Partial<Pick<BookingRow, 'state' | 'heldFor' | 'heldUntil'>> {
  if (order?.status !== 'held') return {};
  return {
    state: 'held',
    ...(order.heldFor ? { heldFor: order.heldFor } : {}),
    ...(order.dueAtEpochSeconds ? { heldUntil: new Date(order.dueAtEpochSeconds * 1_000).toISOString() } : {}),
  };
}

/** `<date>T<time>` by the rule of a series, and how often the occurrence was moved. */
function seriesPart(of: readonly [string, string, number] | undefined): Partial<BookingRow> {
  if (!of) return {};
  const [seriesId, at, sequence] = of;
  return { seriesId, recurrence: { date: at.slice(0, 10), startsAt: at.slice(11) }, sequence };
}

/** What was agreed about canceling it, and what became of its price. */
function pricePart({ k, q, v }: Pick<Seat, 'k' | 'q' | 'v'>): Partial<BookingRow> {
  return {
    ...(k ? { cancellation: k.map(([underHours, keepPercent]) => ({ underHours, keepPercent })) } : {}),
    ...(q === undefined ? {} : { chargedFen: q }),
    ...(v ? { repricings: v.length } : {}),
  };
}

export function rowOfSeat(session: SessionItem, personId: string, seat: Seat, order?: Deciding): BookingRow {
  return {
    is: 'booking',
    bookingId: seat.b,
    ...(seat.o ? { orderId: seat.o } : {}),
    kind: 'session',
    state: stateOfSeat(seat),
    beneficiaryId: personId,
    actorId: seat.a,
    byStaff: seat.r !== undefined,
    ...(seat.r ? { reason: seat.r } : {}),
    centerId: session.centerId,
    title: session.title,
    ...(session.roomId ? { roomId: session.roomId } : {}),
    sessionId: session.sessionId,
    service: session.service,
    date: session.date,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    offeringId: session.offeringId,
    residentPriceFen: seat.c ?? session.residentPriceFen,
    ...(seat.w ? { paidWith: seat.w } : {}),
    ...pricePart(seat),
    createdAt: seat.t,
    h: seat.h,
    ...(seat.d ? { roundId: seat.d } : {}),
    ...seriesPart(seat.z),
    ...heldPart(order),
  };
}

/** `undefined` for the entry of a session, which is nobody's booking. */
export function rowOfRoomEntry(
  room: { roomId: string; name: Localized },
  date: string,
  bookingId: string,
  entry: RoomEntry,
  order?: Deciding,
): BookingRow | undefined {
  if (!entry.p || !entry.a || !entry.t) return undefined;
  return {
    is: 'booking',
    bookingId,
    ...(entry.o ? { orderId: entry.o } : {}),
    kind: 'room',
    state: 'booked',
    beneficiaryId: entry.p,
    actorId: entry.a,
    byStaff: entry.b !== undefined,
    ...(entry.b ? { reason: entry.b } : {}),
    centerId: centerOf(room.roomId),
    title: room.name,
    roomId: room.roomId,
    date,
    startsAt: entry.s,
    endsAt: entry.e,
    residentPriceFen: entry.c ?? 0,
    ...pricePart({ k: entry.k }),
    ...(entry.u ? { purpose: entry.u } : {}),
    ...(entry.f ? { offeringId: entry.f } : {}),
    ...(entry.w ? { with: entry.w } : {}),
    ...(entry.g ? { buffers: entry.g } : {}),
    ...(entry.l ? { freeHours: entry.l[0] / 4, pricedHours: entry.l[1] / 4 } : {}),
    ...(entry.y ? { organizationId: entry.y } : {}),
    createdAt: entry.t,
    h: entry.h ?? '',
    ...seriesPart(entry.r),
    ...heldPart(order),
  };
}

/** The row as it leaves the system. */
export function publicBooking({ is: _is, h: _h, buffers: _buffers, ...row }: BookingRow): Booking {
  const { chargedFen: _charged, repricings: _repricings, moved: _moved, ...shown } = row;
  return { ...shown, shortCode: shortCodeOf(row.bookingId) };
}
