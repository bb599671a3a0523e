import * as z from 'zod';
import { bookingAnswer } from '../bookings.ts';
import { centerId, roomId } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import {
  availabilityAnswer,
  availabilityQuery,
  roomBookingRequest,
  roomsWeekAnswer,
  roomsWeekQuery,
} from '../rooms.ts';

const roomPath = z.strictObject({ roomId });

export const readAvailability = endpoint({
  method: 'GET',
  path: '/v1/rooms/{roomId}/availability',
  auth: 'public',
  summary: 'When a room is open, taken and free, for up to a week.',
  summaryZh: '一个场地最多一周内的开放、占用和空闲时间。',
  pathParams: roomPath,
  query: availabilityQuery,
  answers: { 200: availabilityAnswer },
  problems: ['not-found'],
});

export const readRoomsWeek = endpoint({
  method: 'GET',
  path: '/v1/centers/{centerId}/rooms-week',
  auth: 'public',
  summary: 'When each room of a center is free and taken, through one ISO week.',
  summaryZh: '一个中心各场地一周内的空闲和占用。',
  pathParams: z.strictObject({ centerId }),
  query: roomsWeekQuery,
  answers: { 200: roomsWeekAnswer },
  problems: ['not-found'],
});

export const bookRoom = endpoint({
  method: 'POST',
  path: '/v1/rooms/{roomId}/bookings',
  auth: 'signed-in',
  summary: 'Book a stretch of a room, for oneself or someone one may act for.',
  summaryZh: '为本人或可代办的人预约场地的一段时间。',
  pathParams: roomPath,
  body: roomBookingRequest,
  answers: { 201: bookingAnswer },
  problems: [
    'not-found',
    'no-authority',
    'room-not-bookable',
    'off-grid',
    'in-the-past',
    'too-far-ahead',
    'outside-opening-hours',
    'too-long',
    'slot-taken',
    'closed',
    'not-with-room',
    'person-busy',
    'daily-limit',
    'quota-exceeded',
    'amount-changed',
  ],
  idempotencyKey: 'optional',
});
