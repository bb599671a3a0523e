import { httpFunction, type ModulePlan } from '../../shared/plan/plan.ts';

export const plan: ModulePlan = {
  area: 'booking',
  functions: [
    httpFunction({
      reads: ['PERSON', 'CENTER', 'CENTERS', 'OPERATOR', 'DECISION', 'RULES'],
      writes: ['SESSIONWEEK', 'AGENDA', 'ORDER', 'COUNTER', 'WAITLIST'],
    }),
  ],
};
