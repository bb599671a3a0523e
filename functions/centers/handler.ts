import * as z from 'zod';
import { anyone } from '../../shared/access/authorize.ts';
import { centerAnswer, centersAnswer, openingAnswer, openingQuery } from '../../shared/contracts/centers.ts';
import { centerId } from '../../shared/contracts/common.ts';
import { ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import * as centers from './queries.ts';

const centerPath = z.strictObject({ centerId });

export const routes = [
  route({
    method: 'GET',
    path: '/v1/centers',
    door: 'anyone',
    summary: 'All neighborhood centers of the city.',
    answers: { 200: centersAnswer },
    run: async (_, context) => ok(await centers.list(anyone(context))),
  }),
  route({
    method: 'GET',
    path: '/v1/centers/{centerId}',
    door: 'anyone',
    summary: 'A center with its rooms and what is on offer there.',
    pathSchema: centerPath,
    answers: { 200: centerAnswer },
    problems: ['not-found'],
    run: async ({ path }, context) => ok(await centers.show(anyone(context), path.centerId)),
  }),
  route({
    method: 'GET',
    path: '/v1/centers/{centerId}/opening',
    door: 'anyone',
    summary: 'When a center is open on each date from one day to another, and why; a week unless told.',
    pathSchema: centerPath,
    querySchema: openingQuery,
    answers: { 200: openingAnswer },
    problems: ['not-found'],
    run: async ({ path, query }, context) => ok(await centers.opening(anyone(context), path.centerId, query)),
  }),
];

export const handler = httpHandler(routes);
