import type { Problems } from './problem.ts';

/** What must be signed. */
export const waiversProblems = {
  'waiver-missing': {
    status: 412,
    zh: '还有同意书没有签署现行版本，签署后才能签到。',
    en: 'A waiver has not been signed in its current version; sign it, then check in.',
  },
  'waiver-outdated': {
    status: 409,
    zh: '这份同意书已更新，请阅读并签署现行版本。',
    en: 'This waiver has a newer version; read and sign that one.',
  },
} as const satisfies Problems;
