import { TOMORROW } from '../scene.ts';
import type { Requests } from './request.ts';

export const requests: Requests = {
  'GET /v1/people/{personId}/bookings/{bookingId}/entry-code': async ({ city, scene }) => {
    const body = {
      date: TOMORROW,
      startsAt: '10:00',
      endsAt: '11:00',
      beneficiaryId: scene.child.personId,
      purpose: '练琴',
    };
    const answer = await city.post(`/v1/rooms/${scene.roomId}/bookings`, { as: scene.guardian, body });
    return { path: `/v1/people/${scene.child.personId}/bookings/${answer.body.booking.bookingId}/entry-code` };
  },
  'POST /v1/doors/{roomId}/entries': ({ scene }) => ({
    path: `/v1/doors/${scene.roomId}/entries`,
    body: { code: '12345678' },
  }),
  'GET /v1/centers/{centerId}/door-keys': () => ({ path: '/v1/centers/yuhu/door-keys' }),
  'POST /v1/doors/{roomId}/keys': ({ scene }) => ({ path: `/v1/doors/${scene.roomId}/keys`, body: { label: '正门' } }),
  'POST /v1/doors/{roomId}/keys/{keyId}/revoke': async ({ city, scene, officials }) => {
    const path = `/v1/doors/${scene.roomId}/keys`;
    const { keyId } = (await city.post(path, { as: officials.staff, body: { label: '正门' } })).body;
    return { path: `${path}/${keyId}/revoke` };
  },
};
