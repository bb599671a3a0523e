import type { TenantId } from '../../contracts/id.ts';
import { type Key, partition } from './partition.ts';

/** What a city has set for itself. */
export const rulesKeys = {
  rule: (tenantId: TenantId, name: 'standing'): Key => ({ pk: partition(tenantId, 'RULES'), sk: `RULE#${name}` }),
  city: (tenantId: TenantId): Key => ({ pk: partition(tenantId, 'RULES'), sk: 'CITY' }),
  passKinds: (tenantId: TenantId): Key => ({ pk: partition(tenantId, 'RULES'), sk: 'PASSES' }),
} as const;
