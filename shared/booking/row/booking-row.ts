import type { Booking } from '../../contracts/bookings.ts';
import type { BookingId, Localized, PersonId, RoomId } from '../../contracts/common.ts';
import { shortCodeOf } from '../../contracts/ids.ts';
import { centerOf } from '../../table/keys.ts';
import type { BookingRow } from '../items/booking-row.ts';
import type { RoomEntry } from '../items/day-sheet.ts';
import type { Order } from '../items/order.ts';
import type { Seat, SessionItem } from '../items/session.ts';

export function stateOfSeat(seat: Seat): 'booked' | 'checked-in' | 'checked-out' | 'no-show' | 'excused' {
  if (seat.checkedOutAt) return 'checked-out';
  if (seat.checkedInAt) return 'checked-in';
  return seat.isNoShow === undefined ? 'booked' : seat.isNoShow ? 'no-show' : 'excused';
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
function pricePart({
  cancellation,
  chargedFen,
  uncountedRanks,
}: Pick<Seat, 'cancellation' | 'chargedFen' | 'uncountedRanks'>): Partial<BookingRow> {
  return {
    ...(cancellation ? { cancellation } : {}),
    ...(chargedFen === undefined ? {} : { chargedFen }),
    ...(uncountedRanks ? { repricings: uncountedRanks.length } : {}),
  };
}

export function rowOfSeat(session: SessionItem, personId: PersonId, seat: Seat, order?: Deciding): BookingRow {
  return {
    is: 'booking',
    bookingId: seat.bookingId,
    ...(seat.orderId ? { orderId: seat.orderId } : {}),
    kind: 'session',
    state: stateOfSeat(seat),
    beneficiaryId: personId,
    actorId: seat.actorId,
    byStaff: seat.staffReason !== undefined,
    ...(seat.staffReason ? { reason: seat.staffReason } : {}),
    centerId: session.centerId,
    title: session.title,
    ...(session.roomId ? { roomId: session.roomId } : {}),
    sessionId: session.sessionId,
    service: session.service,
    date: session.date,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    offeringId: session.offeringId,
    residentPriceFen: seat.priceFen ?? session.residentPriceFen,
    ...(seat.paidWith ? { paidWith: seat.paidWith } : {}),
    ...pricePart(seat),
    createdAt: seat.bookedAt,
    requestHash: seat.requestHash,
    ...(seat.roundId ? { roundId: seat.roundId } : {}),
    ...seriesPart(seat.occurrence),
    ...heldPart(order),
  };
}

/** `undefined` for the entry of a session, which is nobody's booking. */
export function rowOfRoomEntry(
  room: { roomId: RoomId; name: Localized },
  date: string,
  bookingId: BookingId,
  entry: RoomEntry,
  order?: Deciding,
): BookingRow | undefined {
  if (!entry.personId || !entry.actorId || !entry.bookedAt) return undefined;
  return {
    is: 'booking',
    bookingId,
    ...(entry.orderId ? { orderId: entry.orderId } : {}),
    kind: 'room',
    state: 'booked',
    beneficiaryId: entry.personId,
    actorId: entry.actorId,
    byStaff: entry.staffReason !== undefined,
    ...(entry.staffReason ? { reason: entry.staffReason } : {}),
    centerId: centerOf(room.roomId),
    title: room.name,
    roomId: room.roomId,
    date,
    startsAt: entry.startsAt,
    endsAt: entry.endsAt,
    residentPriceFen: entry.priceFen ?? 0,
    ...pricePart({ cancellation: entry.cancellation }),
    ...(entry.purpose ? { purpose: entry.purpose } : {}),
    ...(entry.offeringId ? { offeringId: entry.offeringId } : {}),
    ...(entry.with ? { with: entry.with } : {}),
    ...(entry.buffers ? { buffers: entry.buffers } : {}),
    ...(entry.allowanceQuarters
      ? { freeHours: entry.allowanceQuarters[0] / 4, pricedHours: entry.allowanceQuarters[1] / 4 }
      : {}),
    ...(entry.organizationId ? { organizationId: entry.organizationId } : {}),
    createdAt: entry.bookedAt,
    requestHash: entry.requestHash ?? '',
    ...seriesPart(entry.occurrence),
    ...heldPart(order),
  };
}

/** The row as it leaves the system. */
export function publicBooking({ is: _is, requestHash: _hash, buffers: _buffers, ...row }: BookingRow): Booking {
  const { chargedFen: _charged, repricings: _repricings, moved: _moved, ...shown } = row;
  return { ...shown, shortCode: shortCodeOf(row.bookingId) };
}
