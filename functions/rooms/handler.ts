import * as z from 'zod';
import { anyone } from '../../shared/access/authorize.ts';
import { publicBooking } from '../../shared/booking/row/booking-row.ts';
import {
  availabilityAnswer,
  availabilityQuery,
  bookingAnswer,
  roomBookingRequest,
} from '../../shared/contracts/bookings.ts';
import { centerId, roomId } from '../../shared/contracts/common.ts';
import { roomsWeekAnswer, roomsWeekQuery } from '../../shared/contracts/rooms-week.ts';
import { created, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import * as rooms from './commands.ts';
import { availability, roomsWeek } from './queries.ts';

const roomPath = z.strictObject({ roomId });

export const routes = [
  route({
    method: 'GET',
    path: '/v1/rooms/{roomId}/availability',
    door: 'anyone',
    summary: 'When a room is open, taken and free, for up to a week.',
    pathSchema: roomPath,
    querySchema: availabilityQuery,
    answers: { 200: availabilityAnswer },
    problems: ['not-found'],
    run: async ({ path, query }, context) => ok(await availability(anyone(context), path.roomId, query)),
  }),
  route({
    method: 'GET',
    path: '/v1/centers/{centerId}/rooms-week',
    door: 'anyone',
    summary: 'When each room of a center is free and taken, through one ISO week.',
    pathSchema: z.strictObject({ centerId }),
    querySchema: roomsWeekQuery,
    answers: { 200: roomsWeekAnswer },
    problems: ['not-found'],
    run: async ({ path, query }, context) => ok(await roomsWeek(anyone(context), path.centerId, query.week)),
  }),
  route({
    method: 'POST',
    path: '/v1/rooms/{roomId}/bookings',
    door: 'signed-in',
    summary: 'Book a stretch of a room, for oneself or someone one may act for.',
    pathSchema: roomPath,
    bodySchema: roomBookingRequest,
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
      'idempotency-key-reused',
    ],
    run: async ({ path, body }, context) => {
      const { row, replayed } = await rooms.book(context, path.roomId, body);
      return created({ booking: publicBooking(row) }, { replayed });
    },
  }),
];

export const handler = httpHandler(routes);
