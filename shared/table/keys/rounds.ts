import { type Key, partition } from './partition.ts';

/** Ten thousand families apply on the last evening: their applications lie in so many partitions. */
export const APPLICATION_SHARDS = 16;

/** By the last character of a random id, a digit or letter. */
const applicationShardOf = (id: string): number => Number.parseInt(id.slice(-1), 36) % APPLICATION_SHARDS;

/** Allocation rounds, their applications, what was drawn. */
export const roundsKeys = {
  list: (tenantId: string): string => partition(tenantId, 'ROUNDS'),
  round: (tenantId: string, roundId: string): Key => ({
    pk: partition(tenantId, 'ROUNDS'),
    sk: `ROUND#${roundId}`,
  }),
  sessions: (tenantId: string, roundId: string): Key => ({
    pk: partition(tenantId, 'ROUND', roundId),
    sk: 'SESSIONS',
  }),
  /** A page of the list that will be drawn, by shard of the applications. */
  drawList: (tenantId: string, roundId: string, shard: number, page: number): Key => ({
    pk: partition(tenantId, 'ROUND', roundId),
    sk: `LIST#${String(shard).padStart(2, '0')}#${String(page).padStart(4, '0')}`,
  }),
  /** A page of the result, in the order of the codes, under the first of them. */
  drawn: (tenantId: string, roundId: string, firstCode: string): Key => ({
    pk: partition(tenantId, 'ROUND', roundId),
    sk: `DRAWN#${firstCode}`,
  }),
  partition: (tenantId: string, roundId: string): string => partition(tenantId, 'ROUND', roundId),
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
} as const;
