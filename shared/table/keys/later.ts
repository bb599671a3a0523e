import { type Key, partition } from './partition.ts';

/** Ten thousand families apply on the last evening: their applications lie in so many partitions. */
export const APPLICATION_SHARDS = 16;

/** By the last character of a random id, a digit or letter. */
const applicationShardOf = (id: string): number => Number.parseInt(id.slice(-1), 36) % APPLICATION_SHARDS;

/** What is carried on step by step: rounds, closures, series, and the index by time. */
export const laterKeys = {
  rounds: (tenantId: string): string => partition(tenantId, 'ROUNDS'),
  round: (tenantId: string, roundId: string): Key => ({
    pk: partition(tenantId, 'ROUNDS'),
    sk: `ROUND#${roundId}`,
  }),
  roundSessions: (tenantId: string, roundId: string): Key => ({
    pk: partition(tenantId, 'ROUND', roundId),
    sk: 'SESSIONS',
  }),
  /** A page of the list that will be drawn, by shard of the applications. */
  roundList: (tenantId: string, roundId: string, shard: number, page: number): Key => ({
    pk: partition(tenantId, 'ROUND', roundId),
    sk: `LIST#${String(shard).padStart(2, '0')}#${String(page).padStart(4, '0')}`,
  }),
  /** A page of the result, in the order of the codes, under the first of them. */
  roundDrawn: (tenantId: string, roundId: string, firstCode: string): Key => ({
    pk: partition(tenantId, 'ROUND', roundId),
    sk: `DRAWN#${firstCode}`,
  }),
  roundPartition: (tenantId: string, roundId: string): string => partition(tenantId, 'ROUND', roundId),
  application: (tenantId: string, roundId: string, applicationId: string): Key => ({
    pk: partition(tenantId, 'APPLICATIONS', roundId, String(applicationShardOf(applicationId))),
    sk: `APPLICATION#${applicationId}`,
  }),
  /** That a child is in an application of the round: nobody is in two. */
  applicant: (tenantId: string, roundId: string, personId: string): Key => ({
    pk: partition(tenantId, 'APPLICATIONS', roundId, String(applicationShardOf(personId))),
    sk: `CHILD#${personId}`,
  }),
  applications: (tenantId: string, roundId: string, shard: number): string =>
    partition(tenantId, 'APPLICATIONS', roundId, String(shard)),
  closures: (tenantId: string, centerId: string): string => partition(tenantId, 'CLOSURES', centerId),
  closure: (tenantId: string, centerId: string, closureId: string): Key => ({
    pk: partition(tenantId, 'CLOSURES', centerId),
    sk: `CLOSURE#${closureId}`,
  }),
  /** Which closure ends a booking, or a wait: of two that both shut its place, one. */
  closureOf: (tenantId: string, centerId: string, bookingId: string): Key => ({
    pk: partition(tenantId, 'CLOSURES', centerId),
    sk: `ENDS#${bookingId}`,
  }),
  closureRows: (tenantId: string, closureId: string): string => partition(tenantId, 'CLOSURE', closureId),
  closureCase: (tenantId: string, closureId: string, bookingId: string): Key => ({
    pk: partition(tenantId, 'CLOSURE', closureId),
    sk: `CASE#${bookingId}`,
  }),
  /** A party in the line of a session that the closure shuts. */
  closureLine: (tenantId: string, closureId: string, waitId: string): Key => ({
    pk: partition(tenantId, 'CLOSURE', closureId),
    sk: `LINE#${waitId}`,
  }),
  series: (tenantId: string, seriesId: string): Key => ({
    pk: partition(tenantId, 'SERIES', seriesId),
    sk: 'SERIES',
  }),
  /** An occurrence of a series, by the date that its rule gave. */
  occurrence: (tenantId: string, seriesId: string, recurrenceDate: string): Key => ({
    pk: partition(tenantId, 'SERIES', seriesId),
    sk: `OCCURRENCE#${recurrenceDate}`,
  }),
  seriesPartition: (tenantId: string, seriesId: string): string => partition(tenantId, 'SERIES', seriesId),
  /** A series under whom it is for. */
  seriesOf: (tenantId: string, personId: string, seriesId: string): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: `SERIES#${seriesId}`,
  }),
  /** An occurrence that is booked after all when a closure of its center on its date is lifted. */
  healing: (tenantId: string, centerId: string, date: string, seriesId: string, recurrenceDate: string): Key => ({
    pk: partition(tenantId, 'SERIES', 'HEALING', centerId),
    sk: `${date}#${seriesId}#${recurrenceDate}`,
  }),
  healings: (tenantId: string, centerId: string): string => partition(tenantId, 'SERIES', 'HEALING', centerId),
  /** Index key of things due; `shard` spreads one tenant's load over a few partitions. */
  due: (tenantId: string, shard: number): string => partition(tenantId, 'DUE', String(shard)),
  /** The same for closures, of which a city has few at a time. */
  dueClosures: (tenantId: string): string => partition(tenantId, 'DUE', 'closures'),
  /** The same for series that are not finished: days that come into reach, and what a client left off. */
  dueSeries: (tenantId: string): string => partition(tenantId, 'DUE', 'series'),
  /** The same for rounds, of which a city has few at a time. */
  dueRounds: (tenantId: string): string => partition(tenantId, 'DUE', 'rounds'),
} as const;
