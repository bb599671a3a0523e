import * as z from 'zod';
import { householdId, invitationId, mergeId } from '../../shared/contracts/common.ts';
import {
  household,
  householdCreate,
  invitationAccepted,
  invitationCreate,
  invitations,
  invitedAnswer,
  memberCreate,
  personAnswer,
} from '../../shared/contracts/people.ts';
import { created, ok } from '../../shared/http/answer.ts';
import { route } from '../../shared/http/route.ts';
import { done, invited } from './answers.ts';
import { addMember, createHousehold, leaveHousehold } from './households/commands.ts';
import { readHousehold } from './households/queries.ts';
import { acceptInvitation, declineInvitation, withdrawInvitation } from './invitations/commands/answering.ts';
import { inviteToHousehold } from './invitations/commands/sending.ts';
import { listInvitations } from './invitations/queries.ts';
import { undoMerge } from './merges/commands.ts';

const oneHousehold = z.strictObject({ householdId });
const oneInvitation = z.strictObject({ invitationId });

/** Households, who belongs to them, and the invitations that all of it begins with. */
export const householdRoutes = [
  route({
    method: 'POST',
    path: '/v1/households',
    door: 'signed-in',
    summary: 'Founds a household; its founder is its first adult.',
    bodySchema: householdCreate,
    answers: { 201: household },
    problems: ['already-in-household', 'idempotency-key-reused'],
    run: async ({ body }, context) => {
      const { householdId, replayed } = await createHousehold(body, context);
      return created(await readHousehold(householdId, context), { replayed });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/households/{householdId}',
    door: 'signed-in',
    summary: 'A household and its members, for its members.',
    pathSchema: oneHousehold,
    answers: { 200: household },
    problems: ['no-authority'],
    run: async ({ path }, context) => ok(await readHousehold(path.householdId, context)),
  }),
  route({
    method: 'POST',
    path: '/v1/households/{householdId}/members',
    door: 'signed-in',
    summary: 'An adult adds a child, becoming its guardian, or an elder, becoming their proxy.',
    pathSchema: oneHousehold,
    bodySchema: memberCreate,
    answers: { 201: personAnswer },
    problems: ['no-authority', 'resident-id-check', 'person-exists', 'too-many-members', 'idempotency-key-reused'],
    run: async ({ path, body }, context) => {
      const { person, replayed } = await addMember(path.householdId, body, context);
      return created({ person }, { replayed });
    },
  }),
  route({
    method: 'POST',
    path: '/v1/households/{householdId}/invitations',
    door: 'signed-in',
    summary:
      'An adult asks another adult in, or to bring all of their household, by phone number. Unknown numbers get the same answer.',
    pathSchema: oneHousehold,
    bodySchema: invitationCreate,
    answers: { 202: invitedAnswer },
    problems: ['no-authority', 'phone-format', 'rate-limited', 'merge-standing', 'idempotency-key-reused'],
    run: ({ path, body }, context) => invited(inviteToHousehold(path.householdId, body, context)),
  }),
  route({
    method: 'POST',
    path: '/v1/households/{householdId}/leave',
    door: 'signed-in',
    summary: 'Leaves the household; children and elders are not left without an adult.',
    pathSchema: oneHousehold,
    answers: { 204: z.never() },
    problems: ['no-authority', 'last-adult', 'changed-meanwhile', 'idempotency-key-reused'],
    run: ({ path }, context) => done(leaveHousehold(path.householdId, context)),
  }),
  route({
    method: 'POST',
    path: '/v1/households/{householdId}/merges/{mergeId}/undo',
    door: 'signed-in',
    summary: 'Either side takes a merge of two households back within thirty days; what it gave ends.',
    pathSchema: z.strictObject({ householdId, mergeId }),
    answers: { 204: z.never() },
    problems: ['no-authority', 'merge-final', 'last-adult', 'changed-meanwhile'],
    run: ({ path }, context) => done(undoMerge(path.householdId, path.mergeId, context)),
  }),
  route({
    method: 'GET',
    path: '/v1/invitations',
    door: 'signed-in',
    summary: 'The invitations that wait for my answer, and those of mine that wait for others’.',
    answers: { 200: invitations },
    run: async (_, context) => ok(await listInvitations(context)),
  }),
  route({
    method: 'POST',
    path: '/v1/invitations/{invitationId}/accept',
    door: 'signed-in',
    summary:
      'Accepts: one belongs to the household now, one’s own has become part of it, or one may act for the other person.',
    pathSchema: oneInvitation,
    answers: { 200: invitationAccepted },
    problems: [
      'invitation-gone',
      'adults-only',
      'already-in-household',
      'too-many-members',
      'already-granted',
      'no-household',
      'merge-standing',
      'changed-meanwhile',
    ],
    run: async ({ path }, context) => ok(await acceptInvitation(path.invitationId, context)),
  }),
  route({
    method: 'POST',
    path: '/v1/invitations/{invitationId}/decline',
    door: 'signed-in',
    summary: 'Declines; the other side is not told.',
    pathSchema: oneInvitation,
    answers: { 204: z.never() },
    problems: ['invitation-gone'],
    run: ({ path }, context) => done(declineInvitation(path.invitationId, context)),
  }),
  route({
    method: 'POST',
    path: '/v1/invitations/{invitationId}/withdraw',
    door: 'signed-in',
    summary: 'Takes back an invitation that one has sent.',
    pathSchema: oneInvitation,
    answers: { 204: z.never() },
    problems: ['invitation-gone'],
    run: ({ path }, context) => done(withdrawInvitation(path.invitationId, context)),
  }),
];
