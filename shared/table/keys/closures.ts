import { type Key, partition } from './partition.ts';

/** Closures and what becomes of everything they end. */
export const closuresKeys = {
  list: (tenantId: string, centerId: string): string => partition(tenantId, 'CLOSURES', centerId),
  closure: (tenantId: string, centerId: string, closureId: string): Key => ({
    pk: partition(tenantId, 'CLOSURES', centerId),
    sk: `CLOSURE#${closureId}`,
  }),
  /** Which closure ends a booking, or a wait: of two that both shut its place, one. */
  endOf: (tenantId: string, centerId: string, bookingId: string): Key => ({
    pk: partition(tenantId, 'CLOSURES', centerId),
    sk: `ENDS#${bookingId}`,
  }),
  partition: (tenantId: string, closureId: string): string => partition(tenantId, 'CLOSURE', closureId),
  case: (tenantId: string, closureId: string, bookingId: string): Key => ({
    pk: partition(tenantId, 'CLOSURE', closureId),
    sk: `CASE#${bookingId}`,
  }),
  /** A party in the line of a session that the closure shuts. */
  party: (tenantId: string, closureId: string, waitId: string): Key => ({
    pk: partition(tenantId, 'CLOSURE', closureId),
    sk: `LINE#${waitId}`,
  }),
} as const;
