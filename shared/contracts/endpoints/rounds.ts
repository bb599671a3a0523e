import * as z from 'zod';
import { nothing } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import {
  applicationAnswer,
  applicationChange,
  applicationId,
  applicationRequest,
  applicationsAnswer,
  claimDecision,
  claimsAnswer,
  claimsQuery,
  groupClaim,
  publicationAnswer,
  publicationQuery,
  roundAnswer,
  roundId,
  roundRequest,
  roundsAnswer,
} from '../rounds.ts';

/** How wishes can be refused. */
const wishProblems = [
  'no-authority',
  'not-found',
  'round-not-open',
  'wish-not-in-round',
  'group-not-in-round',
  'provider-not-whitelisted',
  'birth-date-missing',
  'age',
  'district',
  'school',
  'prerequisite',
  'quota-exceeded',
  'too-far-ahead',
] as const;

const roundPath = z.strictObject({ roundId });
const applicationPath = z.strictObject({ roundId, applicationId });

export const listRounds = endpoint({
  method: 'GET',
  path: '/v1/rounds',
  auth: 'public',
  summary: 'The allocation rounds of the city, the newest first.',
  summaryZh: '全市的抽签分配，最新的在前。',
  answers: { 200: roundsAnswer },
});

export const readRound = endpoint({
  method: 'GET',
  path: '/v1/rounds/{roundId}',
  auth: 'public',
  summary: 'A round: its sessions, its rule, the hash of its seed; from the draw on the seed itself.',
  summaryZh: '一轮抽签：场次、规则、种子的哈希；抽签后公布种子。',
  pathParams: roundPath,
  answers: { 200: roundAnswer },
  problems: ['not-found'],
});

export const openRound = endpoint({
  method: 'POST',
  path: '/v1/rounds',
  auth: 'signed-in',
  summary: 'Open a round over some sessions, for the education bureau or the staff of their centers.',
  summaryZh: '教育部门或中心工作人员就若干场次开启一轮抽签。',
  body: roundRequest,
  answers: { 201: roundAnswer },
  problems: ['forbidden', 'not-found', 'session-not-allocatable'],
  idempotencyKey: 'optional',
});

export const listApplications = endpoint({
  method: 'GET',
  path: '/v1/rounds/{roundId}/applications',
  auth: 'signed-in',
  summary: 'The applications of oneself and of those one acts for; from the draw on with what came of them.',
  summaryZh: '本人和可代办的人的申请；抽签后附结果。',
  pathParams: roundPath,
  answers: { 200: applicationsAnswer },
  problems: ['not-found'],
});

export const applyToRound = endpoint({
  method: 'POST',
  path: '/v1/rounds/{roundId}/applications',
  auth: 'signed-in',
  summary: 'Apply with ranked wishes for one child, or for several who want to be together.',
  summaryZh: '为一个孩子，或几个要在一起的孩子，按志愿顺序报名。',
  pathParams: roundPath,
  body: applicationRequest,
  answers: { 201: applicationAnswer },
  problems: [...wishProblems, 'already-applied'],
  idempotencyKey: 'optional',
});

export const changeApplication = endpoint({
  method: 'POST',
  path: '/v1/rounds/{roundId}/applications/{applicationId}/change',
  auth: 'signed-in',
  summary: 'Change the wishes of an application, or the group it claims.',
  summaryZh: '修改申请的志愿或所报的优先组。',
  pathParams: applicationPath,
  body: applicationChange,
  answers: { 200: applicationAnswer },
  problems: [...wishProblems, 'changed-meanwhile'],
});

export const withdrawApplication = endpoint({
  method: 'POST',
  path: '/v1/rounds/{roundId}/applications/{applicationId}/withdraw',
  auth: 'signed-in',
  summary: 'Take an application out of the round.',
  summaryZh: '撤回申请。',
  pathParams: applicationPath,
  answers: { 204: nothing },
  problems: ['no-authority', 'not-found', 'round-not-open'],
});

export const listGroupClaims = endpoint({
  method: 'GET',
  path: '/v1/rounds/{roundId}/claims',
  auth: 'signed-in',
  summary: 'Who claims a priority group, for the staff who confirm it. A page may be empty with more to come.',
  summaryZh: '供工作人员核对：谁报了优先组；某页可能为空而后面还有。',
  pathParams: roundPath,
  query: claimsQuery,
  answers: { 200: claimsAnswer },
  problems: ['forbidden', 'not-found', 'invalid-cursor'],
});

export const decideGroupClaim = endpoint({
  method: 'POST',
  path: '/v1/rounds/{roundId}/claims/{applicationId}',
  auth: 'signed-in',
  summary: 'Confirm the priority group of an application, or take it back.',
  summaryZh: '确认一份申请的优先组，或收回确认。',
  pathParams: applicationPath,
  body: claimDecision,
  answers: { 200: z.object({ claim: groupClaim }) },
  problems: ['forbidden', 'not-found', 'round-decided', 'changed-meanwhile'],
});

export const readPublication = endpoint({
  method: 'GET',
  path: '/v1/rounds/{roundId}/publication',
  auth: 'public',
  summary: 'All that the draw was made of and led to, for anybody to check, page by page; without a name.',
  summaryZh: '抽签所依据和得出的一切，任何人可逐页核对；不含姓名。',
  pathParams: roundPath,
  query: publicationQuery,
  answers: { 200: publicationAnswer },
  problems: ['not-found', 'round-not-drawn', 'invalid-cursor'],
});
