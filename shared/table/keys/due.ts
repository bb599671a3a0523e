import type { TenantId } from '../../contracts/id.ts';
import { partition } from './partition.ts';

/** The index by time: whatever must happen later. Each is found by its own consumer. */
export const dueKeys = {
  /** Index key of things due; `shard` spreads one tenant's load over a few partitions. */
  orders: (tenantId: TenantId, shard: number): string => partition(tenantId, 'DUE', String(shard)),
  /** The same for closures, of which a city has few at a time. */
  closures: (tenantId: TenantId): string => partition(tenantId, 'DUE', 'closures'),
  /** The same for series that are not finished: days that come into reach, and what a client left off. */
  series: (tenantId: TenantId): string => partition(tenantId, 'DUE', 'series'),
  /** The same for rounds, of which a city has few at a time. */
  rounds: (tenantId: TenantId): string => partition(tenantId, 'DUE', 'rounds'),
} as const;
