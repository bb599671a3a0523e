import type { PersonId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import type { WaiverId } from '../../contracts/policy.ts';
import { type Key, partition } from './partition.ts';

/** What must be signed, and what was. */
export const waiversKeys = {
  list: (tenantId: TenantId): string => partition(tenantId, 'WAIVERS'),
  waiver: (tenantId: TenantId, waiverId: WaiverId): Key => ({
    pk: partition(tenantId, 'WAIVERS'),
    sk: `WAIVER#${waiverId}`,
  }),
  text: (tenantId: TenantId, waiverId: WaiverId, version: number): Key => ({
    pk: partition(tenantId, 'WAIVERS', waiverId),
    sk: `VERSION#${String(version).padStart(6, '0')}`,
  }),
  signatures: (tenantId: TenantId, personId: PersonId): string => partition(tenantId, 'SIGNED', personId),
  /** What a person has signed of one waiver, all versions in one item. */
  signature: (tenantId: TenantId, personId: PersonId, waiverId: WaiverId): Key => ({
    pk: partition(tenantId, 'SIGNED', personId),
    sk: `WAIVER#${waiverId}`,
  }),
} as const;
