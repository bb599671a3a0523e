import { newPhone } from '../../../support/residents.ts';
import type { Requests } from './request.ts';

export const requests: Requests = {
  'GET /.well-known/jwks.json': () => ({ path: '/.well-known/jwks.json' }),
  'POST /v1/sign-in/codes': () => ({ path: '/v1/sign-in/codes', body: { phone: newPhone() } }),
  'POST /v1/sign-in': () => ({ path: '/v1/sign-in', body: { phone: newPhone(), code: '123456' } }),
  'POST /v1/sign-in/service': ({ scene }) => ({
    path: '/v1/sign-in/service',
    body: { accountId: scene.newcomer.personId, key: 'none of ours' },
  }),
  'POST /v1/sign-in/refresh': () => ({ path: '/v1/sign-in/refresh', body: { refreshToken: 'none of ours' } }),
  'POST /v1/sign-out': () => ({ path: '/v1/sign-out', body: {} }),
};
