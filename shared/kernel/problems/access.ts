import type { Problems } from './problem.ts';

/** Who somebody is, and what they may do. */
export const accessProblems = {
  'not-signed-in': { status: 401, zh: '请先登录。', en: 'Sign in first.' },
  'token-expired': { status: 401, zh: '登录已过期，请重新登录。', en: 'Your sign-in has expired; sign in again.' },
  'refresh-reused': {
    status: 401,
    zh: '登录凭证已失效，为安全起见请重新登录。',
    en: 'This sign-in is no longer valid; for safety, sign in again.',
  },
  'sign-in-code-wrong': { status: 401, zh: '验证码不正确或已失效。', en: 'The code is wrong or no longer valid.' },
  'service-key-wrong': {
    status: 401,
    zh: '服务账号或密钥不正确，或已失效。',
    en: 'The service account or its key is wrong or no longer valid.',
  },
  forbidden: { status: 403, zh: '您没有这项权限。', en: 'You may not do this.' },
  'no-authority': { status: 403, zh: '您不能代表此人办理。', en: 'You may not act for this person.' },
  'own-grant': { status: 403, zh: '不能给自己授予职务。', en: 'Nobody grants a post to themselves.' },
} as const satisfies Problems;
