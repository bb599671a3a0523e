import type { ModulePlan } from '../../shared/plan/plan.ts';

export const plan: ModulePlan = {
  area: 'people',
  functions: [
    {
      entry: 'queue',
      trigger: { on: 'queue', batchSize: 10 },
      memoryMb: 512,
      timeoutSeconds: 30,
      reads: ['PERSON'],
      writes: ['SENT'],
      keys: ['decrypt'],
      readsSmsSecret: true,
    },
  ],
};
