import { httpFunction, type ModulePlan } from '../../shared/plan/plan.ts';

export const plan: ModulePlan = {
  area: 'planning',
  functions: [
    // Sessions are written when a round takes them; the log of reads when staff see who claims a group.
    // Who may come is asked by all that a booking is asked by: what was attended, no-shows, allowances.
    httpFunction({
      reads: ['OPERATOR', 'CENTER', 'CENTERS', 'RULES', 'AGENDA', 'COUNTER'],
      writes: ['ROUNDS', 'ROUND', 'APPLICATIONS', 'SESSIONWEEK', 'PERSON'],
      keys: ['encrypt'],
    }),
    {
      entry: 'schedule',
      trigger: { on: 'schedule', everyMinutes: 1 },
      memoryMb: 1_024,
      timeoutSeconds: 55,
      reads: ['PERSON', 'OPERATOR', 'CENTER', 'CENTERS', 'RULES', 'DUE'],
      writes: ['ROUNDS', 'ROUND', 'APPLICATIONS', 'SESSIONWEEK', 'AGENDA', 'ORDER', 'COUNTER'],
      keys: ['decrypt'],
      sendsMessages: true,
    },
  ],
};
