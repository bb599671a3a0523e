import { httpFunction, type ModulePlan } from '../../shared/plan/plan.ts';

export const plan: ModulePlan = {
  area: 'city',
  functions: [httpFunction({ reads: ['CENTERS', 'CENTER', 'CALENDAR', 'OPERATOR', 'OPERATORS'], writes: [] })],
};
