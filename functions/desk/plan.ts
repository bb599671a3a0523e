import { httpFunction, type ModulePlan } from '../../shared/plan/plan.ts';

export const plan: ModulePlan = {
  area: 'booking',
  functions: [
    httpFunction({
      reads: ['CENTER', 'CENTERS', 'OPERATOR', 'ROOMWEEK', 'WAIVERS', 'SIGNED', 'RULES'],
      writes: ['SESSIONWEEK', 'AGENDA', 'PERSON', 'ORDER', 'COUNTER', 'NOSHOWS', 'WAITLIST'],
    }),
  ],
};
