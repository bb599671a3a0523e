import type { Problems } from './problem.ts';

/** Check-in, check-out, no-shows. */
export const deskProblems = {
  'already-checked-in': { status: 409, zh: '已经签到。', en: 'Already checked in.' },
  'already-checked-out': { status: 409, zh: '已经签退。', en: 'Already checked out.' },
  'not-checked-in': { status: 409, zh: '尚未签到。', en: 'Not checked in yet.' },
  'not-today': { status: 409, zh: '不是今天的预约。', en: 'This booking is not for today.' },
  'no-show-too-early': {
    status: 409,
    zh: '开始 15 分钟后才能记为未到。',
    en: 'Somebody can be marked as a no-show from 15 minutes after the start on.',
  },
  'not-a-no-show': { status: 409, zh: '这个预约没有记为未到。', en: 'This booking is not marked as a no-show.' },
  'already-appealed': {
    status: 409,
    zh: '已提交过申诉，请等中心答复。',
    en: 'It has been contested already; the center will answer.',
  },
  'no-appeal': { status: 409, zh: '还没有人对此申诉。', en: 'Nobody has contested this.' },
  'code-unknown': { status: 404, zh: '今天本中心没有此预约码。', en: 'No booking at this center today has that code.' },
  'room-needs-no-check-in': {
    status: 409,
    zh: '这是场地预约，无需签到，请按预约时间使用场地。',
    en: 'This code is for a room; rooms need no check-in. The room is theirs at the booked time.',
  },
  'code-ambiguous': { status: 409, zh: '有两个预约匹配，请按姓名选择。', en: 'Two bookings match; pick by name.' },
} as const satisfies Problems;
