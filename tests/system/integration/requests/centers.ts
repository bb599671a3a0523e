import { TODAY } from '../scene.ts';
import type { Requests } from './request.ts';

export const requests: Requests = {
  'GET /v1/centers': () => ({ path: '/v1/centers' }),
  'GET /v1/centers/{centerId}': () => ({ path: '/v1/centers/yuhu' }),
  'GET /v1/centers/{centerId}/opening': () => ({ path: `/v1/centers/yuhu/opening?from=${TODAY}` }),
};
