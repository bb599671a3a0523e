import * as z from 'zod';
import { publicBooking } from '../../shared/booking/booking-row.ts';
import { bookingAnswer, bookingsAnswer, bookingsQuery } from '../../shared/contracts/bookings.ts';
import { bookingId, personId } from '../../shared/contracts/common.ts';
import { file, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import { cancelBooking } from './commands.ts';
import { bookingCalendar, myBookings, oneBooking } from './queries.ts';

const bookingPath = z.object({ personId, bookingId });

export const routes = [
  route({
    method: 'GET',
    path: '/v1/bookings',
    door: 'signed-in',
    summary: 'Bookings of oneself and of everyone one may act for, coming or past.',
    querySchema: bookingsQuery,
    answers: { 200: bookingsAnswer },
    problems: ['invalid-cursor'],
    run: async ({ query }, context) => {
      const { rows, nextCursor } = await myBookings(context, query);
      return ok({ bookings: rows.map(publicBooking), ...(nextCursor ? { nextCursor } : {}) });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/people/{personId}/bookings/{bookingId}',
    door: 'signed-in',
    summary: 'One booking.',
    pathSchema: bookingPath,
    answers: { 200: bookingAnswer },
    problems: ['no-authority'],
    run: async ({ path }, context) => {
      const { row, beneficiaryName } = await oneBooking(context, path.personId, path.bookingId);
      return ok({ booking: { ...publicBooking(row), beneficiaryName } });
    },
  }),
  route({
    method: 'POST',
    path: '/v1/people/{personId}/bookings/{bookingId}/cancel',
    door: 'signed-in',
    summary: 'Cancel a booking; the place is free at once. Canceling twice is canceling once.',
    pathSchema: bookingPath,
    answers: { 200: bookingAnswer },
    problems: ['no-authority', 'too-late-to-cancel', 'already-checked-in'],
    run: async ({ path }, context) =>
      ok({ booking: publicBooking(await cancelBooking(context, path.personId, path.bookingId)) }),
  }),
  route({
    method: 'GET',
    path: '/v1/people/{personId}/bookings/{bookingId}/calendar.ics',
    door: 'signed-in',
    summary: 'One booking as an iCalendar file.',
    pathSchema: bookingPath,
    answers: { 200: z.string() },
    answerType: 'text/calendar',
    problems: ['no-authority'],
    run: async ({ path }, context) =>
      file(await bookingCalendar(context, path.personId, path.bookingId), 'text/calendar; charset=utf-8', {
        'content-disposition': `attachment; filename="${path.bookingId}.ics"`,
      }),
  }),
];

export const handler = httpHandler(routes);
