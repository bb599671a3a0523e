import type { PersonId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import { type Key, partition } from './partition.ts';

/** How people sign in. */
export const identityKeys = {
  signInCode: (tenantId: TenantId, phoneMac: string): Key => ({
    pk: partition(tenantId, 'SIGNIN', phoneMac),
    sk: 'CODE',
  }),
  signInLimit: (tenantId: TenantId, subject: string, window: string): Key => ({
    pk: partition(tenantId, 'SIGNIN', subject),
    sk: `LIMIT#${window}`,
  }),
  refreshFamily: (tenantId: TenantId, personId: PersonId, signInId: string): Key => ({
    pk: partition(tenantId, 'TOKENS', personId),
    sk: `FAMILY#${signInId}`,
  }),
  refreshFamilies: (tenantId: TenantId, personId: PersonId): string => partition(tenantId, 'TOKENS', personId),
} as const;
