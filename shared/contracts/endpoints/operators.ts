import * as z from 'zod';
import { operatorId, sessionId } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { operatorAnswer, operatorSessionsAnswer, operatorsAnswer, rosterAnswer } from '../operators.ts';
import { sessionQuery } from '../sessions.ts';

const operatorPath = z.strictObject({ operatorId });

export const listOperators = endpoint({
  method: 'GET',
  path: '/v1/operators',
  auth: 'public',
  summary: 'The operators at work in the city.',
  summaryZh: '全市在营的运营机构。',
  answers: { 200: operatorsAnswer },
});

export const readOperator = endpoint({
  method: 'GET',
  path: '/v1/operators/{operatorId}',
  auth: 'public',
  summary: 'An operator and its whitelist entries.',
  summaryZh: '一家运营机构及其白名单。',
  pathParams: operatorPath,
  answers: { 200: operatorAnswer },
  problems: ['not-found'],
});

export const listOperatorSessions = endpoint({
  method: 'GET',
  path: '/v1/operators/{operatorId}/sessions',
  auth: 'signed-in',
  summary: 'An operator’s sessions at all centers, for its own staff and who watches over it.',
  summaryZh: '一家机构在各中心的场次，供其员工和监管者查看。',
  pathParams: operatorPath,
  query: sessionQuery,
  answers: { 200: operatorSessionsAnswer },
  problems: ['forbidden', 'not-found'],
});

export const readRoster = endpoint({
  method: 'GET',
  path: '/v1/operators/{operatorId}/sessions/{sessionId}/roster',
  auth: 'signed-in',
  summary: 'Who has a place in a session of the operator; each of them can see that it was read.',
  summaryZh: '机构某场次的名单；名单上的每个人都看得到有人查阅。',
  pathParams: operatorPath.extend({ sessionId }),
  answers: { 200: rosterAnswer },
  problems: ['forbidden', 'not-found'],
});
