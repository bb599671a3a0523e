import { type Key, partition } from './partition.ts';

/** Recurring bookings and their occurrences. */
export const seriesKeys = {
  series: (tenantId: string, seriesId: string): Key => ({
    pk: partition(tenantId, 'SERIES', seriesId),
    sk: 'SERIES',
  }),
  /** An occurrence of a series, by the date that its rule gave. */
  occurrence: (tenantId: string, seriesId: string, recurrenceDate: string): Key => ({
    pk: partition(tenantId, 'SERIES', seriesId),
    sk: `OCCURRENCE#${recurrenceDate}`,
  }),
  partition: (tenantId: string, seriesId: string): string => partition(tenantId, 'SERIES', seriesId),
  /** A series under whom it is for. */
  ofPerson: (tenantId: string, personId: string, seriesId: string): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: `SERIES#${seriesId}`,
  }),
  /** An occurrence that is booked after all when a closure of its center on its date is lifted. */
  healing: (tenantId: string, centerId: string, date: string, seriesId: string, recurrenceDate: string): Key => ({
    pk: partition(tenantId, 'SERIES', 'HEALING', centerId),
    sk: `${date}#${seriesId}#${recurrenceDate}`,
  }),
  healings: (tenantId: string, centerId: string): string => partition(tenantId, 'SERIES', 'HEALING', centerId),
} as const;
