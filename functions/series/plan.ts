import { httpFunction, type ModulePlan } from '../../shared/plan/plan.ts';
import type { Namespace } from '../../shared/table/keys.ts';

/** What rooms, sessions and cancellations take together: series book and move by the functions of those modules. */
const seriesReads: readonly Namespace[] = ['CENTER', 'CENTERS', 'CALENDAR', 'OPERATOR', 'RULES'];
export const seriesWrites: readonly Namespace[] = [
  'SERIES',
  'ROOMWEEK',
  'SESSIONWEEK',
  'AGENDA',
  'ORDER',
  'COUNTER',
  'NOSHOWS',
];

export const plan: ModulePlan = {
  area: 'planning',
  functions: [
    // It writes into a person's log of reads that staff looked at one.
    httpFunction({ reads: seriesReads, writes: [...seriesWrites, 'PERSON'] }),
    {
      entry: 'schedule',
      trigger: { on: 'schedule', everyMinutes: 1 },
      memoryMb: 1_024,
      timeoutSeconds: 55,
      reads: [...seriesReads, 'PERSON', 'DUE'],
      writes: seriesWrites,
    },
  ],
};
