import { newPhone } from '../../../support/residents.ts';
import { invited, merged } from '../scene.ts';
import type { Requests } from './request.ts';

export const requests: Requests = {
  'POST /v1/households': () => ({ path: '/v1/households', body: { name: '新家' } }),
  'GET /v1/households/{householdId}': ({ scene }) => ({ path: `/v1/households/${scene.householdId}` }),
  'POST /v1/households/{householdId}/members': ({ scene }) => ({
    path: `/v1/households/${scene.householdId}/members`,
    body: { name: '弟弟', birthDate: '2022-02-02', role: 'child' },
  }),
  'POST /v1/households/{householdId}/invitations': ({ scene }) => ({
    path: `/v1/households/${scene.householdId}/invitations`,
    body: { phone: newPhone() },
  }),
  'POST /v1/households/{householdId}/leave': ({ scene }) => ({ path: `/v1/households/${scene.householdId}/leave` }),
  'POST /v1/households/{householdId}/merges/{mergeId}/undo': async ({ city, scene }) => ({
    path: `/v1/households/${scene.householdId}/merges/${await merged(city, scene)}/undo`,
  }),
  'GET /v1/invitations': () => ({ path: '/v1/invitations' }),
  'POST /v1/invitations/{invitationId}/accept': async ({ city, scene }) => ({
    path: `/v1/invitations/${await invited(city, scene)}/accept`,
  }),
  'POST /v1/invitations/{invitationId}/decline': async ({ city, scene }) => ({
    path: `/v1/invitations/${await invited(city, scene)}/decline`,
  }),
  'POST /v1/invitations/{invitationId}/withdraw': async ({ city, scene }) => ({
    path: `/v1/invitations/${await invited(city, scene)}/withdraw`,
  }),
};
