import { type Refusal, wrongField } from '../../../shared/kernel/refusal.ts';

/** The refusal when somebody would have a guardian for themselves. */
export const guardianOfOneself = (): Refusal =>
  wrongField({ at: 'body.kind', rule: 'guardian-of-child', message: 'for yourself, give a proxy' });

/** The refusal when a proxy would speak for the person. */
export const proxyCannotManage = (): Refusal =>
  wrongField({ at: 'body.rights', rule: 'guardian-only', message: 'a proxy cannot manage' });
