import * as z from 'zod';
import type { AuthorizedActor } from '../../../shared/access/authorize.ts';
import { epochSeconds } from '../../../shared/kernel/clock.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { condition, isNew, type Meaning } from '../../../shared/table/conditions.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get } from '../../../shared/table/read.ts';
import type { Write } from '../../../shared/table/write.ts';

/** What an id made from an `Idempotency-Key` meets: its own first try, or another body under the same key. */
export const sameRequest =
  (h: string | undefined): Meaning =>
  (item) =>
    item?.['h'] === h ? 'done' : refuse('idempotency-key-reused');

const REQUEST_SECONDS = 7 * 86_400;

/** Remembers a request for a week, first in a transaction whose other items do not have its id alone as their key. */
export function requestWrite(by: AuthorizedActor, requestId: string, h: string): Write {
  return {
    key: keys.people.request(by.tenantId, by.actor.personId, requestId),
    item: { h, ttlEpochSeconds: epochSeconds(by.now) + REQUEST_SECONDS },
    conditions: [isNew],
    meaning: sameRequest(h),
  };
}

/** Whether this very request has been carried out before. */
export async function wasCarriedOut(by: AuthorizedActor, requestId: string, h: string): Promise<boolean> {
  const item = await get(keys.people.request(by.tenantId, by.actor.personId, requestId), z.object({ h: z.string() }));
  return item?.h === h;
}

/** A right can be ended only once, by whoever comes first. */
export const notEnded = condition('not ended', 'attribute_exists(pk) AND attribute_not_exists(endedAt)');
