import { TODAY, TOMORROW } from '../scene.ts';
import type { Requests } from './request.ts';

export const requests: Requests = {
  'GET /v1/rooms/{roomId}/availability': ({ scene }) => ({
    path: `/v1/rooms/${scene.roomId}/availability?from=${TODAY}`,
  }),
  'GET /v1/centers/{centerId}/rooms-week': () => ({ path: '/v1/centers/yuhu/rooms-week?week=2026-W10' }),
  'POST /v1/rooms/{roomId}/bookings': ({ scene }) => ({
    path: `/v1/rooms/${scene.roomId}/bookings`,
    body: {
      date: TOMORROW,
      startsAt: '10:00',
      endsAt: '11:00',
      purpose: '练琴',
      beneficiaryId: scene.child.personId,
    },
  }),
};
