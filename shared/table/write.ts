import {
  ConditionalCheckFailedException,
  type ConsumedCapacity,
  DeleteItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { isLocal } from '../kernel/environment.ts';
import { refuse } from '../kernel/refusal.ts';
import { tableClient, tableName } from './client.ts';
import { type Condition, joined, type Meaning, type RawItem } from './conditions.ts';
import type { Key } from './keys.ts';
import { recordUse } from './meter.ts';
import { retryCall } from './retry.ts';

const marshallOptions = { removeUndefinedValues: true } as const;

/**
 * One write, described. `item` makes it a put, `update` an update, neither a delete or, in a transaction, a mere check unless it
 * says `remove`.
 */
export type Write = {
  readonly key: Key;
  /** The whole item beside its key, for a put. */
  readonly item?: RawItem;
  /** An update expression, for an update. */
  readonly update?: string;
  /** Deletes the item, in a transaction. */
  readonly remove?: true;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly conditions?: readonly Condition[];
  /** What a refusal of this write means. Without it, a refusal is `changed-meanwhile`. */
  readonly meaning?: Meaning;
};

/** `fresh`: this call did it. `done`: it had been done before, by a replay or a lost answer; `item` is then the item as it stands. */
export type Outcome = { readonly outcome: 'fresh' | 'done'; readonly item?: RawItem };

function expressions(write: Write) {
  const values =
    write.values && Object.keys(write.values).length > 0 ? marshall(write.values, marshallOptions) : undefined;
  return {
    ...(write.conditions?.length ? { ConditionExpression: joined(write.conditions) } : {}),
    ...(write.names && Object.keys(write.names).length > 0 ? { ExpressionAttributeNames: { ...write.names } } : {}),
    ...(values ? { ExpressionAttributeValues: values } : {}),
  };
}

const keyOf = (key: Key) => ({ pk: { S: key.pk }, sk: { S: key.sk } });

function explained(write: Write, item: RawItem | undefined): Outcome {
  const meaning = write.meaning?.(item) ?? refuse('changed-meanwhile');
  if (meaning !== 'done') throw meaning;
  return item ? { outcome: 'done', item } : { outcome: 'done' };
}

type Consuming = { ConsumedCapacity?: ConsumedCapacity | undefined };

async function single(write: Write, send: () => Promise<Consuming>): Promise<Outcome> {
  try {
    const answer = await retryCall(send);
    recordUse('write', answer.ConsumedCapacity);
    return { outcome: 'fresh' };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // A refused write is billed by the size of the item that stood there; the engine does not report it on this error.
    recordUse('write', { CapacityUnits: unitsOf(error.Item) });
    return explained(write, error.Item ? unmarshall(error.Item) : undefined);
  }
}

/** Write units a refused condition costs: the stored item's size in whole KB, at least one. */
function unitsOf(item: Record<string, unknown> | undefined): number {
  return Math.max(1, Math.ceil(JSON.stringify(item ?? {}).length / 1_500));
}

/** Puts the item when the conditions hold. Throws the refusal that `meaning` gives. */
export function put(write: Write & { readonly item: RawItem }): Promise<Outcome> {
  return single(write, () =>
    tableClient().send(
      new PutItemCommand({
        TableName: tableName(),
        Item: { ...marshall(write.item, marshallOptions), ...keyOf(write.key) },
        ...expressions(write),
        ReturnConsumedCapacity: 'TOTAL',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  );
}

/** Updates the item when the conditions hold. Throws the refusal that `meaning` gives. */
export function update(write: Write & { readonly update: string }): Promise<Outcome> {
  return single(write, () =>
    tableClient().send(
      new UpdateItemCommand({
        TableName: tableName(),
        Key: keyOf(write.key),
        UpdateExpression: write.update,
        ...expressions(write),
        ReturnConsumedCapacity: 'TOTAL',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  );
}

/** Updates the item and gives it back as it stands after. */
export async function updateAndRead(write: Write & { readonly update: string }): Promise<RawItem> {
  try {
    const answer = await retryCall(() =>
      tableClient().send(
        new UpdateItemCommand({
          TableName: tableName(),
          Key: keyOf(write.key),
          UpdateExpression: write.update,
          ...expressions(write),
          ReturnValues: 'ALL_NEW',
          ReturnConsumedCapacity: 'TOTAL',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    );
    recordUse('write', answer.ConsumedCapacity);
    return unmarshall(answer.Attributes ?? {});
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    recordUse('write', { CapacityUnits: unitsOf(error.Item) });
    return explained(write, error.Item ? unmarshall(error.Item) : undefined).item ?? {};
  }
}

/** Deletes the item when the conditions hold; deleting what is not there is no error unless a condition says so. */
export function remove(write: Write): Promise<Outcome> {
  return single(write, () =>
    tableClient().send(
      new DeleteItemCommand({
        TableName: tableName(),
        Key: keyOf(write.key),
        ...expressions(write),
        ReturnConsumedCapacity: 'TOTAL',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  );
}

function asTransactItem(write: Write): TransactWriteItem {
  const common = {
    TableName: tableName(),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    ...expressions(write),
  };
  if (write.item)
    return { Put: { ...common, Item: { ...marshall(write.item, marshallOptions), ...keyOf(write.key) } } };
  if (write.update) return { Update: { ...common, Key: keyOf(write.key), UpdateExpression: write.update } };
  if (write.remove) return { Delete: { ...common, Key: keyOf(write.key) } };
  return { ConditionCheck: { ...common, Key: keyOf(write.key), ConditionExpression: joined(write.conditions ?? []) } };
}

/**
 * All writes or none, for calm items that must move together; never an item that people rush for (law 2). The first refused write's
 * `meaning` speaks for the whole; conflicts with other transactions are retried with jitter, then `try-again`.
 */
export async function transact(writes: readonly Write[]): Promise<Outcome> {
  try {
    const answer = await retryCall(() =>
      tableClient().send(
        new TransactWriteItemsCommand({ TransactItems: writes.map(asTransactItem), ReturnConsumedCapacity: 'TOTAL' }),
      ),
    );
    // A transaction writes twice, and is billed so. What the local engine reports of it is sometimes half, sometimes half as much
    // again; there two units an item are counted, which is right for items under 1 KB.
    recordUse('write', isLocal() ? { CapacityUnits: 2 * writes.length } : answer.ConsumedCapacity);
    return { outcome: 'fresh' };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = error.CancellationReasons ?? [];
    recordUse('write', { CapacityUnits: 2 * writes.length });
    const at = reasons.findIndex((reason) => reason.Code === 'ConditionalCheckFailed');
    const write = writes[at];
    if (!write) throw error;
    const item = reasons[at]?.Item;
    return explained(write, item && Object.keys(item).length > 0 ? unmarshall(item) : undefined);
  }
}
