import { bookedPlace, missed, TODAY } from '../scene.ts';
import { type Requests, reason } from './request.ts';

export const requests: Requests = {
  'POST /v1/people/{personId}/no-shows/{bookingId}/decision': async ({ city, scene, officials }) => ({
    path: `/v1/people/${scene.child.personId}/no-shows/${await missed(city, scene, officials.staff)}/decision`,
    body: { accept: true, reason },
  }),
  'GET /v1/centers/{centerId}/no-show-appeals': () => ({ path: '/v1/centers/yuhu/no-show-appeals' }),
  'GET /v1/centers/{centerId}/board': async ({ city, scene }) => {
    await bookedPlace(city, scene, TODAY);
    return { path: `/v1/centers/yuhu/board?date=${TODAY}` };
  },
  'POST /v1/centers/{centerId}/attendance': async ({ city, scene }) => {
    const { sessionId } = await bookedPlace(city, scene, TODAY);
    const body = { sessionId, personId: scene.child.personId, to: 'checked-in' };
    return { path: '/v1/centers/yuhu/attendance', body };
  },
  'POST /v1/centers/{centerId}/attendance/by-code': async ({ city, scene }) => {
    // The whole id, as the QR code has it: six characters may meet another booking of the day.
    const { bookingId } = await bookedPlace(city, scene, TODAY);
    return { path: '/v1/centers/yuhu/attendance/by-code', body: { code: bookingId } };
  },
  'POST /v1/centers/{centerId}/bookings': ({ scene }) => ({
    path: '/v1/centers/yuhu/bookings',
    body: { sessionIds: [scene.sessionId], beneficiaryIds: [scene.child.personId], reason },
  }),
};
