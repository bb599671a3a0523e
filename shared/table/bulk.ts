import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriteItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { tableClient, tableName } from './client.ts';
import type { RawItem } from './conditions.ts';
import type { Key } from './keys.ts';
import { recordUse } from './meter.ts';
import { retryCall } from './retry.ts';

/** Puts many items without conditions, 25 a call: only for derived or imported items whose ids make a second put the same put. */
export async function putMany(items: readonly { key: Key; item: RawItem }[]): Promise<void> {
  for (let at = 0; at < items.length; at += 25) {
    let requests: WriteRequest[] = items.slice(at, at + 25).map(({ key, item }) => ({
      PutRequest: { Item: marshall({ ...item, ...key }, { removeUndefinedValues: true }) },
    }));
    for (let round = 0; requests.length > 0; round += 1) {
      if (round === 8) throw new Error('the table left writes unprocessed after eight rounds');
      if (round > 0) await sleep(Math.random() * 50 * 2 ** round);
      const answer = await retryCall(() =>
        tableClient().send(
          new BatchWriteItemCommand({ RequestItems: { [tableName()]: requests }, ReturnConsumedCapacity: 'TOTAL' }),
        ),
      );
      recordUse('write', answer.ConsumedCapacity);
      requests = answer.UnprocessedItems?.[tableName()] ?? [];
    }
  }
}
