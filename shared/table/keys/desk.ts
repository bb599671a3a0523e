import type { CenterId, PersonId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import { type Key, partition } from './partition.ts';

/** What a center's desk has shown. */
export const deskKeys = {
  /** Whose data a member of staff has been shown at a center's desk on a date, so that it is logged once a day. */
  shown: (tenantId: TenantId, staffId: PersonId, centerId: CenterId, date: string): Key => ({
    pk: partition(tenantId, 'PERSON', staffId),
    sk: `DESK#${centerId}#${date}`,
  }),
} as const;
