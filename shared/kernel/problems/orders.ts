import type { Problems } from './problem.ts';

/** Holds, waitlists, orders, and what ends them. */
export const ordersProblems = {
  'hold-expired': {
    status: 409,
    zh: '保留时间已过，名额已释放，请重新预约。',
    en: 'The hold has expired and the place was given free; book again.',
  },
  'already-decided': {
    status: 409,
    zh: '这项申请已经处理过了。',
    en: 'This has been decided already.',
  },
  'amount-changed': {
    status: 409,
    zh: '金额已变化，请核对新的金额后再确认。',
    en: 'The amount is another by now; look at it and confirm again.',
  },
  'held-as-one': {
    status: 409,
    zh: '这项预约还在保留中，属于一个整单：请整单放弃，或先确认，再取消其中一部分。',
    en: 'It is still held as part of one order: give the whole order up, or confirm it first and cancel a part then.',
  },
  'not-held': { status: 409, zh: '没有等待确认的保留。', en: 'There is no hold that waits for this.' },
  'already-waiting': { status: 409, zh: '已在候补名单中。', en: 'Already on the waitlist.' },
  'places-left': { status: 409, zh: '现在有空位，请直接预约。', en: 'There are places left; book one.' },
  'waitlist-full': { status: 409, zh: '候补名单已满。', en: 'The waitlist is full.' },
  'not-waiting': { status: 409, zh: '不在候补名单中。', en: 'Not on the waitlist.' },
  closed: {
    status: 409,
    zh: '该时段因临时关闭不可预约。',
    en: 'It is closed at that time.',
  },
  'order-released': {
    status: 409,
    zh: '这次预约没有全部成功，已全部释放，请重新预约。',
    en: 'This booking could not be made whole, so nothing was kept; book again.',
  },
  'too-late-to-cancel': {
    status: 409,
    zh: '已经开始或已结束，不能在线取消；请联系中心。',
    en: 'It has already started, so it cannot be canceled here; call the center.',
  },
} as const satisfies Problems;
