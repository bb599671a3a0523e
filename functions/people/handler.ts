import { me as meAnswer } from '../../shared/contracts/people.ts';
import { ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import { me } from './queries.ts';

export const routes = [
  route({
    method: 'GET',
    path: '/v1/me',
    door: 'signed-in',
    summary: 'Who I am, whom I may act for, and the posts I hold.',
    answers: { 200: meAnswer },
    run: async (_, context) => ok(await me(context)),
  }),
];

export const handler = httpHandler(routes);
