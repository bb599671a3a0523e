import type { Problems } from './problem.ts';

/** Recurring bookings. */
export const seriesProblems = {
  'series-rule': {
    status: 422,
    zh: '重复规则无法识别，请检查频率、星期、日期和结束方式。',
    en: 'The rule of repetition cannot be read; check how often, on which days and until when.',
  },
  'series-empty': {
    status: 422,
    zh: '按这个规则没有任何日期，请修改规则。',
    en: 'The rule gives no date at all; change it.',
  },
  'series-too-long': {
    status: 422,
    zh: '一次最多重复 200 次，并且都在今后一年之内，请缩短后再试。',
    en: 'A series has at most 200 dates, all within a year from today; make it shorter.',
  },
  holiday: { status: 409, zh: '当天是法定节假日，不开放。', en: 'It is a public holiday; the center is closed.' },
  'not-free-to-change': {
    status: 409,
    zh: '此次预约已产生费用，现在取消不能全额退还，因此不随整个系列更改。如仍要取消，请单独办理。',
    en: 'This one costs money that would not be given back in full, so it does not change with the series; cancel it by itself if you must.',
  },
  'occurrence-over': {
    status: 409,
    zh: '已取消或已办理签到的这一次不能再更改。',
    en: 'This date was canceled or attended; it can no longer be changed.',
  },
  'move-overlaps': {
    status: 409,
    zh: '新时间和原来的时间重叠或离得太近，而新时间还需确认（中心同意、付款或重新计算免费时长），两段不能同时保留。请选一个错开的时间，或先取消再约。',
    en: 'The new time overlaps the old one or lies too near it, but must be confirmed anew (approval, payment or free hours), so both would have to stand at once. Choose a time apart from it, or cancel first.',
  },
} as const satisfies Problems;
