import { randomId } from '../../../../shared/kernel/ids.ts';
import { offering } from '../../../support/builders.ts';
import type { Requests, Stage } from './request.ts';

export const requests: Requests = {
  'GET /v1/waivers': () => ({ path: '/v1/waivers' }),
  'POST /v1/waivers': () => ({ path: '/v1/waivers', body: newWaiver() }),
  'GET /v1/waivers/{waiverId}': async (stage) => ({ path: `/v1/waivers/${await published(stage)}` }),
  'PUT /v1/waivers/{waiverId}/offerings/{offeringId}': async (stage) => ({
    path: `/v1/waivers/${await published(stage)}/offerings/${await offering('yuhu', `w${randomId('')}`)}`,
    body: { asked: true },
  }),
  'GET /v1/people/{personId}/waivers': ({ scene }) => ({ path: `/v1/people/${scene.child.personId}/waivers` }),
  'POST /v1/people/{personId}/waivers/{waiverId}/sign': async (stage) => ({
    path: `/v1/people/${stage.scene.child.personId}/waivers/${await published(stage)}/sign`,
    body: { version: 1, signedName: '王大明' },
  }),
};

const newWaiver = () => ({
  waiverId: `w${randomId('')}`,
  title: { zh: '同意书', en: 'Waiver' },
  text: { zh: '请看护好孩子。', en: 'Mind your child.' },
  replaces: 0,
});

async function published({ city, officials }: Stage): Promise<string> {
  const body = newWaiver();
  await city.post('/v1/waivers', { as: officials.officer, body });
  return body.waiverId;
}
