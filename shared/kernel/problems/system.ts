import type { Problems } from './problem.ts';

/** The table, and what nobody foresaw. */
export const systemProblems = {
  'changed-meanwhile': {
    status: 409,
    zh: '内容刚被修改，请刷新后重试。',
    en: 'It has just been changed; reload and try again.',
  },
  'try-again': {
    status: 503,
    zh: '系统繁忙，请稍候再试；没有丢失任何内容。',
    en: 'The system is busy; try again shortly. Nothing was lost.',
  },
  internal: {
    status: 500,
    zh: '系统出错了，我们已记录。请稍后再试。',
    en: 'Something went wrong on our side and was recorded. Try again later.',
  },
} as const satisfies Problems;
