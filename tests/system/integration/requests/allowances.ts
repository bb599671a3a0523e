import type { CityUnderTest } from '../../../support/city.ts';
import { type Officials, TODAY } from '../scene.ts';
import { type Requests, reason } from './request.ts';

export const requests: Requests = {
  'GET /v1/rules': () => ({ path: '/v1/rules' }),
  'PUT /v1/rules': async ({ city }) => {
    const { version, ...body } = (await city.get('/v1/rules')).body.rules;
    return { path: '/v1/rules', body, ifMatch: `"${version}"` };
  },
  'GET /v1/pass-kinds': () => ({ path: '/v1/pass-kinds' }),
  'PUT /v1/pass-kinds': async ({ city, officials }) => {
    await sold(city, officials);
    const { version, kinds } = (await city.get('/v1/pass-kinds')).body;
    return { path: '/v1/pass-kinds', body: { kinds }, ifMatch: `"${version}"` };
  },
  'GET /v1/people/{personId}/allowances': ({ scene }) => ({ path: `/v1/people/${scene.child.personId}/allowances` }),
  'POST /v1/people/{personId}/passes': async ({ city, scene, officials }) => ({
    path: `/v1/people/${scene.child.personId}/passes`,
    body: { kindId: await sold(city, officials), reason },
  }),
  'POST /v1/people/{personId}/passes/{passId}/parts/{part}/paid': async ({ city, scene, officials }) => {
    const path = `/v1/people/${scene.child.personId}/passes`;
    const body = { kindId: await sold(city, officials), inParts: true, reason };
    const { pass } = (await city.post(path, { as: officials.staff, body })).body;
    return { path: `${path}/${pass.passId}/parts/1/paid` };
  },
  'POST /v1/people/{personId}/funds': ({ scene }) => ({
    path: `/v1/people/${scene.child.personId}/funds`,
    body: {
      funder: { zh: '市教育基金会', en: 'City education fund' },
      amountFen: 10_000,
      validUntil: '2027-12-31',
      reason,
    },
  }),
  'GET /v1/people/{personId}/statement': ({ scene }) => ({
    path: `/v1/people/${scene.child.personId}/statement?month=${TODAY.slice(0, 7)}`,
  }),
};

/** A kind of pass that is sold, once for all. */
async function sold(city: CityUnderTest, { officer }: Officials): Promise<string> {
  const { version, kinds } = (await city.get('/v1/pass-kinds')).body;
  if (kinds.length === 0) {
    const title = { zh: '十次卡', en: 'Ten visits' };
    const parts = [
      { units: 4, priceFen: 8_000, dueAfterDays: 0 },
      { units: 6, priceFen: 12_000, dueAfterDays: 30 },
    ];
    const ten = { kindId: 'ten', title, units: 10, validDays: 180, priceFen: 20_000, parts };
    await city.call('PUT', '/v1/pass-kinds', { as: officer, body: { kinds: [ten] }, ifMatch: `"${version}"` });
  }
  return 'ten';
}
