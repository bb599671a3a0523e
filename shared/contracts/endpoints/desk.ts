import * as z from 'zod';
import { bookingProblems, deskBookingRequest, orderAnswer } from '../checkout.ts';
import { bookingId, centerId, personId } from '../common.ts';
import { attendanceAnswer, attendanceByCode, attendanceChange, boardAnswer, boardQuery } from '../desk.ts';
import { endpoint } from '../endpoint.ts';
import { appealDecision, noShowAnswer, noShowsAnswer } from '../no-shows.ts';

const centerPath = z.strictObject({ centerId });
const attendanceProblems = [
  'forbidden',
  'no-authority',
  'not-found',
  'not-today',
  'already-checked-in',
  'not-checked-in',
  'already-checked-out',
  'waiver-missing',
] as const;

export const readBoard = endpoint({
  method: 'GET',
  path: '/v1/centers/{centerId}/board',
  auth: 'signed-in',
  summary:
    'A center’s day for its staff: sessions with who has a place and who is there, and the bookings of its rooms.',
  summaryZh: '中心当天的看板：各场次的名单和到场情况，以及场地预约。',
  pathParams: centerPath,
  query: boardQuery,
  answers: { 200: boardAnswer },
  problems: ['forbidden', 'not-found'],
});

export const recordAttendance = endpoint({
  method: 'POST',
  path: '/v1/centers/{centerId}/attendance',
  auth: 'signed-in',
  summary: 'Check someone in or out, by name; or say that they did not come.',
  summaryZh: '按姓名签到或签退，或记为未到。',
  pathParams: centerPath,
  body: attendanceChange,
  answers: { 200: attendanceAnswer },
  problems: [...attendanceProblems, 'no-show-too-early'],
});

export const recordAttendanceByCode = endpoint({
  method: 'POST',
  path: '/v1/centers/{centerId}/attendance/by-code',
  auth: 'signed-in',
  summary: 'Check someone in or out, by the code on their slip.',
  summaryZh: '凭小票上的预约码签到或签退。',
  pathParams: centerPath,
  body: attendanceByCode,
  answers: { 200: attendanceAnswer },
  problems: [...attendanceProblems, 'code-unknown', 'code-ambiguous', 'room-needs-no-check-in'],
});

export const bookAtDesk = endpoint({
  method: 'POST',
  path: '/v1/centers/{centerId}/bookings',
  auth: 'signed-in',
  summary: 'Staff book someone into sessions of their center and say why; actor and beneficiary are both kept.',
  summaryZh: '工作人员代人预约本中心的场次并说明理由；经办人和受益人都会留存。',
  pathParams: centerPath,
  body: deskBookingRequest,
  answers: { 201: orderAnswer },
  problems: ['forbidden', 'no-authority', ...bookingProblems],
  idempotencyKey: 'optional',
});

export const listNoShowAppeals = endpoint({
  method: 'GET',
  path: '/v1/centers/{centerId}/no-show-appeals',
  auth: 'signed-in',
  summary: 'No-shows that people contest at a center, the open ones first, each with its log.',
  summaryZh: '对本中心未到记录的申诉，待处理的在前，各附经过。',
  pathParams: centerPath,
  answers: { 200: noShowsAnswer },
  problems: ['forbidden', 'not-found'],
});

export const decideNoShowAppeal = endpoint({
  method: 'POST',
  path: '/v1/people/{personId}/no-shows/{bookingId}/decision',
  auth: 'signed-in',
  summary: 'Staff accept or refuse an appeal and say why, or take a mistaken mark back; accepted, it no longer counts.',
  summaryZh: '工作人员接受或驳回申诉并说明理由，或收回误记；接受后不再计入。',
  pathParams: z.strictObject({ personId, bookingId }),
  body: appealDecision,
  answers: { 200: noShowAnswer },
  problems: ['forbidden', 'no-authority', 'not-a-no-show', 'already-decided', 'no-appeal'],
});
