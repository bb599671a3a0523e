import * as z from 'zod';
import { centerAnswer, centersAnswer, openingAnswer, openingQuery } from '../centers.ts';
import { centerId } from '../common.ts';
import { endpoint } from '../endpoint.ts';

const centerPath = z.strictObject({ centerId });

export const listCenters = endpoint({
  method: 'GET',
  path: '/v1/centers',
  auth: 'public',
  summary: 'All neighborhood centers of the city.',
  summaryZh: '全市的邻里中心。',
  answers: { 200: centersAnswer },
});

export const readCenter = endpoint({
  method: 'GET',
  path: '/v1/centers/{centerId}',
  auth: 'public',
  summary: 'A center with its rooms and what is on offer there.',
  summaryZh: '一个中心及其场地和服务项目。',
  pathParams: centerPath,
  answers: { 200: centerAnswer },
  problems: ['not-found'],
});

export const readOpening = endpoint({
  method: 'GET',
  path: '/v1/centers/{centerId}/opening',
  auth: 'public',
  summary: 'When a center is open on each date from one day to another, and why; a week unless told.',
  summaryZh: '一个中心在一段日期内每天的开放时间及原因，默认一周。',
  pathParams: centerPath,
  query: openingQuery,
  answers: { 200: openingAnswer },
  problems: ['not-found'],
});
