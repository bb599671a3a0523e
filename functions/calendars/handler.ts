import * as api from '../../shared/contracts/endpoints/calendars.ts';
import { created, file, noContent, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { createFeed, endFeed } from './commands.ts';
import { listOwnFeeds, writeFeed } from './queries.ts';

export const routes = pair(api, {
  createFeed: async (context, { body }) => created(await createFeed(context, body)),
  listFeeds: async (context) => ok({ feeds: await listOwnFeeds(context) }),
  revokeFeed: async (context, { path }) => {
    await endFeed(context, path.feedId);
    return noContent();
  },
  readFeed: async (context, { path }) =>
    file(await writeFeed(context, path.file.slice(0, -'.ics'.length)), 'text/calendar; charset=utf-8'),
});

export const handler = httpHandler(routes);
