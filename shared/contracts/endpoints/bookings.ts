import * as z from 'zod';
import {
  bookingAnswer,
  bookingsAnswer,
  bookingsQuery,
  orderConfirm,
  ordersAnswer,
  orderViewAnswer,
} from '../bookings.ts';
import { bookingId, centerId, orderId, personId } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { appealRequest, noShowAnswer, personNoShowsAnswer } from '../no-shows.ts';
import { cancellationAnswer, cancelRequest } from '../prices.ts';

const orderPath = z.strictObject({ orderId });
const bookingPath = z.strictObject({ personId, bookingId });
const cancelProblems = ['no-authority', 'too-late-to-cancel', 'already-checked-in', 'held-as-one'] as const;

export const listBookings = endpoint({
  method: 'GET',
  path: '/v1/bookings',
  auth: 'signed-in',
  summary: 'Bookings of oneself and of everyone one may act for, coming or past.',
  summaryZh: '本人和可代办的人的预约，未来的或过去的。',
  description:
    'A page holds up to 100 bookings that come, the soonest first, or 20 of the past, the latest first, unless `limit` says fewer or more; `nextCursor` is there while there are more.',
  query: bookingsQuery,
  answers: { 200: bookingsAnswer },
  problems: ['invalid-cursor'],
});

export const readBooking = endpoint({
  method: 'GET',
  path: '/v1/people/{personId}/bookings/{bookingId}',
  auth: 'signed-in',
  summary: 'One booking.',
  summaryZh: '一项预约。',
  pathParams: bookingPath,
  answers: { 200: bookingAnswer },
  problems: ['no-authority'],
});

export const cancelBooking = endpoint({
  method: 'POST',
  path: '/v1/people/{personId}/bookings/{bookingId}/cancel',
  auth: 'signed-in',
  summary: 'Cancel a booking; the place is free at once. Canceling twice is canceling once.',
  summaryZh: '取消预约，名额立即释放；重复取消等于一次。',
  pathParams: bookingPath,
  body: cancelRequest,
  bodyOptional: true,
  answers: { 200: bookingAnswer },
  problems: [...cancelProblems, 'amount-changed', 'already-decided'],
});

export const quoteCancellation = endpoint({
  method: 'GET',
  path: '/v1/people/{personId}/bookings/{bookingId}/cancellation',
  auth: 'signed-in',
  summary: 'What canceling a booking would come to now, the very amounts that would be recorded, and the rule.',
  summaryZh: '现在取消会怎样：将要记录的金额和所依据的规则。',
  pathParams: bookingPath,
  answers: { 200: cancellationAnswer },
  problems: cancelProblems,
});

export const readBookingCalendar = endpoint({
  method: 'GET',
  path: '/v1/people/{personId}/bookings/{bookingId}/calendar.ics',
  auth: 'signed-in',
  summary: 'One booking as an iCalendar file.',
  summaryZh: '一项预约的 iCalendar 文件。',
  pathParams: bookingPath,
  answers: { 200: z.string() },
  answerType: 'text/calendar',
  attachment: true,
  problems: ['no-authority'],
});

export const readNoShowRecord = endpoint({
  method: 'GET',
  path: '/v1/people/{personId}/standing',
  auth: 'signed-in',
  summary: 'No-shows of a person with what was said of each, and the limit that follows until they are old enough.',
  summaryZh: '某人的未到记录及各方说明，以及在记录过期前受到的限制。',
  pathParams: z.strictObject({ personId }),
  answers: { 200: personNoShowsAnswer },
  problems: ['no-authority'],
});

export const appealNoShow = endpoint({
  method: 'POST',
  path: '/v1/people/{personId}/no-shows/{bookingId}/appeal',
  auth: 'signed-in',
  summary: 'Contest a no-show with a reason, once; the staff of its center answer.',
  summaryZh: '对一次未到说明理由提出申诉，仅一次；由其中心答复。',
  pathParams: bookingPath,
  body: appealRequest,
  answers: { 200: noShowAnswer },
  problems: ['no-authority', 'not-a-no-show', 'already-appealed', 'already-decided'],
});

export const readOrder = endpoint({
  method: 'GET',
  path: '/v1/orders/{orderId}',
  auth: 'signed-in',
  summary: 'One order: what it holds or has booked, what it costs, and until when it is held.',
  summaryZh: '一个订单：保留或已约的内容、费用和保留期限。',
  pathParams: orderPath,
  answers: { 200: orderViewAnswer },
});

export const confirmOrder = endpoint({
  method: 'POST',
  path: '/v1/orders/{orderId}/confirm',
  auth: 'signed-in',
  summary:
    'Pay for a hold, or accept an offer from the waitlist, with a pass if you like, before its time is over. Twice is once.',
  summaryZh: '在期限内为保留付款，或接受候补名额，也可用次卡；重复等于一次。',
  pathParams: orderPath,
  body: orderConfirm,
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
});

export const declineOrder = endpoint({
  method: 'POST',
  path: '/v1/orders/{orderId}/decline',
  auth: 'signed-in',
  summary: 'Give a hold up, or decline an offer; the place is free at once.',
  summaryZh: '放弃保留或谢绝候补名额，名额立即释放。',
  pathParams: orderPath,
  answers: { 200: orderViewAnswer },
  problems: ['not-held', 'already-decided'],
});

export const listApprovals = endpoint({
  method: 'GET',
  path: '/v1/centers/{centerId}/approvals',
  auth: 'signed-in',
  summary: 'What waits for the approval of a center, the most urgent first.',
  summaryZh: '等本中心审批的订单，最急的在前。',
  pathParams: z.strictObject({ centerId }),
  answers: { 200: ordersAnswer },
  problems: ['forbidden'],
});

export const approveOrder = endpoint({
  method: 'POST',
  path: '/v1/orders/{orderId}/approve',
  auth: 'signed-in',
  summary: 'Staff approve what is held for it; of two at once, one does.',
  summaryZh: '工作人员批准为此保留的内容；两人同时办理，只有一人生效。',
  pathParams: orderPath,
  answers: { 200: orderViewAnswer },
  problems: ['forbidden', 'not-held', 'hold-expired', 'already-decided'],
});

export const rejectOrder = endpoint({
  method: 'POST',
  path: '/v1/orders/{orderId}/reject',
  auth: 'signed-in',
  summary: 'Staff refuse what is held for their approval; the place is free at once.',
  summaryZh: '工作人员驳回等待审批的内容，名额立即释放。',
  pathParams: orderPath,
  answers: { 200: orderViewAnswer },
  problems: ['forbidden', 'not-held', 'already-decided'],
});
