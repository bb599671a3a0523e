import { type Key, partition } from './partition.ts';

/** Calendar feeds and their tokens. */
export const calendarsKeys = {
  /** Which feed a token opens; the feed itself lies with whose it is. */
  token: (tenantId: string, tokenMac: string): Key => ({ pk: partition(tenantId, 'FEED', tokenMac), sk: 'TOKEN' }),
  feed: (tenantId: string, ownerId: string, feedId: string): Key => ({
    pk: partition(tenantId, 'FEED', ownerId),
    sk: `FEED#${feedId}`,
  }),
  feedsOf: (tenantId: string, ownerId: string): string => partition(tenantId, 'FEED', ownerId),
} as const;
