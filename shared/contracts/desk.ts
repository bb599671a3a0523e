import * as z from 'zod';
import { bookingId, centerId, clockTime, instant, isoDate, localized, personId, roomId, sessionId } from './common.ts';
import { session } from './sessions.ts';

export const boardQuery = z.strictObject({ date: isoDate });

export const boardSeat = z.object({
  bookingId,
  personId,
  name: z.string(),
  ageYears: z.int().optional(),
  state: z.enum(['booked', 'checked-in', 'checked-out', 'no-show', 'excused']),
  shortCode: z.string(),
  byStaff: z.boolean(),
  checkedInAt: instant.optional(),
  checkedOutAt: instant.optional(),
});
export type BoardSeat = z.infer<typeof boardSeat>;

export const boardSession = session.extend({ seats: z.array(boardSeat) });
export const boardRoomBooking = z.object({
  bookingId,
  roomId,
  roomName: localized,
  startsAt: clockTime,
  endsAt: clockTime,
  personId,
  name: z.string(),
  purpose: z.string().optional(),
  shortCode: z.string(),
});
export const boardAnswer = z.object({
  centerId,
  date: isoDate,
  sessions: z.array(boardSession),
  roomBookings: z.array(boardRoomBooking),
});
export type Board = z.infer<typeof boardAnswer>;

export const attendanceChange = z.strictObject({
  sessionId,
  personId,
  /** `no-show`: did not come, from a quarter of an hour after the start on; a late check-in turns it back. */
  to: z.enum(['checked-in', 'checked-out', 'no-show']),
});
export const attendanceByCode = z.strictObject({
  /** The six characters, or the whole booking id from the QR code. */
  code: z.string().trim().min(6).max(40),
  to: z.enum(['checked-in', 'checked-out']).default('checked-in'),
});
export const attendanceAnswer = z.object({ session: session, seat: boardSeat });
