import { httpFunction, type ModulePlan } from '../../shared/plan/plan.ts';

export const plan: ModulePlan = {
  area: 'api',
  functions: [httpFunction({ reads: [], writes: [], memoryMb: 512 })],
};
