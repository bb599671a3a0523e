import type { Authorized } from '../../shared/access/authorize.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { condition } from '../../shared/table/conditions.ts';
import { keys } from '../../shared/table/keys.ts';
import { put, update } from '../../shared/table/write.ts';

/** Longer than a sending can take, shorter than the queue hides a message. */
const LEASE_SECONDS = 60;
/** Longer than a queue keeps a message. */
const REMEMBERED_SECONDS = 15 * 86_400;

/**
 * Takes a message for sending. `mine`: send it; `sent`: it has left before; `busy`: someone is sending it right now, or died doing
 * so less than a minute ago.
 */
export async function takeMessage(by: Authorized, messageId: string): Promise<'mine' | 'sent' | 'busy'> {
  const now = epochSeconds(by.now);
  const { outcome, item } = await put({
    key: keys.messages.sent(by.tenantId, messageId),
    item: { leasedUntilEpochSeconds: now + LEASE_SECONDS, ttlEpochSeconds: now + REMEMBERED_SECONDS },
    names: { '#outcome': 'outcome' },
    values: { ':now': now },
    conditions: [
      condition('not sent', 'attribute_not_exists(#outcome)'),
      condition('nobody is at it', 'attribute_not_exists(pk) OR leasedUntilEpochSeconds <= :now'),
    ],
    meaning: () => 'done',
  });
  if (outcome === 'fresh') return 'mine';
  return item?.['outcome'] === undefined ? 'busy' : 'sent';
}

/** Remembers what became of a message that was taken: `sent`, `no-phone`, or the gateway's code. */
export async function settleMessage(by: Authorized, messageId: string, outcome: string): Promise<void> {
  await update({
    key: keys.messages.sent(by.tenantId, messageId),
    update: 'SET #outcome = :outcome',
    names: { '#outcome': 'outcome' },
    values: { ':outcome': outcome },
  });
}

/** Gives a message back, so that its next delivery need not wait for the lease to end. */
export async function releaseMessage(by: Authorized, messageId: string): Promise<void> {
  await update({
    key: keys.messages.sent(by.tenantId, messageId),
    update: 'SET leasedUntilEpochSeconds = :past',
    values: { ':past': 0 },
  });
}
