import { applied, openedRound, roundOverOneSession } from '../scene.ts';
import type { Request, Requests, Stage } from './request.ts';

export const requests: Requests = {
  'GET /v1/rounds': () => ({ path: '/v1/rounds' }),
  'GET /v1/rounds/{roundId}': (stage) => aboutRound(stage, ''),
  'GET /v1/rounds/{roundId}/publication': (stage) => aboutRound(stage, '/publication'),
  'POST /v1/rounds': async () => ({ path: '/v1/rounds', body: await roundOverOneSession() }),
  'GET /v1/rounds/{roundId}/applications': (stage) => aboutRound(stage, '/applications'),
  'POST /v1/rounds/{roundId}/applications': async ({ city, scene, officials }) => {
    const { roundId, sessionId } = await openedRound(city, officials.officer);
    const body = { childIds: [scene.child.personId], wishes: [sessionId] };
    return { path: `/v1/rounds/${roundId}/applications`, body };
  },
  'POST /v1/rounds/{roundId}/applications/{applicationId}/change': async ({ city, scene, officials }) => {
    const { at, sessionId } = await applied(city, scene, officials.officer);
    return { path: `${at('applications')}/change`, body: { wishes: [sessionId] } };
  },
  'POST /v1/rounds/{roundId}/applications/{applicationId}/withdraw': async ({ city, scene, officials }) => ({
    path: `${(await applied(city, scene, officials.officer)).at('applications')}/withdraw`,
  }),
  'GET /v1/rounds/{roundId}/claims': async ({ city, scene, officials }) => ({
    path: `/v1/rounds/${(await applied(city, scene, officials.officer)).roundId}/claims`,
  }),
  'POST /v1/rounds/{roundId}/claims/{applicationId}': async ({ city, scene, officials }) => {
    const { at } = await applied(city, scene, officials.officer);
    return { path: at('claims'), body: { groupId: 'neighbors', confirmed: true } };
  },
};

async function aboutRound({ city, officials }: Stage, what: string): Promise<Request> {
  const { roundId } = await openedRound(city, officials.officer);
  return { path: `/v1/rounds/${roundId}${what}` };
}
