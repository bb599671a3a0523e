import type { TenantId } from '../../contracts/id.ts';
import { type Key, partition } from './partition.ts';

/** What has left the system. */
export const messagesKeys = {
  sent: (tenantId: TenantId, messageId: string): Key => ({
    pk: partition(tenantId, 'SENT', messageId),
    sk: 'MESSAGE',
  }),
} as const;
