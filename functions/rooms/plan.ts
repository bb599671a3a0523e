import { httpFunction, type ModulePlan } from '../../shared/plan/plan.ts';

export const plan: ModulePlan = {
  area: 'booking',
  functions: [
    httpFunction({
      reads: ['PERSON', 'CENTER', 'CENTERS', 'CALENDAR', 'RULES'],
      writes: ['ROOMWEEK', 'AGENDA', 'ORDER', 'COUNTER'],
    }),
  ],
};
