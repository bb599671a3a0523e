import { madeSeries, seriesRequestOf } from '../series-made.ts';
import type { Requests } from './request.ts';

export const requests: Requests = {
  'POST /v1/series/preview': ({ scene }) => ({ path: '/v1/series/preview', body: seriesRequestOf(scene) }),
  'POST /v1/series': ({ scene }) => ({ path: '/v1/series', body: seriesRequestOf(scene) }),
  'GET /v1/series': () => ({ path: '/v1/series' }),
  'GET /v1/series/{seriesId}': async ({ city, scene }) => ({ path: `/v1/series/${await madeSeries(city, scene)}` }),
  'POST /v1/series/{seriesId}/continue': async ({ city, scene }) => ({
    path: `/v1/series/${await madeSeries(city, scene)}/continue`,
  }),
  'POST /v1/series/{seriesId}/preview': async ({ city, scene }) => ({
    path: `/v1/series/${await madeSeries(city, scene)}/preview`,
    body: { scope: 'all', move: { startsAt: '13:00' } },
  }),
  'PATCH /v1/series/{seriesId}': async ({ city, scene }) => ({
    path: `/v1/series/${await madeSeries(city, scene)}`,
    body: { scope: 'all', purpose: '合奏' },
  }),
};
