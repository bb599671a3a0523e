import { httpFunction, type ModulePlan } from '../../shared/plan/plan.ts';

export const plan: ModulePlan = {
  area: 'booking',
  functions: [
    // It writes into a person's log of reads that staff looked at a code.
    httpFunction({ reads: ['CENTER', 'ROOMWEEK', 'SESSIONWEEK', 'AGENDA', 'ORDER'], writes: ['DOOR', 'PERSON'] }),
  ],
};
