import * as z from 'zod';
import { publicBooking } from '../../shared/booking/booking-row.ts';
import {
  orderAnswer,
  session,
  sessionBookingRequest,
  sessionQuery,
  sessionsAnswer,
} from '../../shared/contracts/bookings.ts';
import { centerId, sessionId } from '../../shared/contracts/common.ts';
import { created, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import { bookingProblems, bookSessions } from './commands.ts';
import { listSessions, oneSession } from './queries.ts';

export const routes = [
  route({
    method: 'GET',
    path: '/v1/centers/{centerId}/sessions',
    door: 'anyone',
    summary: 'What a center offers in the coming days, with the places left.',
    pathSchema: z.object({ centerId }),
    querySchema: sessionQuery,
    answers: { 200: sessionsAnswer },
    run: async ({ path, query }, context) => ok({ sessions: await listSessions(context, path.centerId, query) }),
  }),
  route({
    method: 'GET',
    path: '/v1/sessions/{sessionId}',
    door: 'anyone',
    summary: 'One session, with the places left.',
    pathSchema: z.object({ sessionId }),
    answers: { 200: z.object({ session }) },
    run: async ({ path }, context) => ok({ session: await oneSession(context, path.sessionId) }),
  }),
  route({
    method: 'POST',
    path: '/v1/session-bookings',
    door: 'signed-in',
    summary: 'Book one or several people into one or several sessions, all or none.',
    bodySchema: sessionBookingRequest,
    answers: { 201: orderAnswer },
    problems: ['no-authority', ...bookingProblems],
    run: async ({ body }, context) => {
      const { orderId, rows, replayed } = await bookSessions(context, body);
      return created({ orderId, bookings: rows.map(publicBooking) }, { replayed });
    },
  }),
];

export const handler = httpHandler(routes);
