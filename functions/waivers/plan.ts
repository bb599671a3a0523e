import { httpFunction, type ModulePlan } from '../../shared/plan/plan.ts';

export const plan: ModulePlan = {
  area: 'people',
  functions: [httpFunction({ reads: ['PERSON', 'CENTERS', 'AGENDA'], writes: ['CENTER', 'WAIVERS', 'SIGNED'] })],
};
