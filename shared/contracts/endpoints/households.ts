import * as z from 'zod';
import { householdId, invitationId, mergeId, nothing } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import {
  household,
  householdCreate,
  invitationAccepted,
  invitationCreate,
  invitations,
  invitedAnswer,
  memberCreate,
  personAnswer,
} from '../people.ts';

const oneHousehold = z.strictObject({ householdId });
const oneInvitation = z.strictObject({ invitationId });

/** Households, who belongs to them, and the invitations that all of it begins with. */
export const createHousehold = endpoint({
  method: 'POST',
  path: '/v1/households',
  auth: 'signed-in',
  summary: 'Founds a household; its founder is its first adult.',
  summaryZh: '建立家庭；建立者是第一位成年人。',
  body: householdCreate,
  answers: { 201: household },
  problems: ['already-in-household', 'no-authority'],
  idempotencyKey: 'optional',
});

export const readHousehold = endpoint({
  method: 'GET',
  path: '/v1/households/{householdId}',
  auth: 'signed-in',
  summary: 'A household and its members, for its members.',
  summaryZh: '一个家庭及其成员，供成员查看。',
  pathParams: oneHousehold,
  answers: { 200: household },
  problems: ['no-authority'],
});

export const addMember = endpoint({
  method: 'POST',
  path: '/v1/households/{householdId}/members',
  auth: 'signed-in',
  summary: 'An adult adds a child, becoming its guardian, or an elder, becoming their proxy.',
  summaryZh: '成年人添加孩子并成为其监护人，或添加老人并成为其代办人。',
  pathParams: oneHousehold,
  body: memberCreate,
  answers: { 201: personAnswer },
  problems: ['no-authority', 'resident-id-check', 'person-exists', 'too-many-members'],
  idempotencyKey: 'optional',
});

export const inviteToHousehold = endpoint({
  method: 'POST',
  path: '/v1/households/{householdId}/invitations',
  auth: 'signed-in',
  summary:
    'An adult asks another adult in, or to bring all of their household, by phone number. Unknown numbers get the same answer.',
  summaryZh: '成年人凭手机号邀请另一位成年人加入，或带全家并入；号码未知时回答相同。',
  pathParams: oneHousehold,
  body: invitationCreate,
  answers: { 202: invitedAnswer },
  problems: ['no-authority', 'phone-format', 'rate-limited', 'merge-standing'],
  idempotencyKey: 'optional',
});

export const leaveHousehold = endpoint({
  method: 'POST',
  path: '/v1/households/{householdId}/leave',
  auth: 'signed-in',
  summary: 'Leaves the household; children and elders are not left without an adult.',
  summaryZh: '退出家庭；不能让孩子和老人身边没有成年人。',
  pathParams: oneHousehold,
  answers: { 204: nothing },
  problems: ['no-authority', 'last-adult', 'changed-meanwhile'],
  idempotencyKey: 'optional',
});

export const undoMerge = endpoint({
  method: 'POST',
  path: '/v1/households/{householdId}/merges/{mergeId}/undo',
  auth: 'signed-in',
  summary: 'Either side takes a merge of two households back within thirty days; what it gave ends.',
  summaryZh: '任一方在三十天内撤销两家合并；由合并而来的权利随之结束。',
  pathParams: z.strictObject({ householdId, mergeId }),
  answers: { 204: nothing },
  problems: ['no-authority', 'merge-final', 'last-adult', 'changed-meanwhile'],
});

export const listInvitations = endpoint({
  method: 'GET',
  path: '/v1/invitations',
  auth: 'signed-in',
  summary: 'The invitations that wait for my answer, and those of mine that wait for others’.',
  summaryZh: '等我答复的邀请，以及我发出、等对方答复的邀请。',
  answers: { 200: invitations },
});

export const acceptInvitation = endpoint({
  method: 'POST',
  path: '/v1/invitations/{invitationId}/accept',
  auth: 'signed-in',
  summary:
    'Accepts: one belongs to the household now, one’s own has become part of it, or one may act for the other person.',
  summaryZh: '接受邀请：加入对方家庭、自家并入，或可代对方办理。',
  pathParams: oneInvitation,
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
});

export const declineInvitation = endpoint({
  method: 'POST',
  path: '/v1/invitations/{invitationId}/decline',
  auth: 'signed-in',
  summary: 'Declines; the other side is not told.',
  summaryZh: '谢绝邀请；不会告知对方。',
  pathParams: oneInvitation,
  answers: { 204: nothing },
  problems: ['invitation-gone'],
});

export const withdrawInvitation = endpoint({
  method: 'POST',
  path: '/v1/invitations/{invitationId}/withdraw',
  auth: 'signed-in',
  summary: 'Takes back an invitation that one has sent.',
  summaryZh: '撤回自己发出的邀请。',
  pathParams: oneInvitation,
  answers: { 204: nothing },
  problems: ['invitation-gone'],
});
