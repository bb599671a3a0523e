import { httpFunction, type ModulePlan } from '../../shared/plan/plan.ts';

export const plan: ModulePlan = {
  area: 'booking',
  functions: [
    // The feed itself is asked for without a token of a person: whose it is, and what they may see, it looks up.
    httpFunction({
      reads: ['PERSON', 'CENTER', 'CENTERS', 'ROOMWEEK', 'SESSIONWEEK', 'AGENDA'],
      writes: ['FEED'],
    }),
  ],
};
