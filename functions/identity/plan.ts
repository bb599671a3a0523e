import { httpFunction, type ModulePlan } from '../../shared/plan/plan.ts';

export const plan: ModulePlan = {
  area: 'people',
  functions: [
    httpFunction({
      reads: [],
      writes: ['PERSON', 'PHONE', 'SIGNIN', 'TOKENS'],
      keys: ['sign', 'encrypt', 'decrypt'],
      sendsMessages: true,
    }),
  ],
};
