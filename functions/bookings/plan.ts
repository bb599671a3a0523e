import { httpFunction, type ModulePlan } from '../../shared/plan/plan.ts';

export const plan: ModulePlan = {
  area: 'booking',
  functions: [
    // It writes into a person's log of reads that staff looked at a booking.
    httpFunction({
      reads: ['CENTER', 'CENTERS', 'APPROVAL', 'RULES'],
      writes: ['AGENDA', 'ROOMWEEK', 'SESSIONWEEK', 'PERSON', 'ORDER', 'COUNTER', 'NOSHOWS'],
    }),
    {
      entry: 'schedule',
      trigger: { on: 'schedule', everyMinutes: 1 },
      memoryMb: 512,
      timeoutSeconds: 50,
      reads: ['PERSON', 'CENTER', 'CENTERS', 'DUE', 'RULES', 'WAITLIST'],
      writes: ['AGENDA', 'ROOMWEEK', 'SESSIONWEEK', 'ORDER', 'COUNTER', 'AUDIT'],
    },
  ],
  follows: {
    reads: ['PERSON', 'CENTER', 'CENTERS', 'RULES', 'WAITLIST'],
    writes: ['AGENDA', 'ROOMWEEK', 'SESSIONWEEK', 'ORDER', 'COUNTER', 'DECISION', 'APPROVAL', 'AMOUNT'],
    sendsMessages: true,
  },
};
