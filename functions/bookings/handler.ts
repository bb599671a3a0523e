import * as z from 'zod';
import { publicBooking } from '../../shared/booking/row/booking-row.ts';
import {
  bookingAnswer,
  bookingsAnswer,
  bookingsQuery,
  orderConfirm,
  ordersAnswer,
  orderViewAnswer,
} from '../../shared/contracts/bookings.ts';
import { bookingId, centerId, orderId, personId } from '../../shared/contracts/common.ts';
import { cancellationAnswer, cancelRequest } from '../../shared/contracts/prices.ts';
import { appealRequest, noShowAnswer, standingAnswer } from '../../shared/contracts/standing.ts';
import { file, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import { quoteCancellation } from './cancellation/queries.ts';
import { cancelBooking } from './commands.ts';
import { appeal } from './no-shows/commands.ts';
import { standingOf } from './no-shows/queries.ts';
import { approve, confirm, decline, reject } from './orders/commands/deciding.ts';
import { oneOrder, waitingForApproval } from './orders/queries.ts';
import { bookingCalendar, myBookings, oneBooking } from './queries.ts';

const orderPath = z.object({ orderId });
const bookingPath = z.object({ personId, bookingId });
const cancelProblems = ['no-authority', 'too-late-to-cancel', 'already-checked-in', 'held-as-one'];

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
    bodySchema: cancelRequest,
    bodyOptional: true,
    answers: { 200: bookingAnswer },
    problems: [...cancelProblems, 'amount-changed', 'already-decided'],
    run: async ({ path, body }, context) =>
      ok({ booking: publicBooking(await cancelBooking(context, path.personId, path.bookingId, body.refundFen)) }),
  }),
  route({
    method: 'GET',
    path: '/v1/people/{personId}/bookings/{bookingId}/cancellation',
    door: 'signed-in',
    summary: 'What canceling a booking would come to now, the very amounts that would be recorded, and the rule.',
    pathSchema: bookingPath,
    answers: { 200: cancellationAnswer },
    problems: cancelProblems,
    run: async ({ path }, context) =>
      ok({ cancellation: await quoteCancellation(context, path.personId, path.bookingId) }),
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
  route({
    method: 'GET',
    path: '/v1/people/{personId}/standing',
    door: 'signed-in',
    summary: 'No-shows of a person with what was said of each, and the limit that follows until they are old enough.',
    pathSchema: z.object({ personId }),
    answers: { 200: standingAnswer },
    problems: ['no-authority'],
    run: async ({ path }, context) => ok(await standingOf(context, path.personId)),
  }),
  route({
    method: 'POST',
    path: '/v1/people/{personId}/no-shows/{bookingId}/appeal',
    door: 'signed-in',
    summary: 'Contest a no-show with a reason, once; the staff of its center answer.',
    pathSchema: bookingPath,
    bodySchema: appealRequest,
    answers: { 200: noShowAnswer },
    problems: ['no-authority', 'not-a-no-show', 'already-appealed', 'already-decided'],
    run: async ({ path, body }, context) =>
      ok({ noShow: await appeal(context, path.personId, path.bookingId, body.reason) }),
  }),
  route({
    method: 'GET',
    path: '/v1/orders/{orderId}',
    door: 'signed-in',
    summary: 'One order: what it holds or has booked, what it costs, and until when it is held.',
    pathSchema: orderPath,
    answers: { 200: orderViewAnswer },
    run: async ({ path }, context) => ok({ order: await oneOrder(context, path.orderId) }),
  }),
  route({
    method: 'POST',
    path: '/v1/orders/{orderId}/confirm',
    door: 'signed-in',
    summary:
      'Pay for a hold, or accept an offer from the waitlist, with a pass if you like, before its time is over. Twice is once.',
    pathSchema: orderPath,
    bodySchema: orderConfirm,
    answers: { 200: orderViewAnswer },
    problems: [
      'no-authority',
      'hold-expired',
      'not-held',
      'amount-changed',
      'person-busy',
      'quota-exceeded',
      'pass-empty',
      'pass-expired',
      'pass-not-accepted',
      'fund-empty',
      'already-decided',
    ],
    run: async ({ path, body }, context) => ok({ order: await confirm(context, path.orderId, body) }),
  }),
  route({
    method: 'POST',
    path: '/v1/orders/{orderId}/decline',
    door: 'signed-in',
    summary: 'Give a hold up, or decline an offer; the place is free at once.',
    pathSchema: orderPath,
    answers: { 200: orderViewAnswer },
    problems: ['not-held', 'already-decided'],
    run: async ({ path }, context) => ok({ order: await decline(context, path.orderId) }),
  }),
  route({
    method: 'GET',
    path: '/v1/centers/{centerId}/approvals',
    door: 'signed-in',
    summary: 'What waits for the approval of a center, the most urgent first.',
    pathSchema: z.object({ centerId }),
    answers: { 200: ordersAnswer },
    problems: ['forbidden'],
    run: async ({ path }, context) => ok({ orders: await waitingForApproval(context, path.centerId) }),
  }),
  route({
    method: 'POST',
    path: '/v1/orders/{orderId}/approve',
    door: 'signed-in',
    summary: 'Staff approve what is held for it; of two at once, one does.',
    pathSchema: orderPath,
    answers: { 200: orderViewAnswer },
    problems: ['forbidden', 'not-held', 'hold-expired', 'already-decided'],
    run: async ({ path }, context) => ok({ order: await approve(context, path.orderId) }),
  }),
  route({
    method: 'POST',
    path: '/v1/orders/{orderId}/reject',
    door: 'signed-in',
    summary: 'Staff refuse what is held for their approval; the place is free at once.',
    pathSchema: orderPath,
    answers: { 200: orderViewAnswer },
    problems: ['forbidden', 'not-held', 'already-decided'],
    run: async ({ path }, context) => ok({ order: await reject(context, path.orderId) }),
  }),
];

export const handler = httpHandler(routes);
