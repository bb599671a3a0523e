import { partiesOf } from '../../shared/contracts/checkout.ts';
import * as api from '../../shared/contracts/endpoints/sessions.ts';
import { created, noContent, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { bookSessions } from './booking/commands.ts';
import { quoteSessions } from './booking/queries/pricing.ts';

import { listSessions, readOneSession } from './queries.ts';
import { leave } from './waitlist/commands.ts';
import { listOwnWaits, orderAnswerOf, waitDecisions } from './waitlist/queries.ts';

export const routes = pair(api, {
  listSessions: async (context, { path, query }) => ok(await listSessions(context, path.centerId, query)),
  readSession: async (context, { path }) => ok({ session: await readOneSession(context, path.sessionId) }),
  bookSessions: async (context, { body }) => {
    const { replayed, ...booked } = await bookSessions(context, {
      parties: partiesOf(body),
      ifFull: body.ifFull,
      payWith: body.payWith,
    });
    return created(orderAnswerOf(booked), { replayed });
  },
  quoteSessions: async (context, { body }) => {
    const { lines, totalFen } = await quoteSessions(context, partiesOf(body));
    return ok({ lines, totalFen });
  },
  listWaiting: async (context) => ok({ waiting: await listOwnWaits(context) }),
  leaveWaitlist: async (context, { path }) => {
    await leave(context, path.personId, path.sessionId);
    return noContent();
  },
  listWaitlistDecisions: async (context, { path }) => ok({ decisions: await waitDecisions(context, path.sessionId) }),
});

export const handler = httpHandler(routes);
