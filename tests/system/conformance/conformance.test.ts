import { isDeepStrictEqual } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asInTheCloud, isChange } from '../../../local/events/stream-images.ts';
import { type Engine, engineNames, startEngine } from '../../../local/table/engine.ts';
import { createTemplateTable, type TemplateTable } from '../../support/template.ts';
import { type Answer, type Body, type Case, type Item, readCases, renamed, sender, TABLE } from './calls.ts';

/**
 * The official engine judges the other: every kind of call that the product makes, in each outcome that the tests of the modules met, from
 * the items that stood there. Both must answer the same, leave the same items and tell the same on the stream.
 */
type Judged = { readonly engine: Engine; readonly table: TemplateTable; readonly calls: ReturnType<typeof sender> };

const STREAMS = 'DynamoDBStreams_20120810';
const PAGES_MOST = 1_000;
const at: Judged[] = [];

beforeAll(async () => {
  for (const name of engineNames) {
    const engine = await startEngine({ engine: name });
    const connection = { endpoint: engine.endpoint, region: 'us-east-1' };
    const client = new DynamoDBClient({ ...connection, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
    const table = await createTemplateTable(client);
    client.destroy();
    at.push({ engine, table, calls: sender(engine.endpoint) });
  }
});
afterAll(async () => {
  for (const { engine, calls } of at) {
    calls.stop();
    await engine.stop();
  }
});

const items = (answer: Answer): Item[] => (Array.isArray(answer.body['Items']) ? answer.body['Items'] : []);

async function clear({ calls, table: { tableName } }: Judged, standing: readonly Item[]): Promise<void> {
  for (const { pk, sk } of standing) {
    const { status } = await calls.call('DeleteItem', { TableName: tableName, Key: { pk, sk } });
    expect(status).toBe(200);
  }
}

/** Runs a case on an engine whose table is empty, and leaves it empty. */
async function run(judged: Judged, { operation, body, before }: Case): Promise<{ answer: Answer; after: Item[] }> {
  const { calls, table } = judged;
  for (const Item of before) {
    const put = await calls.call('PutItem', { TableName: table.tableName, Item });
    expect(put.status, JSON.stringify(put.body)).toBe(200);
  }
  const answer = await calls.call(operation, renamed(body, TABLE, table.tableName));
  const after = items(await calls.call('Scan', { TableName: table.tableName, ConsistentRead: true }));
  await clear(judged, after);
  return { answer, after };
}

/**
 * What must be the same: sets and the results of batches have no order, nor has a table; an error's text is for people. Units are left out:
 * DynamoDB Local counts a transaction as one write and what is not there as nothing, dynoxide both as the cloud does.
 */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value)
    .filter(([name]) => !['message', 'Message', 'ConsumedCapacity'].includes(name))
    .map(([name, of]): [string, unknown] => {
      if (name === '__type') return [name, String(of).split('#').at(-1)];
      if (['NS', 'SS', 'BS'].includes(name) && Array.isArray(of)) return [name, [...of].sort()];
      if (name === 'Responses') return [name, Object.values(Object(of)).flatMap((found) => inOrder(found))];
      return [name, comparable(of)];
    });
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

const inOrder = (found: unknown): string[] =>
  Array.isArray(found) ? found.map((item) => JSON.stringify(comparable(item))).sort() : [];

const difference = (one: unknown, other: unknown) =>
  isDeepStrictEqual(one, other) ? [] : [{ dynoxide: one, dynamodbLocal: other }];

test('every kind of call has the same answer and leaves the same items', { timeout: 120_000 }, async () => {
  const different: unknown[] = [];
  for (const one of readCases()) {
    const [dynoxide, official] = await Promise.all(at.map((judged) => run(judged, one)));
    const found = [
      ...difference(comparable({ ...dynoxide?.answer }), comparable({ ...official?.answer })),
      ...difference(inOrder(dynoxide?.after), inOrder(official?.after)),
    ];
    if (found.length > 0) different.push({ shapes: one.shapes, outcome: one.outcome, found });
  }
  expect(different).toEqual([]);
});

/** Every record of the stream from its start, or after a number. */
async function records({ calls, table }: Judged, after?: string): Promise<Body[]> {
  const { body } = await calls.call('DescribeStream', { StreamArn: table.streamArn }, STREAMS);
  const shards: { ShardId: string }[] = Object(body['StreamDescription'])['Shards'];
  const read: Body[] = [];
  for (const { ShardId } of shards) {
    const from = after
      ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }
      : { ShardIteratorType: 'TRIM_HORIZON' };
    const first = await calls.call('GetShardIterator', { StreamArn: table.streamArn, ShardId, ...from }, STREAMS);
    let next = first.body['ShardIterator'];
    for (let page = 0; next && page < PAGES_MOST; page += 1) {
      const { body: got } = await calls.call('GetRecords', { ShardIterator: next, Limit: 1_000 }, STREAMS);
      const found: Body[] = Array.isArray(got['Records']) ? got['Records'] : [];
      read.push(...found.filter(({ dynamodb }) => isChange(Object(dynamodb))));
      next = found.length > 0 ? got['NextShardIterator'] : undefined;
    }
  }
  return read;
}

/** What the functions read of a record. */
function told({ eventName, dynamodb }: Body): unknown {
  const { Keys, OldImage, NewImage, StreamViewType } = asInTheCloud(Object(dynamodb));
  return comparable({ eventName, Keys, OldImage, NewImage, StreamViewType });
}

const numberOf = (record: Body | undefined): string => Object(record?.['dynamodb'])['SequenceNumber'];

/** What is told of each item, in its order. Between items a stream promises no order, not even within one transaction. */
function byItem(read: readonly Body[]): Map<string, unknown[]> {
  const of = new Map<string, unknown[]>();
  for (const record of read) {
    const { pk, sk } = Object(record['dynamodb'])['Keys'];
    const key = `${pk.S} ${sk.S}`;
    of.set(key, [...(of.get(key) ?? []), told(record)]);
  }
  return of;
}

test('the stream tells the same of all these calls, and from the middle what is left', async () => {
  const whole = await Promise.all(at.map((judged) => records(judged)));
  const [dynoxide = new Map(), official] = whole.map(byItem);
  expect(dynoxide.size).toBeGreaterThan(100);
  expect(dynoxide).toEqual(official);
  for (const [index, judged] of at.entries()) {
    const all = whole[index] ?? [];
    const middle = Math.floor(all.length / 2);
    const rest = await records(judged, numberOf(all[middle]));
    expect(rest.map(told)).toEqual(all.slice(middle + 1).map(told));
  }
});
