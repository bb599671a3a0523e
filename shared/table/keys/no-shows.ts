import { type Key, partition } from './partition.ts';

/** No-shows that may count, their log, and what is contested. */
export const noShowsKeys = {
  /** The no-shows of a person that may count. */
  counted: (tenantId: string, personId: string): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: 'STANDING',
  }),
  /** A line of the log of a no-show; lines of one booking lie together, in their order. */
  logEntry: (tenantId: string, personId: string, bookingId: string, place: number): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: `NOSHOW#${bookingId}#${place}`,
  }),
  appeal: (tenantId: string, centerId: string, bookingId: string): Key => ({
    pk: partition(tenantId, 'NOSHOWS', centerId),
    sk: `APPEAL#${bookingId}`,
  }),
  appeals: (tenantId: string, centerId: string): string => partition(tenantId, 'NOSHOWS', centerId),
} as const;
