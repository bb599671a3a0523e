import { bookedPlace, held, missed, TOMORROW } from '../scene.ts';
import { type Request, type Requests, reason, type Stage } from './request.ts';

export const requests: Requests = {
  'GET /v1/people/{personId}/standing': ({ scene }) => ({ path: `/v1/people/${scene.child.personId}/standing` }),
  'POST /v1/people/{personId}/no-shows/{bookingId}/appeal': async ({ city, scene, officials }) => ({
    path: `/v1/people/${scene.child.personId}/no-shows/${await missed(city, scene, officials.staff)}/appeal`,
    body: { reason },
  }),
  'GET /v1/orders/{orderId}': async ({ city, scene }) => ({
    path: `/v1/orders/${await held(city, scene, { payment: { withinMinutes: 10 } })}`,
  }),
  'POST /v1/orders/{orderId}/confirm': async ({ city, scene }) => ({
    path: `/v1/orders/${await held(city, scene, { payment: { withinMinutes: 10 } })}/confirm`,
    body: { amountFen: 1_000 },
  }),
  'POST /v1/orders/{orderId}/decline': async ({ city, scene }) => ({
    path: `/v1/orders/${await held(city, scene, { payment: { withinMinutes: 10 } })}/decline`,
  }),
  'POST /v1/orders/{orderId}/approve': async ({ city, scene }) => ({
    path: `/v1/orders/${await held(city, scene, { approval: { withinHours: 5 } })}/approve`,
  }),
  'POST /v1/orders/{orderId}/reject': async ({ city, scene }) => ({
    path: `/v1/orders/${await held(city, scene, { approval: { withinHours: 5 } })}/reject`,
  }),
  'GET /v1/centers/{centerId}/approvals': () => ({ path: '/v1/centers/yuhu/approvals' }),
  'GET /v1/bookings': () => ({ path: '/v1/bookings' }),
  'GET /v1/people/{personId}/bookings/{bookingId}': (stage) => aboutBooking(stage, ''),
  'GET /v1/people/{personId}/bookings/{bookingId}/cancellation': (stage) => aboutBooking(stage, '/cancellation'),
  'POST /v1/people/{personId}/bookings/{bookingId}/cancel': (stage) => aboutBooking(stage, '/cancel'),
  'GET /v1/people/{personId}/bookings/{bookingId}/calendar.ics': (stage) => aboutBooking(stage, '/calendar.ics'),
};

async function aboutBooking({ city, scene }: Stage, what: string): Promise<Request> {
  const { bookingId } = await bookedPlace(city, scene, TOMORROW);
  return { path: `/v1/people/${scene.child.personId}/bookings/${bookingId}${what}` };
}
