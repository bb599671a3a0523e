import { type Key, partition } from './partition.ts';

/** What a city has set for itself. */
export const rulesKeys = {
  rule: (tenantId: string, name: 'standing'): Key => ({ pk: partition(tenantId, 'RULES'), sk: `RULE#${name}` }),
  city: (tenantId: string): Key => ({ pk: partition(tenantId, 'RULES'), sk: 'CITY' }),
  passKinds: (tenantId: string): Key => ({ pk: partition(tenantId, 'RULES'), sk: 'PASSES' }),
} as const;
