import { httpFunction, type ModulePlan } from '../../shared/plan/plan.ts';
import type { Namespace } from '../../shared/table/keys.ts';
import { seriesWrites } from '../series/plan.ts';

const reads: readonly Namespace[] = ['CENTER', 'CALENDAR', 'OPERATOR', 'ROUNDS', 'RULES', 'WAITLIST'];
/** A closure that is lifted books again what series had lost. */
const writes: readonly Namespace[] = ['CLOSURES', 'CLOSURE', 'CENTERS', ...seriesWrites];

export const plan: ModulePlan = {
  area: 'planning',
  functions: [
    // One action: what is shut, every affected booking and the place kept instead, the day among the center's exceptions, the messages.
    httpFunction({ reads, writes: [...writes, 'PERSON'], sendsMessages: true }),
    {
      entry: 'schedule',
      trigger: { on: 'schedule', everyMinutes: 1 },
      memoryMb: 512,
      timeoutSeconds: 55,
      reads: [...reads, 'PERSON', 'DUE'],
      writes,
      sendsMessages: true,
    },
  ],
};
