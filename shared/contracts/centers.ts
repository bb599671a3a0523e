import * as z from 'zod';
import { daysBetween } from '../kernel/days.ts';
import { centerId, clockTime, fen, isoDate, localized, offeringId, operatorId, roomId, service } from './common.ts';
import { offeringPolicy } from './policy.ts';

export const centerKinds = ['concentrated', 'distributed', 'completed'] as const;

/** A neighborhood center. */
export const center = z.object({
  centerId,
  name: localized,
  district: z.string(),
  kind: z.enum(centerKinds),
  address: localized,
  /** True for seed data: shown as "sample data" wherever the center appears. */
  sample: z.boolean(),
  phone: z.string().optional(),
  services: z.array(service),
});
export type Center = z.infer<typeof center>;

/** Everything that one party uses at a time has a day sheet; a room is one kind of it. */
export const resourceKinds = ['room', 'equipment', 'teacher', 'clinician', 'vehicle'] as const;

/** A room, or whatever else is used by one party at a time. */
export const room = z.object({
  roomId,
  kind: z.enum(resourceKinds).default('room'),
  centerId,
  name: localized,
  floor: z.string().optional(),
  seats: z.int(),
  areaSquareMeters: z.number().optional(),
  equipment: z.array(localized),
  bookable: z.boolean(),
  /** Minutes kept free before and after each booking; multiples of 15. */
  bufferBeforeMinutes: z.int(),
  bufferAfterMinutes: z.int(),
  maxMinutesPerBooking: z.int(),
});
export type Room = z.infer<typeof room>;

/** From when to when something is open. */
export const openHours = z.object({ opensAt: clockTime, closesAt: clockTime });

/** Opening of a center on one date, and why: `regular`, a public `holiday`, a make-up `workday`, or the center's own `exception`. */
export const openingDay = z.object({
  date: isoDate,
  hours: z.array(openHours),
  reason: z.enum(['regular', 'holiday', 'workday', 'exception']),
  note: localized.optional(),
});
export type OpeningDay = z.infer<typeof openingDay>;

export const fundingModes = ['welfare', 'purchased', 'market'] as const;

/** A service on sale at a center. */
export const offering = z.object({
  offeringId,
  centerId,
  /** `center`, or the operator that provides it. */
  providerId: z.string(),
  operatorId: operatorId.optional(),
  providerName: localized,
  service,
  title: localized,
  description: localized.optional(),
  minAgeYears: z.int().optional(),
  maxAgeYears: z.int().optional(),
  grossPriceFen: fen,
  residentPriceFen: fen,
  fundingMode: z.enum(fundingModes),
  policy: offeringPolicy.optional(),
});
export type Offering = z.infer<typeof offering>;

export const centersAnswer = z.object({ centers: z.array(center) });
export const centerAnswer = z.object({ center, rooms: z.array(room), offerings: z.array(offering) });

const LONGEST_OPENING_DAYS = 92;
/** A week from `from` unless `to` (included) says otherwise; at most a quarter of a year. */
export const openingQuery = z
  .strictObject({ from: isoDate, to: isoDate.optional() })
  .refine(({ from, to }) => to === undefined || (to >= from && daysBetween(from, to) < LONGEST_OPENING_DAYS), {
    path: ['to'],
    error: `must not be before "from", nor ${LONGEST_OPENING_DAYS} days or more after it`,
  });
export const openingAnswer = z.object({ days: z.array(openingDay) });
