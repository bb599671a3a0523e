import { type Refusal, wrongField } from '../../../shared/kernel/refusal.ts';

/** The refusal when somebody would have a guardian for themselves. */
export const guardianOfOneself = (): Refusal =>
  wrongField('body.kind', 'guardian-of-child', 'for yourself, give a proxy');

/** The refusal when a proxy would speak for the person. */
export const proxyCannotManage = (): Refusal => wrongField('body.rights', 'guardian-only', 'a proxy cannot manage');
