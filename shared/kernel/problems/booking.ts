import type { Problems } from './problem.ts';

/** Claims on time and places: what keeps a booking from being made. */
export const bookingProblems = {
  'slot-taken': {
    status: 409,
    zh: '这个时段刚被订走，请另选时间。',
    en: 'This time has just been taken; pick another.',
  },
  'outside-opening-hours': { status: 409, zh: '所选时间不在开放时间内。', en: 'The center is not open at that time.' },
  'off-grid': {
    status: 422,
    zh: '时间须为整刻钟，且结束晚于开始。',
    en: 'Times lie on quarter-hours, the end after the start.',
  },
  'in-the-past': { status: 409, zh: '所选时间已过。', en: 'That time has already passed.' },
  'too-far-ahead': { status: 409, zh: '还没有开放到这一天的预约。', en: 'Bookings are not open that far ahead.' },
  'too-long': { status: 409, zh: '超过单次可预约时长。', en: 'This is longer than one booking may be.' },
  'daily-limit': {
    status: 409,
    zh: '当天的场地预约时长已达上限。',
    en: 'The limit of room time for one person and day is reached.',
  },
  'room-not-bookable': { status: 409, zh: '此场地不对外预约。', en: 'This room cannot be booked.' },
  'session-full': { status: 409, zh: '名额已满。', en: 'No place is left.' },
  'session-closed': { status: 409, zh: '此场次已停止预约。', en: 'This session no longer takes bookings.' },
  'session-started': { status: 409, zh: '此场次已经开始。', en: 'This session has already started.' },
  'already-booked': { status: 409, zh: '此人已预约该场次。', en: 'This person already has a place in this session.' },
  'person-busy': {
    status: 409,
    zh: '此人在同一时间已有其他安排。',
    en: 'This person has something else at that time.',
  },
  age: {
    status: 422,
    zh: '当天的年龄不符合要求。',
    en: 'The age on the day of the session is not the one that is asked for.',
  },
  district: {
    status: 422,
    zh: '这个项目面向指定区县的居民；请在个人资料中核对所在区县。',
    en: 'This is for residents of certain districts; check the district in the profile.',
  },
  school: {
    status: 422,
    zh: '这个项目面向指定学校的学生，以中心核对过的学籍为准；请在资料中填写学校，并带学籍材料到邻里中心核对。',
    en: 'This is for students of certain schools, as confirmed by a center: enter the school in the profile and show a paper at the desk.',
  },
  prerequisite: {
    status: 422,
    zh: '需要先参加过指定的项目。',
    en: 'Another program must have been attended before.',
  },
  'birth-date-missing': {
    status: 422,
    zh: '缺少出生日期，无法核对年龄要求。',
    en: 'The date of birth is missing, so the age rule cannot be checked.',
  },
  'provider-not-whitelisted': {
    status: 409,
    zh: '该机构当前不在本中心的白名单内，暂不能预约。',
    en: 'The operator is not on the whitelist for this center and date.',
  },
  'not-with-room': {
    status: 409,
    zh: '所选设备、人员或用途不能与这个场地一起预约。',
    en: 'This cannot be booked together with the room.',
  },
} as const satisfies Problems;
