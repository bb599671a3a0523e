import type { Requests, Stage } from './request.ts';

export const requests: Requests = {
  'POST /v1/calendar-feeds': ({ scene }) => ({
    path: '/v1/calendar-feeds',
    body: { kind: 'person', of: scene.child.personId },
  }),
  'GET /v1/calendar-feeds': () => ({ path: '/v1/calendar-feeds' }),
  'POST /v1/calendar-feeds/{feedId}/revoke': async (stage) => ({
    path: `/v1/calendar-feeds/${(await feedOfGuardian(stage)).feedId}/revoke`,
  }),
  'GET /v1/calendar-feeds/{file}': async (stage) => ({ path: (await feedOfGuardian(stage)).path }),
};

async function feedOfGuardian({ city, scene }: Stage): Promise<{ feedId: string; path: string }> {
  return (await city.post('/v1/calendar-feeds', { as: scene.guardian, body: { kind: 'circle' } })).body;
}
