import * as z from 'zod';
import { isoWeekOf, mondayOfWeek } from '../kernel/days.ts';
import { roomDay } from './bookings.ts';
import { room } from './centers.ts';
import { centerId, clockTime, isoDate } from './common.ts';

const isoWeek = z
  .string()
  // What does not look like a week is not asked which one it is.
  .regex(/^(19|20|21)\d{2}-W\d{2}$/, { abort: true })
  .refine((week) => isoWeekOf(mondayOfWeek(week)) === week, { error: 'must be a real ISO week, YYYY-Www' })
  .meta({ examples: ['2026-W10'] });

export const roomsWeekQuery = z.strictObject({ week: isoWeek });

/** A stretch of quarter-hours, at each of which a booking could start; or that are taken. */
const stretch = z.object({ startsAt: clockTime, endsAt: clockTime });

export const roomWeek = room
  .pick({ roomId: true, name: true, floor: true, seats: true, maxMinutesPerBooking: true })
  .extend({ days: z.array(z.object({ date: isoDate, free: z.array(stretch), busy: z.array(stretch) })) });
export type RoomWeek = z.infer<typeof roomWeek>;

/** All rooms of a center that can be booked, through one ISO week; who booked what cannot be told. */
export const roomsWeekAnswer = z.object({
  centerId,
  week: isoWeek,
  days: z.array(roomDay.pick({ date: true, hours: true, reason: true })),
  rooms: z.array(roomWeek),
});
export type RoomsWeek = z.infer<typeof roomsWeekAnswer>;
