import * as z from 'zod';
import { anyone } from '../../shared/access/authorize.ts';
import {
  operatorAnswer,
  operatorSessionsAnswer,
  operatorsAnswer,
  rosterAnswer,
  sessionQuery,
} from '../../shared/contracts/bookings.ts';
import { operatorId, sessionId } from '../../shared/contracts/common.ts';
import { ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import * as operators from './queries.ts';

const operatorPath = z.strictObject({ operatorId });

export const routes = [
  route({
    method: 'GET',
    path: '/v1/operators',
    door: 'anyone',
    summary: 'The operators at work in the city.',
    answers: { 200: operatorsAnswer },
    run: async (_, context) => ok(await operators.list(anyone(context))),
  }),
  route({
    method: 'GET',
    path: '/v1/operators/{operatorId}',
    door: 'anyone',
    summary: 'An operator and its whitelist entries.',
    pathSchema: operatorPath,
    answers: { 200: operatorAnswer },
    problems: ['not-found'],
    run: async ({ path }, context) => ok(await operators.show(anyone(context), path.operatorId)),
  }),
  route({
    method: 'GET',
    path: '/v1/operators/{operatorId}/sessions',
    door: 'signed-in',
    summary: 'An operator’s sessions at all centers, for its own staff and who watches over it.',
    pathSchema: operatorPath,
    querySchema: sessionQuery,
    answers: { 200: operatorSessionsAnswer },
    problems: ['forbidden', 'not-found'],
    run: async ({ path, query }, context) => ok(await operators.sessions(context, path.operatorId, query)),
  }),
  route({
    method: 'GET',
    path: '/v1/operators/{operatorId}/sessions/{sessionId}/roster',
    door: 'signed-in',
    summary: 'Who has a place in a session of the operator; each of them can see that it was read.',
    pathSchema: operatorPath.extend({ sessionId }),
    answers: { 200: rosterAnswer },
    problems: ['forbidden', 'not-found'],
    run: async ({ path }, context) => ok(await operators.roster(context, path.operatorId, path.sessionId)),
  }),
];

export const handler = httpHandler(routes);
