import type { DrawRule } from '../../../../shared/contracts/rounds.ts';

/**
 * The rule of the draw in the words that are published with each result, and from which `scripts/verify-draw.mjs` was written. A
 * change of the rule is a new version; rounds keep the one they were opened with.
 */
export const drawRules: Readonly<Record<string, DrawRule>> = {
  '1': {
    version: '1',
    zh: [
      '一、每份申请有一个编号、一个签号，不论为一个孩子还是几个孩子申请；同一份申请里的孩子要么排在同一场次，要么都不排。',
      '二、顺序：先排第一优先组，再排第二优先组，依次类推，最后是没有经确认的优先组的申请；同组之内按签号从小到大。签号是以种子为密钥、对编号计算的 HMAC-SHA256，写成小写十六进制，逐字比较。',
      '三、按顺序，每份申请得到它的志愿中第一个剩余名额不少于其孩子人数的场次；都不够时不得名额。',
      '四、种子是开放本轮时随机产生的 32 字节，其 SHA-256 当时就已公布，种子随结果公布。',
      '五、抽签后剩余或退回的名额，先到先得。',
    ].join('\n'),
    en: [
      '1. Each application has one code and one lot, whether it is for one child or for several; the children of one application all get places in the same session, or none does.',
      '2. Order: first the applications of the first priority group, then of the second, and so on, last those without a confirmed group; within a group by lot, smallest first. The lot is the HMAC-SHA256 of the code with the seed as its key, in lower-case hexadecimal, compared letter by letter.',
      '3. In this order each application gets the first of its wishes in which at least as many places are left as it has children; where no wish has enough, it gets nothing.',
      '4. The seed is 32 random bytes made when the round was opened; its SHA-256 was published then, the seed itself with the result.',
      '5. Places that are left after the draw, or given back, are first come, first served.',
    ].join('\n'),
  },
};

export const CURRENT_RULE = '1';

export function ruleOf(version: string): DrawRule {
  const rule = drawRules[version];
  if (!rule) throw new Error(`no rule of the draw ${version}`);
  return rule;
}
