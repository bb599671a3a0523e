import type { api } from './api.ts';

/** What each area of the API is about. */
export const areas = {
  allowances: {
    en: 'Rules that a city sets for itself, and what people have to spend.',
    zh: '全市规则，以及每个人的额度、次卡和资助',
  },
  bookings: {
    en: 'Bookings and orders, their cancellation, approval, and no-shows.',
    zh: '预约和订单，取消、审批和未到',
  },
  calendars: { en: 'Calendar feeds (RFC 5545).', zh: '日历订阅' },
  centers: {
    en: 'Neighborhood centers, their rooms, offerings and opening hours.',
    zh: '邻里中心及其场地、服务和开放时间',
  },
  closures: {
    en: 'Closing a room, a day or a session, and what becomes of those affected.',
    zh: '临时关闭，以及受影响者的安排',
  },
  desk: {
    en: 'The desk of a center: its board, attendance, bookings on behalf of others.',
    zh: '中心服务台：看板、签到和代办',
  },
  doors: { en: 'Door codes and the keys of locks.', zh: '门禁码和门锁密钥' },
  households: { en: 'Households, their members and invitations.', zh: '家庭、成员和邀请' },
  identity: { en: 'Signing in and out, and the keys that tokens are verified with.', zh: '登录、退出和令牌公钥' },
  operators: { en: 'Operators, their whitelist entries, sessions and rosters.', zh: '运营机构及其白名单、场次和名单' },
  people: {
    en: 'Records of people, who may act for whom, posts, and limits set by courts.',
    zh: '个人档案、授权、职务和法院限制',
  },
  platform: { en: 'This document, and whether the city answers.', zh: '本文档和系统状态' },
  rooms: { en: 'Rooms: when they are free, and booking a stretch of one.', zh: '场地：空闲时间和预约' },
  rounds: {
    en: 'Allocation rounds: wishes, the draw, and what anybody may check.',
    zh: '抽签分配：志愿、抽签和公开核对',
  },
  series: { en: 'Bookings that repeat by a rule.', zh: '按规则重复的系列预约' },
  sessions: { en: 'Sessions, booking places in them, and their waitlists.', zh: '场次、名额预约和候补' },
  waivers: { en: 'Waivers, their versions and signatures.', zh: '同意书、版本和签署' },
} as const satisfies Readonly<Record<keyof typeof api, { readonly en: string; readonly zh: string }>>;
