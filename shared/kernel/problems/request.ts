import type { Problems } from './problem.ts';

/** What is wrong with the request itself. */
export const requestProblems = {
  'bad-json': { status: 400, zh: '请求内容不是有效的 JSON。', en: 'The body is not valid JSON.' },
  'invalid-input': {
    status: 422,
    zh: '有内容填写不正确，请按提示修改。',
    en: 'Something is not filled in correctly; see the fields.',
  },
  'unsupported-media-type': {
    status: 415,
    zh: '请以 application/json 提交。',
    en: 'Send the body as application/json.',
  },
  'too-large': { status: 413, zh: '提交的内容太大。', en: 'The body is too large.' },
  'not-found': { status: 404, zh: '没有找到您要的内容。', en: 'There is nothing here.' },
  'method-not-allowed': { status: 405, zh: '此地址不支持这种操作。', en: 'This address does not take that method.' },
  'invalid-cursor': {
    status: 400,
    zh: '翻页标记无效，请从第一页重新开始。',
    en: 'The page cursor is not valid; start from the first page.',
  },
  'precondition-failed': {
    status: 412,
    zh: '内容已被他人修改，请刷新后再试。',
    en: 'It has changed since you read it; reload and try again.',
  },
  'precondition-required': {
    status: 428,
    zh: '修改时必须携带 If-Match。',
    en: 'Send If-Match with the ETag that you read.',
  },
  'idempotency-key-required': {
    status: 400,
    zh: '缺少 Idempotency-Key 请求头。',
    en: 'The Idempotency-Key header is missing.',
  },
  'idempotency-key-reused': {
    status: 422,
    zh: '同一个 Idempotency-Key 已用于另一项内容。',
    en: 'This Idempotency-Key was used for a different request.',
  },
  'rate-limited': {
    status: 429,
    zh: '操作太频繁，请稍后再试。',
    en: 'Too many attempts; wait a little and try again.',
  },
} as const satisfies Problems;
