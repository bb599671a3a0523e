import type { PersonId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import type { ApplicationId, RoundId } from '../../contracts/rounds.ts';
import { type Key, partition } from './partition.ts';

/** Ten thousand families apply on the last evening: their applications lie in so many partitions. */
export const APPLICATION_SHARDS = 16;

/** By the last character of a random id, a digit or letter. */
const applicationShardOf = (id: string): number => Number.parseInt(id.slice(-1), 36) % APPLICATION_SHARDS;

/** Allocation rounds, their applications, what was drawn. */
export const roundsKeys = {
  list: (tenantId: TenantId): string => partition(tenantId, 'ROUNDS'),
  round: (tenantId: TenantId, roundId: RoundId): Key => ({
    pk: partition(tenantId, 'ROUNDS'),
    sk: `ROUND#${roundId}`,
  }),
  sessions: (tenantId: TenantId, roundId: RoundId): Key => ({
    pk: partition(tenantId, 'ROUND', roundId),
    sk: 'SESSIONS',
  }),
  /** A page of the list that will be drawn, by shard of the applications. */
  drawList: (tenantId: TenantId, roundId: RoundId, shard: number, page: number): Key => ({
    pk: partition(tenantId, 'ROUND', roundId),
    sk: `LIST#${String(shard).padStart(2, '0')}#${String(page).padStart(4, '0')}`,
  }),
  /** A page of the result, in the order of the codes, under the first of them. */
  drawn: (tenantId: TenantId, roundId: RoundId, firstCode: string): Key => ({
    pk: partition(tenantId, 'ROUND', roundId),
    sk: `DRAWN#${firstCode}`,
  }),
  partition: (tenantId: TenantId, roundId: RoundId): string => partition(tenantId, 'ROUND', roundId),
  application: (tenantId: TenantId, roundId: RoundId, applicationId: ApplicationId): Key => ({
    pk: partition(tenantId, 'APPLICATIONS', roundId, String(applicationShardOf(applicationId))),
    sk: `APPLICATION#${applicationId}`,
  }),
  /** That a child is in an application of the round: nobody is in two. */
  applicant: (tenantId: TenantId, roundId: RoundId, personId: PersonId): Key => ({
    pk: partition(tenantId, 'APPLICATIONS', roundId, String(applicationShardOf(personId))),
    sk: `CHILD#${personId}`,
  }),
  applications: (tenantId: TenantId, roundId: RoundId, shard: number): string =>
    partition(tenantId, 'APPLICATIONS', roundId, String(shard)),
} as const;
