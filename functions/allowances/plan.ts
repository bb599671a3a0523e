import { httpFunction, type ModulePlan } from '../../shared/plan/plan.ts';

export const plan: ModulePlan = {
  area: 'people',
  functions: [
    // It writes into a person's log of reads what staff looked at and handed out.
    httpFunction({ reads: ['AGENDA'], writes: ['RULES', 'COUNTER', 'PERSON'] }),
  ],
};
