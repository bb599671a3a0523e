import * as z from 'zod';
import { type Booking, booking } from '../contracts/bookings.ts';
import type { Localized } from '../contracts/common.ts';
import { shortCodeOf } from '../contracts/ids.ts';
import { centerOf } from '../table/keys.ts';
import type { RoomEntry } from './day-sheet.ts';
import type { Seat, SessionItem } from './session-item.ts';

/**
 * A booking row, `AGENDA#<person> / BOOKING#<bookingId>`: what people read. It is derived: everything in it comes from the claim
 * (a seat, or an entry of a room's sheet), so that it can be written again by anyone, at any time, to the same content.
 */
export const bookingRow = booking
  .omit({ beneficiaryName: true, shortCode: true })
  .extend({ is: z.literal('booking'), h: z.string() });
export type BookingRow = z.infer<typeof bookingRow>;

export function stateOfSeat(seat: Seat): 'booked' | 'checked-in' | 'checked-out' {
  return seat.x ? 'checked-out' : seat.i ? 'checked-in' : 'booked';
}

export function rowOfSeat(session: SessionItem, personId: string, seat: Seat): BookingRow {
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
    residentPriceFen: session.residentPriceFen,
    createdAt: seat.t,
    h: seat.h,
  };
}

/** `undefined` for the entry of a session, which is nobody's booking. */
export function rowOfRoomEntry(
  room: { roomId: string; name: Localized },
  date: string,
  bookingId: string,
  entry: RoomEntry,
): BookingRow | undefined {
  if (!entry.p || !entry.a || !entry.t) return undefined;
  return {
    is: 'booking',
    bookingId,
    kind: 'room',
    state: 'booked',
    beneficiaryId: entry.p,
    actorId: entry.a,
    byStaff: false,
    centerId: centerOf(room.roomId),
    title: room.name,
    roomId: room.roomId,
    date,
    startsAt: entry.s,
    endsAt: entry.e,
    residentPriceFen: 0,
    ...(entry.u ? { purpose: entry.u } : {}),
    createdAt: entry.t,
    h: entry.h ?? '',
  };
}

/** The row as it leaves the system. */
export function publicBooking({ is: _is, h: _h, ...row }: BookingRow): Booking {
  return { ...row, shortCode: shortCodeOf(row.bookingId) };
}
