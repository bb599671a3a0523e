import * as z from 'zod';
import {
  attendanceAnswer,
  attendanceByCode,
  attendanceChange,
  boardAnswer,
  boardQuery,
  deskBookingRequest,
  orderAnswer,
  partiesOf,
} from '../../shared/contracts/bookings.ts';
import { bookingId, centerId, personId } from '../../shared/contracts/common.ts';
import { appealDecision, noShowAnswer, noShowsAnswer } from '../../shared/contracts/standing.ts';
import { created, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import { bookingProblems, bookSessions, orderAnswerOf } from '../sessions/index.ts';
import { recordAttendance, recordAttendanceByCode } from './commands.ts';
import { decideAppeal } from './no-shows/commands.ts';
import { appealsOf } from './no-shows/queries.ts';
import { board } from './queries.ts';

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
];

export const routes = [
  route({
    method: 'GET',
    path: '/v1/centers/{centerId}/board',
    door: 'signed-in',
    summary:
      'A center’s day for its staff: sessions with who has a place and who is there, and the bookings of its rooms.',
    pathSchema: centerPath,
    querySchema: boardQuery,
    answers: { 200: boardAnswer },
    problems: ['forbidden', 'not-found'],
    run: async ({ path, query }, context) => ok(await board(context, path.centerId, query.date)),
  }),
  route({
    method: 'POST',
    path: '/v1/centers/{centerId}/attendance',
    door: 'signed-in',
    summary: 'Check someone in or out, by name; or say that they did not come.',
    pathSchema: centerPath,
    bodySchema: attendanceChange,
    answers: { 200: attendanceAnswer },
    problems: [...attendanceProblems, 'no-show-too-early'],
    run: async ({ path, body }, context) => ok(await recordAttendance(context, path.centerId, body)),
  }),
  route({
    method: 'POST',
    path: '/v1/centers/{centerId}/attendance/by-code',
    door: 'signed-in',
    summary: 'Check someone in or out, by the code on their slip.',
    pathSchema: centerPath,
    bodySchema: attendanceByCode,
    answers: { 200: attendanceAnswer },
    problems: [...attendanceProblems, 'code-unknown', 'code-ambiguous', 'room-needs-no-check-in'],
    run: async ({ path, body }, context) => ok(await recordAttendanceByCode(context, path.centerId, body)),
  }),
  route({
    method: 'POST',
    path: '/v1/centers/{centerId}/bookings',
    door: 'signed-in',
    summary: 'Staff book someone into sessions of their center and say why; actor and beneficiary are both kept.',
    pathSchema: centerPath,
    bodySchema: deskBookingRequest,
    answers: { 201: orderAnswer },
    problems: ['forbidden', ...bookingProblems],
    run: async ({ path, body }, context) => {
      const onBehalf = { centerId: path.centerId, reason: body.reason };
      const wanted = { parties: partiesOf(body), ifFull: body.ifFull, payWith: body.payWith };
      const { replayed, ...booked } = await bookSessions(context, wanted, onBehalf);
      return created(orderAnswerOf(booked), { replayed });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/centers/{centerId}/no-show-appeals',
    door: 'signed-in',
    summary: 'No-shows that people contest at a center, the open ones first, each with its log.',
    pathSchema: centerPath,
    answers: { 200: noShowsAnswer },
    problems: ['forbidden', 'not-found'],
    run: async ({ path }, context) => ok({ noShows: await appealsOf(context, path.centerId) }),
  }),
  route({
    method: 'POST',
    path: '/v1/people/{personId}/no-shows/{bookingId}/decision',
    door: 'signed-in',
    summary:
      'Staff accept or refuse an appeal and say why, or take a mistaken mark back; accepted, it no longer counts.',
    pathSchema: z.strictObject({ personId, bookingId }),
    bodySchema: appealDecision,
    answers: { 200: noShowAnswer },
    problems: ['forbidden', 'no-authority', 'not-a-no-show', 'already-decided', 'no-appeal'],
    run: async ({ path, body }, context) =>
      ok({ noShow: await decideAppeal(context, path.personId, path.bookingId, body) }),
  }),
];

export const handler = httpHandler(routes);
