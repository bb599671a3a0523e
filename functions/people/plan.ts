import { httpFunction, type ModulePlan } from '../../shared/plan/plan.ts';

export const plan: ModulePlan = {
  area: 'people',
  functions: [
    httpFunction({
      reads: [],
      writes: ['PERSON', 'PHONE', 'CARD', 'HOUSEHOLD', 'POSTS'],
      keys: ['encrypt', 'decrypt'],
      sendsMessages: true,
    }),
  ],
};
