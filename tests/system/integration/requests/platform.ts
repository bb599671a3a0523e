import type { Requests } from './request.ts';

export const requests: Requests = {
  'GET /v1/openapi.json': () => ({ path: '/v1/openapi.json' }),
  'GET /v1/health': () => ({ path: '/v1/health' }),
};
