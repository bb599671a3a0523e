import { randomId } from '../../../../shared/kernel/ids.ts';
import { TOMORROW } from '../scene.ts';
import { type Requests, reason, type Stage } from './request.ts';

export const requests: Requests = {
  'POST /v1/centers/{centerId}/closures/preview': ({ scene }) => ({
    path: '/v1/centers/yuhu/closures/preview',
    body: { what: roomTomorrow(scene.roomId) },
  }),
  'POST /v1/centers/{centerId}/closures': ({ scene }) => ({
    path: '/v1/centers/yuhu/closures',
    body: { what: roomTomorrow(scene.roomId), reason: { zh: reason } },
  }),
  'GET /v1/centers/{centerId}/closures': () => ({ path: '/v1/centers/yuhu/closures' }),
  'GET /v1/centers/{centerId}/closures/{closureId}': async (stage) => ({ path: await closedRoom(stage) }),
  'POST /v1/centers/{centerId}/closures/{closureId}/lift': async (stage) => ({
    path: `${await closedRoom(stage)}/lift`,
  }),
};

const roomTomorrow = (roomId: string) => ({ kind: 'resource', roomId, from: TOMORROW, to: TOMORROW });

async function closedRoom({ city, scene, officials }: Stage): Promise<string> {
  const answer = await city.post('/v1/centers/yuhu/closures', {
    as: officials.staff,
    idempotencyKey: randomId('k'),
    body: { what: roomTomorrow(scene.roomId), reason: { zh: reason } },
  });
  return `/v1/centers/yuhu/closures/${answer.body.closure.closureId}`;
}
