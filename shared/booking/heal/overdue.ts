import * as z from 'zod';
import type { Authorized } from '../../access/authorize.ts';
import { epochSeconds } from '../../kernel/clock.ts';
import { keys } from '../../table/keys.ts';
import { queryDue } from '../../table/read.ts';
import { order } from '../items/order.ts';
import { waitItem } from '../items/wait.ts';
import { DUE_SHARDS } from '../order/order.ts';

const dueItem = z.union([order, waitItem]);
export type DueItem = z.infer<typeof dueItem>;

/** What the engine has to look at again by now: orders that nobody has decided, entries of a waitlist that never got into line. */
export async function readOverdue(by: Authorized): Promise<DueItem[]> {
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => shard);
  const now = epochSeconds(by.now);
  const found = await Promise.all(shards.map((shard) => queryDue(keys.due.orders(by.tenantId, shard), now, dueItem)));
  return found.flat();
}
