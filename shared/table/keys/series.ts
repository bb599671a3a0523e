import type { CenterId, PersonId, SeriesId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import { type Key, partition } from './partition.ts';

/** Recurring bookings and their occurrences. */
export const seriesKeys = {
  series: (tenantId: TenantId, seriesId: SeriesId): Key => ({
    pk: partition(tenantId, 'SERIES', seriesId),
    sk: 'SERIES',
  }),
  /** An occurrence of a series, by the date that its rule gave. */
  occurrence: (tenantId: TenantId, seriesId: SeriesId, recurrenceDate: string): Key => ({
    pk: partition(tenantId, 'SERIES', seriesId),
    sk: `OCCURRENCE#${recurrenceDate}`,
  }),
  partition: (tenantId: TenantId, seriesId: SeriesId): string => partition(tenantId, 'SERIES', seriesId),
  /** What lies under a person: with `SERIES#` the series that are for them. */
  person: (tenantId: TenantId, personId: PersonId): string => partition(tenantId, 'AGENDA', personId),
  /** A series under whom it is for. */
  ofPerson: (tenantId: TenantId, personId: PersonId, seriesId: SeriesId): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: `SERIES#${seriesId}`,
  }),
  /** An occurrence that is booked after all when a closure of its center on its date is lifted. */
  healing: (tenantId: TenantId, centerId: CenterId, date: string, seriesId: SeriesId, recurrenceDate: string): Key => ({
    pk: partition(tenantId, 'SERIES', 'HEALING', centerId),
    sk: `${date}#${seriesId}#${recurrenceDate}`,
  }),
  healings: (tenantId: TenantId, centerId: CenterId): string => partition(tenantId, 'SERIES', 'HEALING', centerId),
} as const;
