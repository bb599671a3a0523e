import { bookedPlace, TODAY } from '../scene.ts';
import type { Requests } from './request.ts';

export const requests: Requests = {
  'GET /v1/operators': () => ({ path: '/v1/operators' }),
  'GET /v1/operators/{operatorId}': () => ({ path: '/v1/operators/op-a' }),
  'GET /v1/operators/{operatorId}/sessions': () => ({ path: `/v1/operators/op-a/sessions?from=${TODAY}` }),
  'GET /v1/operators/{operatorId}/sessions/{sessionId}/roster': async ({ city, scene }) => {
    const { sessionId } = await bookedPlace(city, scene, TODAY, 'op-a');
    return { path: `/v1/operators/op-a/sessions/${sessionId}/roster` };
  },
};
