import { type Key, partition } from './partition.ts';

/** How people sign in. */
export const identityKeys = {
  signInCode: (tenantId: string, phoneMac: string): Key => ({
    pk: partition(tenantId, 'SIGNIN', phoneMac),
    sk: 'CODE',
  }),
  signInLimit: (tenantId: string, subject: string, window: string): Key => ({
    pk: partition(tenantId, 'SIGNIN', subject),
    sk: `LIMIT#${window}`,
  }),
  refreshFamily: (tenantId: string, personId: string, signInId: string): Key => ({
    pk: partition(tenantId, 'TOKENS', personId),
    sk: `FAMILY#${signInId}`,
  }),
  refreshFamilies: (tenantId: string, personId: string): string => partition(tenantId, 'TOKENS', personId),
} as const;
