import { newCardNumber } from '../../../support/residents.ts';
import { appointed, automated, limited, trusted } from '../scene.ts';
import { type Requests, reason } from './request.ts';

export const requests: Requests = {
  'GET /v1/me': () => ({ path: '/v1/me' }),
  'POST /v1/people': () => ({
    path: '/v1/people',
    body: { name: '郑阿公', cardNumber: newCardNumber('1941-03-07'), reason },
  }),
  'POST /v1/people/search': ({ scene }) => ({
    path: '/v1/people/search',
    body: { phone: scene.guardian.phone, reason },
  }),
  'GET /v1/people/{personId}': ({ scene }) => ({
    path: `/v1/people/${scene.child.personId}?reason=${encodeURIComponent(reason)}`,
  }),
  'PATCH /v1/people/{personId}': ({ scene }) => ({
    path: `/v1/people/${scene.child.personId}`,
    body: { district: '荔城区' },
    ifMatch: '"1"',
  }),
  'POST /v1/people/{personId}/confirmed': ({ scene }) => ({
    path: `/v1/people/${scene.child.personId}/confirmed`,
    body: { groupId: 'low-income', member: true, reason },
  }),
  'GET /v1/people/{personId}/reads': ({ scene }) => ({ path: `/v1/people/${scene.child.personId}/reads` }),
  'GET /v1/people/{personId}/grants': ({ scene }) => ({ path: `/v1/people/${scene.child.personId}/grants` }),
  'POST /v1/grants': ({ scene }) => ({
    path: '/v1/grants',
    body: { kind: 'proxy', subjectId: scene.child.personId, holderPhone: scene.stranger.phone },
  }),
  'POST /v1/people/{personId}/grants/{grantId}/end': ({ scene }) => ({
    path: `/v1/people/${scene.child.personId}/grants/${scene.grantId}/end`,
  }),
  'PATCH /v1/people/{personId}/grants/{grantId}': async ({ city, scene }) => ({
    path: `/v1/people/${scene.child.personId}/grants/${await trusted(city, scene)}`,
    body: { rights: ['pickup'] },
  }),
  'GET /v1/people/{personId}/limits': ({ scene }) => ({
    path: `/v1/people/${scene.child.personId}/limits?reason=${encodeURIComponent(reason)}`,
  }),
  'POST /v1/people/{personId}/limits': ({ scene }) => ({
    path: `/v1/people/${scene.child.personId}/limits`,
    body: { adultId: scene.guardian.personId, reason, documentNumber: '12' },
  }),
  'POST /v1/people/{personId}/limits/{limitId}/lift': async ({ city, scene, officials }) => ({
    path: `/v1/people/${scene.child.personId}/limits/${await limited(city, scene, officials.admin)}/lift`,
    body: { reason, documentNumber: '13' },
  }),
  'POST /v1/posts': ({ scene }) => ({
    path: '/v1/posts',
    body: { kind: 'center-staff', personId: scene.newcomer.personId, centerId: 'yuhu' },
  }),
  'GET /v1/posts': () => ({ path: '/v1/posts?kind=center-staff&of=yuhu' }),
  'POST /v1/people/{personId}/posts/{postId}/end': async ({ city, scene, officials }) => ({
    path: `/v1/people/${scene.newcomer.personId}/posts/${await appointed(scene, officials.admin, city)}/end`,
  }),
  'POST /v1/service-accounts': () => ({
    path: '/v1/service-accounts',
    body: { name: '数据平台', post: { kind: 'center-staff', centerId: 'yuhu' } },
  }),
  'GET /v1/service-accounts': () => ({ path: '/v1/service-accounts?kind=center-staff&of=yuhu' }),
  'POST /v1/service-accounts/{accountId}/rotate': async ({ city, officials }) => ({
    path: `/v1/service-accounts/${await automated(officials.admin, city)}/rotate`,
  }),
  'POST /v1/service-accounts/{accountId}/end': async ({ city, officials }) => ({
    path: `/v1/service-accounts/${await automated(officials.admin, city)}/end`,
  }),
};
