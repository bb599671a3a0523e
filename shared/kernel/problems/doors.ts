import type { Problems } from './problem.ts';

/** Doors. */
export const doorsProblems = {
  'entry-refused': {
    status: 403,
    zh: '门禁码现在不能开门。它从预约开始前 5 分钟到结束后 5 分钟有效，取消后失效。',
    en: 'This code does not open the door now. It works from 5 minutes before the booking to 5 minutes after it, and not after a cancellation.',
  },
} as const satisfies Problems;
