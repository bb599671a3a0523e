import * as z from 'zod';
import {
  orderAnswer,
  partiesOf,
  session,
  sessionBookingRequest,
  sessionQuery,
  sessionsAnswer,
  waitDecisionsAnswer,
  waitingAnswer,
} from '../../shared/contracts/bookings.ts';
import { centerId, personId, sessionId } from '../../shared/contracts/common.ts';
import { quoteAnswer } from '../../shared/contracts/prices.ts';
import { created, noContent, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import { bookingProblems, bookSessions } from './booking/commands.ts';
import { quoteSessions } from './booking/queries/pricing.ts';
import { listSessions, oneSession } from './queries.ts';
import { leave } from './waitlist/commands.ts';
import { myWaiting, orderAnswerOf, waitDecisions } from './waitlist/queries.ts';

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
    summary: 'Book one or several people into one or several sessions, all or none; or wait where one is full.',
    bodySchema: sessionBookingRequest,
    answers: { 201: orderAnswer },
    problems: ['no-authority', ...bookingProblems],
    run: async ({ body }, context) => {
      const { replayed, ...booked } = await bookSessions(context, {
        parties: partiesOf(body),
        ifFull: body.ifFull,
        payWith: body.payWith,
      });
      return created(orderAnswerOf(booked), { replayed });
    },
  }),
  route({
    method: 'POST',
    path: '/v1/session-bookings/quote',
    door: 'signed-in',
    summary: 'What such a booking would cost now, place by place, with the discounts of families. Nothing is booked.',
    bodySchema: sessionBookingRequest,
    answers: { 200: quoteAnswer },
    problems: ['no-authority'],
    run: async ({ body }, context) => {
      const { lines, totalFen } = await quoteSessions(context, partiesOf(body));
      return ok({ lines, totalFen });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/waiting',
    door: 'signed-in',
    summary: 'Waitlists that oneself and everyone one may act for are on, with the place in line and the odds.',
    answers: { 200: waitingAnswer },
    run: async (_, context) => ok({ waiting: await myWaiting(context) }),
  }),
  route({
    method: 'POST',
    path: '/v1/people/{personId}/waiting/{sessionId}/leave',
    door: 'signed-in',
    summary: 'Leave the waitlist of a session. Leaving twice is leaving once.',
    pathSchema: z.object({ personId, sessionId }),
    answers: { 204: z.undefined() },
    problems: ['no-authority', 'not-waiting'],
    run: async ({ path }, context) => {
      await leave(context, path.personId, path.sessionId);
      return noContent();
    },
  }),
  route({
    method: 'GET',
    path: '/v1/sessions/{sessionId}/waiting-decisions',
    door: 'signed-in',
    summary:
      'What the waitlist of a session decided, in order: who was offered, who was passed over and by which rule.',
    pathSchema: z.object({ sessionId }),
    answers: { 200: waitDecisionsAnswer },
    run: async ({ path }, context) => ok({ decisions: await waitDecisions(context, path.sessionId) }),
  }),
];

export const handler = httpHandler(routes);
