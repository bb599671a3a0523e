import { BatchGetItemCommand, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type * as z from 'zod';
import { tableClient, tableName } from './client.ts';
import type { RawItem } from './conditions.ts';
import type { Key, ReadableKey } from './keys.ts';
import { recordUse } from './meter.ts';
import { retryCall } from './retry.ts';

const keyOf = (key: ReadableKey) => ({ pk: { S: key.pk }, sk: { S: key.sk } });

/** Parses an item read back; a stored item that breaks its schema is our defect and fails loudly, naming the key. */
export function parsedItem<S extends z.ZodType>(schema: S, item: RawItem): z.output<S> {
  const result = schema.safeParse(item);
  if (!result.success) {
    throw new Error(
      `stored item ${String(item['pk'])} ${String(item['sk'])} breaks its schema: ${result.error.message}`,
    );
  }
  return result.data;
}

/** Which attributes a read brings beside the key. What is left behind costs the same units, but neither bytes nor time. */
const bringing = (attributes: readonly string[]) => ({
  ProjectionExpression: ['pk', 'sk', ...attributes.map((_, index) => `#a${index}`)].join(', '),
  ExpressionAttributeNames: Object.fromEntries(attributes.map((name, index) => [`#a${index}`, name])),
});

/** One item, parsed, or `undefined`: all of it, or only `attributes`. Strongly consistent unless `relaxed`. */
export async function get<S extends z.ZodType>(
  key: ReadableKey,
  schema: S,
  { relaxed = false, attributes }: { readonly relaxed?: boolean; readonly attributes?: readonly string[] } = {},
): Promise<z.output<S> | undefined> {
  const answer = await retryCall(() =>
    tableClient().send(
      new GetItemCommand({
        TableName: tableName(),
        Key: keyOf(key),
        ConsistentRead: !relaxed,
        ReturnConsumedCapacity: 'TOTAL',
        ...(attributes ? bringing(attributes) : {}),
      }),
    ),
  );
  recordUse('read', answer.ConsumedCapacity);
  return answer.Item ? parsedItem(schema, unmarshall(answer.Item)) : undefined;
}

/** What one call may ask for. */
const MOST_KEYS = 100;

/**
 * Items strongly consistent, in the order of the keys; `undefined` where there is none. Up to 100 are one call, more are as many as needed
 * at the same time. Keys must differ.
 */
export async function getMany(keyList: readonly ReadableKey[]): Promise<(RawItem | undefined)[]> {
  if (keyList.length === 0) return [];
  if (keyList.length > MOST_KEYS) {
    const parts = [keyList.slice(0, MOST_KEYS), keyList.slice(MOST_KEYS)];
    return (await Promise.all(parts.map(getMany))).flat();
  }
  const found = new Map<string, RawItem>();
  let wanted = keyList.map(keyOf);
  for (let round = 0; wanted.length > 0 && round < 8; round += 1) {
    const answer = await retryCall(() =>
      tableClient().send(
        new BatchGetItemCommand({
          RequestItems: { [tableName()]: { Keys: wanted, ConsistentRead: true } },
          ReturnConsumedCapacity: 'TOTAL',
        }),
      ),
    );
    recordUse('read', answer.ConsumedCapacity);
    for (const marshalled of answer.Responses?.[tableName()] ?? []) {
      const item = unmarshall(marshalled);
      found.set(`${item['pk']} ${item['sk']}`, item);
    }
    wanted = (answer.UnprocessedKeys?.[tableName()]?.Keys ?? []) as typeof wanted;
  }
  if (wanted.length > 0) throw new Error('the table left keys unprocessed after eight rounds');
  return keyList.map((key) => found.get(`${key.pk} ${key.sk}`));
}

export type Range = {
  readonly pk: string;
  /** Sort key begins with this; or lies between two keys, both included. */
  readonly begins?: string;
  readonly between?: readonly [string, string];
  readonly newestFirst?: boolean;
  /** At most so many items. */
  readonly limit?: number | undefined;
  /** Only these attributes; all when left out. */
  readonly attributes?: readonly string[];
  /** Where a page before ended: the last key seen. See `cursors.ts` for the signed form that leaves the system. */
  readonly after?: Key | undefined;
  readonly relaxed?: boolean;
};

export type Page<T> = { readonly items: T[]; readonly last: Key | undefined };

/** One query, one page (at most 1 MB). `last` is where the next one begins, `undefined` at the end. */
export async function queryPage<S extends z.ZodType>(range: Range, schema: S): Promise<Page<z.output<S>>> {
  const sort = range.between
    ? { text: ' AND sk BETWEEN :low AND :high', values: { ':low': range.between[0], ':high': range.between[1] } }
    : range.begins !== undefined
      ? { text: ' AND begins_with(sk, :begins)', values: { ':begins': range.begins } }
      : { text: '', values: {} };
  const answer = await retryCall(() =>
    tableClient().send(
      new QueryCommand({
        TableName: tableName(),
        KeyConditionExpression: `pk = :pk${sort.text}`,
        ExpressionAttributeValues: marshall({ ':pk': range.pk, ...sort.values }),
        ScanIndexForward: !range.newestFirst,
        ConsistentRead: !range.relaxed,
        ReturnConsumedCapacity: 'TOTAL',
        ...(range.limit ? { Limit: range.limit } : {}),
        ...(range.attributes ? bringing(range.attributes) : {}),
        ...(range.after ? { ExclusiveStartKey: keyOf(range.after) } : {}),
      }),
    ),
  );
  recordUse('read', answer.ConsumedCapacity);
  const end = answer.LastEvaluatedKey ? unmarshall(answer.LastEvaluatedKey) : undefined;
  return {
    items: (answer.Items ?? []).map((item) => parsedItem(schema, unmarshall(item))),
    last: end ? { pk: String(end['pk']), sk: String(end['sk']) } : undefined,
  };
}

/** The whole range, or the first `limit` of it, page after page, at most 50 pages: for partitions that are small by design. */
export async function queryAll<S extends z.ZodType>(range: Range, schema: S): Promise<z.output<S>[]> {
  const items: z.output<S>[] = [];
  let { after } = range;
  for (let pages = 0; pages < 50; pages += 1) {
    const page = await queryPage({ ...range, after, limit: range.limit && range.limit - items.length }, schema);
    items.push(...page.items);
    if (!page.last || items.length === range.limit) return items;
    after = page.last;
  }
  throw new Error(`partition ${range.pk} is larger than 50 pages`);
}

/** What is due by `untilEpochSeconds` in one shard of the `due` index, earliest first. The index is eventually consistent. */
export async function queryDue<S extends z.ZodType>(
  duePk: string,
  untilEpochSeconds: number,
  schema: S,
  limit = 100,
): Promise<z.output<S>[]> {
  const answer = await retryCall(() =>
    tableClient().send(
      new QueryCommand({
        TableName: tableName(),
        IndexName: 'due',
        KeyConditionExpression: 'duePk = :pk AND dueAtEpochSeconds <= :until',
        ExpressionAttributeValues: marshall({ ':pk': duePk, ':until': untilEpochSeconds }),
        ReturnConsumedCapacity: 'TOTAL',
        Limit: limit,
      }),
    ),
  );
  recordUse('read', answer.ConsumedCapacity);
  return (answer.Items ?? []).map((item) => parsedItem(schema, unmarshall(item)));
}
