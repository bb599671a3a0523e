import * as z from 'zod';
import { bookingProblems, orderAnswer, sessionBookingRequest } from '../checkout.ts';
import { centerId, nothing, personId, sessionId } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { quoteAnswer } from '../prices.ts';
import { sessionAnswer, sessionsAnswer, sessionsPageQuery } from '../sessions.ts';
import { waitDecisionsAnswer, waitingAnswer } from '../waitlist.ts';

export const listSessions = endpoint({
  method: 'GET',
  path: '/v1/centers/{centerId}/sessions',
  auth: 'public',
  summary: 'What a center offers in the coming days, with the places left.',
  summaryZh: '一个中心近期的场次和剩余名额。',
  description:
    'A page holds up to 200 sessions, date after date; `nextCursor` is there while there are more. `service` is picked out of each page, which may then hold fewer, or none, before the last.',
  pathParams: z.strictObject({ centerId }),
  query: sessionsPageQuery,
  answers: { 200: sessionsAnswer },
  problems: ['invalid-cursor'],
});

export const readSession = endpoint({
  method: 'GET',
  path: '/v1/sessions/{sessionId}',
  auth: 'public',
  summary: 'One sessionAnswer, with the places left.',
  summaryZh: '一个场次和剩余名额。',
  pathParams: z.strictObject({ sessionId }),
  answers: { 200: sessionAnswer },
});

export const bookSessions = endpoint({
  method: 'POST',
  path: '/v1/session-bookings',
  auth: 'signed-in',
  summary: 'Book one or several people into one or several sessions, all or none; or wait where one is full.',
  summaryZh: '为一人或多人预约一个或多个场次，全部成功或全部不约；满员时可候补。',
  body: sessionBookingRequest,
  answers: { 201: orderAnswer },
  problems: ['no-authority', ...bookingProblems],
  idempotencyKey: 'optional',
});

export const quoteSessions = endpoint({
  method: 'POST',
  path: '/v1/session-bookings/quote',
  auth: 'signed-in',
  summary: 'What such a booking would cost now, place by place, with the discounts of families. Nothing is booked.',
  summaryZh: '这样预约现在要多少钱，逐个名额列出，含家庭优惠；不会预约。',
  body: sessionBookingRequest,
  answers: { 200: quoteAnswer },
  problems: ['no-authority', 'not-found'],
});

export const listWaiting = endpoint({
  method: 'GET',
  path: '/v1/waiting',
  auth: 'signed-in',
  summary: 'Waitlists that oneself and everyone one may act for are on, with the place in line and the odds.',
  summaryZh: '本人和可代办的人正在候补的场次、排位和希望大小。',
  answers: { 200: waitingAnswer },
});

export const leaveWaitlist = endpoint({
  method: 'POST',
  path: '/v1/people/{personId}/waiting/{sessionId}/leave',
  auth: 'signed-in',
  summary: 'Leave the waitlist of a session. Leaving twice is leaving once.',
  summaryZh: '退出一个场次的候补；重复退出等于一次。',
  pathParams: z.strictObject({ personId, sessionId }),
  answers: { 204: nothing },
  problems: ['no-authority', 'not-waiting'],
});

export const listWaitlistDecisions = endpoint({
  method: 'GET',
  path: '/v1/sessions/{sessionId}/waiting-decisions',
  auth: 'signed-in',
  summary: 'What the waitlist of a session decided, in order: who was offered, who was passed over and by which rule.',
  summaryZh: '一个场次候补名单的各次决定：给了谁，按哪条规则跳过了谁。',
  pathParams: z.strictObject({ sessionId }),
  answers: { 200: waitDecisionsAnswer },
});
