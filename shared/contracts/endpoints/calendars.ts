import * as z from 'zod';
import { feedCreate, feedCreated, feedFile, feedsAnswer } from '../calendars.ts';
import { feedId, nothing } from '../common.ts';
import { endpoint } from '../endpoint.ts';

export const createFeed = endpoint({
  method: 'POST',
  path: '/v1/calendar-feeds',
  auth: 'signed-in',
  summary: 'Make a calendar feed: of one’s circle, one person, a room, a class. Its address is told this once.',
  summaryZh: '生成日历订阅：家人、一个人、一个场地或一个课程；地址只告知这一次。',
  body: feedCreate,
  answers: { 201: feedCreated },
  problems: ['no-authority', 'forbidden', 'not-found'],
  idempotencyKey: 'optional',
});

export const listFeeds = endpoint({
  method: 'GET',
  path: '/v1/calendar-feeds',
  auth: 'signed-in',
  summary: 'One’s own calendar feeds.',
  summaryZh: '自己的日历订阅。',
  answers: { 200: feedsAnswer },
});

export const revokeFeed = endpoint({
  method: 'POST',
  path: '/v1/calendar-feeds/{feedId}/revoke',
  auth: 'signed-in',
  summary: 'Revoke a feed: its address answers 404 from now on.',
  summaryZh: '作废一个订阅，其地址此后返回 404。',
  pathParams: z.strictObject({ feedId }),
  answers: { 204: nothing },
  problems: ['not-found'],
});

export const readFeed = endpoint({
  method: 'GET',
  path: '/v1/calendar-feeds/{file}',
  auth: 'public',
  summary: 'The feed itself (RFC 5545), for whoever has its secret address: `<token>.ics`.',
  summaryZh: '订阅内容（RFC 5545），凭秘密地址 `<令牌>.ics` 获取。',
  pathParams: z.strictObject({ file: feedFile }),
  answers: { 200: z.string() },
  answerType: 'text/calendar',
  problems: ['not-found'],
});
