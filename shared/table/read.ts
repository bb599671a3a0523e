import {
  type AttributeValue,
  BatchGetItemCommand,
  GetItemCommand,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type * as z from 'zod';
import { inParallel } from '../kernel/in-parallel.ts';
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

/** What one call may ask for, and how many calls ask at the same time. */
const MOST_KEYS = 100;
const CALLS_AT_ONCE = 8;

/**
 * Items strongly consistent, in the order of the keys; `undefined` where there is none. Up to 100 are one call, more are as many as needed,
 * some of them at the same time. Keys must differ.
 */
export async function getMany(keyList: readonly ReadableKey[]): Promise<(RawItem | undefined)[]> {
  const parts: ReadableKey[][] = [];
  for (let at = 0; at < keyList.length; at += MOST_KEYS) parts.push(keyList.slice(at, at + MOST_KEYS));
  return (await inParallel(parts, CALLS_AT_ONCE, getPart)).flat();
}

async function getPart(keyList: readonly ReadableKey[]): Promise<(RawItem | undefined)[]> {
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

/** What is known of an item; `undefined` when there is none, or nobody asked for it. */
export type Known = (key: ReadableKey) => RawItem | undefined;

const nameOf = ({ pk, sk }: ReadableKey): string => `${pk} ${sk}`;

/** What these items hold, as {@link getMany} reads them, each once however often it is named. */
export async function readKnown(keyList: readonly ReadableKey[]): Promise<Known> {
  const wanted = [...new Map(keyList.map((key) => [nameOf(key), key])).values()];
  return knownFrom(await getMany(wanted));
}

/** What these items hold. */
export function knownFrom(items: readonly (RawItem | undefined)[]): Known {
  const byName = new Map<string, RawItem>();
  for (const item of items) if (item) byName.set(`${item['pk']} ${item['sk']}`, item);
  return (key) => byName.get(nameOf(key));
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

/** Pages of one range of the `due` index, at most; what is left then is due the next time as well. */
const MOST_DUE_PAGES = 1_000;

/**
 * What is due by `untilEpochSeconds` in one shard of the `due` index, earliest first, page after page. The index is eventually consistent:
 * what was settled a moment ago may be among it.
 */
export async function* duePages<S extends z.ZodType>(
  duePk: string,
  untilEpochSeconds: number,
  schema: S,
  limit = 100,
): AsyncGenerator<z.output<S>[], void> {
  let after: Record<string, AttributeValue> | undefined;
  for (let pages = 0; pages < MOST_DUE_PAGES; pages += 1) {
    const start = after;
    const answer: QueryCommandOutput = await retryCall(() =>
      tableClient().send(
        new QueryCommand({
          TableName: tableName(),
          IndexName: 'due',
          KeyConditionExpression: 'duePk = :pk AND dueAtEpochSeconds <= :until',
          ExpressionAttributeValues: marshall({ ':pk': duePk, ':until': untilEpochSeconds }),
          ReturnConsumedCapacity: 'TOTAL',
          Limit: limit,
          ...(start ? { ExclusiveStartKey: start } : {}),
        }),
      ),
    );
    recordUse('read', answer.ConsumedCapacity);
    yield (answer.Items ?? []).map((item) => parsedItem(schema, unmarshall(item)));
    after = answer.LastEvaluatedKey;
    if (!after) return;
  }
}

/** The first of {@link duePages}: at most `limit`. */
export async function queryDue<S extends z.ZodType>(
  duePk: string,
  untilEpochSeconds: number,
  schema: S,
  limit?: number,
): Promise<z.output<S>[]> {
  const { value } = await duePages(duePk, untilEpochSeconds, schema, limit).next();
  return value ?? [];
}
