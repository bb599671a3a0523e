import { inLine, TODAY } from '../scene.ts';
import type { Requests } from './request.ts';

export const requests: Requests = {
  'GET /v1/centers/{centerId}/sessions': () => ({ path: `/v1/centers/yuhu/sessions?from=${TODAY}` }),
  'GET /v1/sessions/{sessionId}': ({ scene }) => ({ path: `/v1/sessions/${scene.sessionId}` }),
  'POST /v1/session-bookings': ({ scene }) => ({
    path: '/v1/session-bookings',
    body: { sessionIds: [scene.sessionId], beneficiaryIds: [scene.child.personId] },
  }),
  'GET /v1/waiting': () => ({ path: '/v1/waiting' }),
  'POST /v1/people/{personId}/waiting/{sessionId}/leave': async ({ city, scene }) => ({
    path: `/v1/people/${scene.child.personId}/waiting/${await inLine(city, scene)}/leave`,
  }),
  'GET /v1/sessions/{sessionId}/waiting-decisions': ({ scene }) => ({
    path: `/v1/sessions/${scene.sessionId}/waiting-decisions`,
  }),
  'POST /v1/session-bookings/quote': ({ scene }) => ({
    path: '/v1/session-bookings/quote',
    body: { sessionIds: [scene.sessionId], beneficiaryIds: [scene.child.personId] },
  }),
};
