import * as z from 'zod';
import { isoWeekOf, mondayOfWeek } from '../kernel/days.ts';
import { openHours, room } from './centers.ts';
import { centerId, clockTime, fen, freeText, isoDate, offeringId, operatorId, personId, roomId } from './common.ts';

export const availabilityQuery = z.strictObject({
  from: isoDate,
  days: z.coerce.number().int().min(1).max(7).default(7),
  /** What kind of use, when its buffers are to count instead of the room's own. */
  offeringId: offeringId.optional(),
});

/** A room's day as one sees it before booking: open hours, and each stretch that is free or not. */
export const roomDay = z.object({
  date: isoDate,
  hours: z.array(openHours),
  reason: z.enum(['regular', 'holiday', 'workday', 'exception']),
  /** Start times on the quarter-hour at which at least the shortest booking (15 minutes) fits, buffers included. */
  freeStarts: z.array(clockTime),
  busy: z.array(z.object({ startsAt: clockTime, endsAt: clockTime })),
});
export const availabilityAnswer = z.object({ roomId, days: z.array(roomDay) });
export type RoomDay = z.infer<typeof roomDay>;

export const roomBookingRequest = z.strictObject({
  date: isoDate,
  startsAt: clockTime,
  endsAt: clockTime,
  /** For whom; oneself when left out. */
  beneficiaryId: personId.optional(),
  purpose: freeText(100),
  /** What kind of use: an offering of the center whose rules (buffers, approval, payment) count instead of the room's own. */
  offeringId: offeringId.optional(),
  /** Equipment, a teacher, a vehicle of the same center that come with the room: all of them, or nothing is booked. */
  with: z
    .array(roomId)
    .max(5)
    .refine((ids) => new Set(ids).size === ids.length, { error: 'must not repeat' })
    .default([]),
  /** The organization that it is for, booked by its staff: it counts against what organizations may use. */
  organizationId: operatorId.optional(),
  /** The price that was shown: another one is refused, and nothing is taken. */
  priceFen: fen.min(0).optional(),
});

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
