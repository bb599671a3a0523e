import * as z from 'zod';
import type { Authorized } from '../../access/authorize.ts';
import { epochSeconds } from '../../kernel/clock.ts';
import { inParallel } from '../../kernel/in-parallel.ts';
import { keys } from '../../table/keys.ts';
import { duePages, parsedItem } from '../../table/read.ts';
import { order } from '../items/order.ts';
import { waitItem } from '../items/wait.ts';
import { DUE_SHARDS } from '../order/order.ts';

const dueItem = z.union([order, waitItem]);
export type DueItem = z.infer<typeof dueItem>;

/** Parsed one by one: an item that breaks its schema fails alone. */
const unparsed = z.record(z.string(), z.unknown());

/** Items of one shard that are settled at the same time; the shards are swept side by side. */
const AT_ONCE = 4;

/** What a sweep has come to: why items failed, and whether its time was over before it had seen all of them. */
export type Swept = { readonly failures: readonly unknown[]; readonly left: boolean };

/**
 * Settles everything that the engine has to look at again by now: orders that nobody has decided, entries of a waitlist that never got
 * into line. It goes on to the end, or until `endsAtMs` by `performance.now()`: what is left then is still due. An item that fails
 * stops nobody else.
 */
export async function sweepOverdue(
  by: Authorized,
  settle: (item: DueItem) => Promise<void>,
  endsAtMs: number,
): Promise<Swept> {
  const failures: unknown[] = [];
  let left = false;
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => shard);
  await inParallel(shards, DUE_SHARDS, async (shard) => {
    for await (const page of duePages(keys.due.orders(by.tenantId, shard), epochSeconds(by.now), unparsed)) {
      await inParallel(page, AT_ONCE, async (raw) => {
        if (performance.now() >= endsAtMs) {
          left = true;
          return;
        }
        try {
          await settle(parsedItem(dueItem, raw));
        } catch (error) {
          failures.push(error);
        }
      });
      if (left) return;
    }
  });
  return { failures, left };
}
