import type { ClosureId } from '../../contracts/closures.ts';
import type { BookingId, CenterId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import { type Key, partition } from './partition.ts';

/** Closures and what becomes of everything they end. */
export const closuresKeys = {
  list: (tenantId: TenantId, centerId: CenterId): string => partition(tenantId, 'CLOSURES', centerId),
  closure: (tenantId: TenantId, centerId: CenterId, closureId: ClosureId): Key => ({
    pk: partition(tenantId, 'CLOSURES', centerId),
    sk: `CLOSURE#${closureId}`,
  }),
  /** Which closure ends a booking, or a wait: of two that both shut its place, one. */
  endOf: (tenantId: TenantId, centerId: CenterId, bookingId: BookingId): Key => ({
    pk: partition(tenantId, 'CLOSURES', centerId),
    sk: `ENDS#${bookingId}`,
  }),
  partition: (tenantId: TenantId, closureId: ClosureId): string => partition(tenantId, 'CLOSURE', closureId),
  case: (tenantId: TenantId, closureId: ClosureId, bookingId: BookingId): Key => ({
    pk: partition(tenantId, 'CLOSURE', closureId),
    sk: `CASE#${bookingId}`,
  }),
  /** A party in the line of a session that the closure shuts. */
  party: (tenantId: TenantId, closureId: ClosureId, waitId: string): Key => ({
    pk: partition(tenantId, 'CLOSURE', closureId),
    sk: `LINE#${waitId}`,
  }),
} as const;
