import { partiesOf } from '../../shared/contracts/checkout.ts';
import * as api from '../../shared/contracts/endpoints/desk.ts';
import { created, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { bookSessions, orderAnswerOf } from '../sessions/index.ts';
import { recordAttendance, recordAttendanceByCode } from './commands.ts';
import { decideAppeal } from './no-shows/commands.ts';
import { listAppeals } from './no-shows/queries.ts';
import { readBoard } from './queries.ts';

export const routes = pair(api, {
  readBoard: async (context, { path, query }) => ok(await readBoard(context, path.centerId, query.date)),
  recordAttendance: async (context, { path, body }) => ok(await recordAttendance(context, path.centerId, body)),
  recordAttendanceByCode: async (context, { path, body }) =>
    ok(await recordAttendanceByCode(context, path.centerId, body)),
  bookAtDesk: async (context, { path, body }) => {
    const onBehalf = { centerId: path.centerId, reason: body.reason };
    const wanted = { parties: partiesOf(body), ifFull: body.ifFull, payWith: body.payWith };
    const { replayed, ...booked } = await bookSessions(context, wanted, onBehalf);
    return created(orderAnswerOf(booked), { replayed });
  },
  listNoShowAppeals: async (context, { path }) => ok({ noShows: await listAppeals(context, path.centerId) }),
  decideNoShowAppeal: async (context, { path, body }) =>
    ok({ noShow: await decideAppeal(context, path.personId, path.bookingId, body) }),
});

export const handler = httpHandler(routes);
