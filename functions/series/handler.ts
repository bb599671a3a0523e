import * as z from 'zod';
import { seriesId } from '../../shared/contracts/common.ts';
import {
  changePreviewAnswer,
  seriesAnswer,
  seriesChange,
  seriesListAnswer,
  seriesPreviewAnswer,
  seriesRequest,
} from '../../shared/contracts/series.ts';
import { created, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { route } from '../../shared/http/route.ts';
import { change } from './changes/commands.ts';
import { previewChange } from './changes/queries/preview.ts';
import { create, goOn } from './commands.ts';
import { mySeries, oneSeries, preview } from './queries.ts';

const seriesPath = z.strictObject({ seriesId });
const making = ['no-authority', 'forbidden', 'not-found', 'series-rule', 'series-empty', 'series-too-long'] as const;

const changing = [
  ...['no-authority', 'in-the-past', 'occurrence-over', 'not-free-to-change'],
  ...['series-rule', 'series-empty', 'series-too-long'],
] as const;

export const routes = [
  route({
    method: 'POST',
    path: '/v1/series/preview',
    door: 'signed-in',
    summary: 'Each date of a series and what would become of it now; nothing is written.',
    bodySchema: seriesRequest,
    answers: { 200: seriesPreviewAnswer },
    problems: making,
    run: async ({ body }, context) => ok(await preview(context, body)),
  }),
  route({
    method: 'POST',
    path: '/v1/series',
    door: 'signed-in',
    summary: 'Book a room or a class again and again; the answer says of each date what became of it.',
    bodySchema: seriesRequest,
    answers: { 201: seriesAnswer },
    problems: [...making, 'idempotency-key-reused'],
    run: async ({ body }, context) => {
      const { series, replayed } = await create(context, body);
      return created({ series }, { replayed });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/series',
    door: 'signed-in',
    summary: 'Series of oneself and of everyone one may act for.',
    answers: { 200: seriesListAnswer },
    run: async (_, context) => ok({ series: await mySeries(context) }),
  }),
  route({
    method: 'GET',
    path: '/v1/series/{seriesId}',
    door: 'signed-in',
    summary: 'A series with each of its dates as it stands.',
    pathSchema: seriesPath,
    answers: { 200: seriesAnswer },
    problems: ['no-authority'],
    run: async ({ path }, context) => ok({ series: await oneSeries(context, path.seriesId) }),
  }),
  route({
    method: 'POST',
    path: '/v1/series/{seriesId}/continue',
    door: 'signed-in',
    summary: 'Go on where a series was left off; nothing is booked twice.',
    pathSchema: seriesPath,
    answers: { 200: seriesAnswer },
    problems: ['no-authority'],
    run: async ({ path }, context) => ok({ series: await goOn(context, path.seriesId) }),
  }),
  route({
    method: 'PATCH',
    path: '/v1/series/{seriesId}',
    door: 'signed-in',
    summary:
      'Move, cancel or rename one occurrence, it and all that follow, or all, also by another rule; past and paid ones stay.',
    pathSchema: seriesPath,
    bodySchema: seriesChange,
    answers: { 200: seriesAnswer },
    problems: changing,
    run: async ({ path, body }, context) => ok({ series: await change(context, path.seriesId, body) }),
  }),
  route({
    method: 'POST',
    path: '/v1/series/{seriesId}/preview',
    door: 'signed-in',
    summary: 'What a change of a series would come to, date by date; nothing is written.',
    pathSchema: seriesPath,
    bodySchema: seriesChange,
    answers: { 200: changePreviewAnswer },
    problems: changing,
    run: async ({ path, body }, context) => ok(await previewChange(context, path.seriesId, body)),
  }),
];

export const handler = httpHandler(routes);
