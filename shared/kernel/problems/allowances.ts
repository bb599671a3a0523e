import type { Problems } from './problem.ts';

/** Free hours, passes, funds. */
export const allowancesProblems = {
  'quota-exceeded': {
    status: 409,
    zh: '本期可用额度已用完，请等下一期，或改约其他时间。',
    en: 'The allowance for this period is used up; wait for the next one.',
  },
  'pass-empty': {
    status: 409,
    zh: '次卡剩余次数不足，请换一张或改用其他方式。',
    en: 'The pass has not enough units left; use another one, or pay otherwise.',
  },
  'pass-expired': {
    status: 409,
    zh: '这张次卡或这笔资助在当天已过有效期，请改用其他方式。',
    en: 'The pass or fund is no longer valid on that date; pay otherwise.',
  },
  'pass-not-accepted': {
    status: 409,
    zh: '这个项目不能用这张次卡支付，请改用其他方式。',
    en: 'This kind of pass does not pay for it; pay otherwise.',
  },
  'fund-empty': {
    status: 409,
    zh: '资助余额不足，请改用其他方式。',
    en: 'The balance of the fund is not enough; pay otherwise.',
  },
} as const satisfies Problems;
