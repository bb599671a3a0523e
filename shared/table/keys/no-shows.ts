import type { BookingId, CenterId, PersonId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import { type Key, partition } from './partition.ts';

/** No-shows that may count, their log, and what is contested. */
export const noShowsKeys = {
  /** The no-shows of a person that may count. */
  counted: (tenantId: TenantId, personId: PersonId): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: 'STANDING',
  }),
  /** A line of the log of a no-show; lines of one booking lie together, in their order. */
  logEntry: (tenantId: TenantId, personId: PersonId, bookingId: BookingId, place: number): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: `NOSHOW#${bookingId}#${place}`,
  }),
  appeal: (tenantId: TenantId, centerId: CenterId, bookingId: BookingId): Key => ({
    pk: partition(tenantId, 'NOSHOWS', centerId),
    sk: `APPEAL#${bookingId}`,
  }),
  appeals: (tenantId: TenantId, centerId: CenterId): string => partition(tenantId, 'NOSHOWS', centerId),
} as const;
