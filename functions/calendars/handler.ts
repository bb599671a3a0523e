import * as z from 'zod';
import { feedCreate, feedCreated, feedFile, feedsAnswer } from '../../shared/contracts/calendars.ts';
import { feedId } from '../../shared/contracts/common.ts';
import { created, file, noContent, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import { createFeed, endFeed } from './commands.ts';
import { feedText, myFeeds } from './queries.ts';

export const routes = [
  route({
    method: 'POST',
    path: '/v1/calendar-feeds',
    door: 'signed-in',
    summary: 'Make a calendar feed: of one’s circle, one person, a room, a class. Its address is told this once.',
    bodySchema: feedCreate,
    answers: { 201: feedCreated },
    problems: ['no-authority', 'forbidden', 'not-found', 'idempotency-key-reused'],
    run: async ({ body }, context) => created(await createFeed(context, body)),
  }),
  route({
    method: 'GET',
    path: '/v1/calendar-feeds',
    door: 'signed-in',
    summary: 'One’s own calendar feeds.',
    answers: { 200: feedsAnswer },
    run: async (_, context) => ok({ feeds: await myFeeds(context) }),
  }),
  route({
    method: 'POST',
    path: '/v1/calendar-feeds/{feedId}/revoke',
    door: 'signed-in',
    summary: 'Revoke a feed: its address answers 404 from now on.',
    pathSchema: z.strictObject({ feedId }),
    answers: { 204: z.never() },
    problems: ['not-found'],
    run: async ({ path }, context) => {
      await endFeed(context, path.feedId);
      return noContent();
    },
  }),
  route({
    method: 'GET',
    path: '/v1/calendar-feeds/{file}',
    door: 'anyone',
    summary: 'The feed itself (RFC 5545), for whoever has its secret address: `<token>.ics`.',
    pathSchema: z.strictObject({ file: feedFile }),
    answers: { 200: z.string() },
    answerType: 'text/calendar',
    problems: ['not-found'],
    run: async ({ path }, context) =>
      file(await feedText(context, path.file.slice(0, -'.ics'.length)), 'text/calendar; charset=utf-8'),
  }),
];

export const handler = httpHandler(routes);
