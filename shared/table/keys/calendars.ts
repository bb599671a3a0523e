import type { FeedId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import { type Key, partition } from './partition.ts';

/** Calendar feeds and their tokens. */
export const calendarsKeys = {
  /** Which feed a token opens; the feed itself lies with whose it is. */
  token: (tenantId: TenantId, tokenMac: string): Key => ({ pk: partition(tenantId, 'FEED', tokenMac), sk: 'TOKEN' }),
  feed: (tenantId: TenantId, ownerId: string, feedId: FeedId): Key => ({
    pk: partition(tenantId, 'FEED', ownerId),
    sk: `FEED#${feedId}`,
  }),
  feedsOf: (tenantId: TenantId, ownerId: string): string => partition(tenantId, 'FEED', ownerId),
} as const;
