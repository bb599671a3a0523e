import { type Key, partition } from './partition.ts';

/** What must be signed, and what was. */
export const waiversKeys = {
  list: (tenantId: string): string => partition(tenantId, 'WAIVERS'),
  waiver: (tenantId: string, waiverId: string): Key => ({
    pk: partition(tenantId, 'WAIVERS'),
    sk: `WAIVER#${waiverId}`,
  }),
  text: (tenantId: string, waiverId: string, version: number): Key => ({
    pk: partition(tenantId, 'WAIVERS', waiverId),
    sk: `VERSION#${String(version).padStart(6, '0')}`,
  }),
  signatures: (tenantId: string, personId: string): string => partition(tenantId, 'SIGNED', personId),
  /** What a person has signed of one waiver, all versions in one item. */
  signature: (tenantId: string, personId: string, waiverId: string): Key => ({
    pk: partition(tenantId, 'SIGNED', personId),
    sk: `WAIVER#${waiverId}`,
  }),
} as const;
