import { httpFunction, type ModulePlan } from '../../shared/plan/plan.ts';

export const plan: ModulePlan = {
  area: 'city',
  functions: [
    // It writes who was shown whose name, into the log of the one and the day of the other.
    httpFunction({ reads: ['OPERATOR', 'OPERATORS', 'SESSIONWEEK'], writes: ['PERSON'] }),
  ],
};
