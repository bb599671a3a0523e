import type { Problems } from './problem.ts';

/** Allocation rounds. */
export const roundsProblems = {
  'in-allocation': {
    status: 409,
    zh: '此场次的名额正在抽签分配，请到“抽签分配”中报名；抽签后剩余的名额先到先得。',
    en: 'The places of this session are given by a draw; apply in its round. What is left after the draw is first come, first served.',
  },
  'session-not-allocatable': {
    status: 409,
    zh: '有场次不能抽签分配：它不在开放预约中、有人候补、已属于另一轮，或在抽签前就开始。',
    en: 'A session cannot be given by a draw: it is not open, somebody waits for it, it belongs to another round, or it starts before the draw.',
  },
  'round-not-open': {
    status: 409,
    zh: '现在不在报名时间内。',
    en: 'Applications are not taken now; see when the round is open.',
  },
  'already-applied': {
    status: 409,
    zh: '孩子在本轮已有申请。请修改或撤回原来的申请。',
    en: 'The child is in an application of this round already; change or withdraw that one.',
  },
  'wish-not-in-round': {
    status: 422,
    zh: '志愿中有不属于本轮的场次。',
    en: 'A wish is not one of the sessions of this round.',
  },
  'group-not-in-round': { status: 422, zh: '本轮没有这个优先组。', en: 'This round has no such priority group.' },
  'round-decided': {
    status: 409,
    zh: '抽签时间已到，优先组不能再修改。',
    en: 'The time of the draw has come; groups can no longer be changed.',
  },
  'round-not-drawn': {
    status: 409,
    zh: '本轮还没有抽签，结果公布后再来查看。',
    en: 'This round has not been drawn yet; come back after the draw.',
  },
} as const satisfies Problems;
