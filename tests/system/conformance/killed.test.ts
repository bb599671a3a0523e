import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { startEngine } from '../../../local/table/engine.ts';
import { createTemplateTable } from '../../support/template.ts';
import { type Body, sender } from './calls.ts';

const STREAMS = 'DynamoDBStreams_20120810';
const KILLS = 4;
const WRITERS = 8;
const AMID_WRITES = 100;
const LOOKS_MOST = 2_000;
const PAGES_MOST = 100;

/** Starts the engine over a folder, with the table, and answers how to call it. */
async function open(folder: string) {
  const engine = await startEngine({ folder });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials });
  const table = await createTemplateTable(client);
  client.destroy();
  return { engine, table, ...sender(engine.endpoint) };
}

type Opened = Awaited<ReturnType<typeof open>>;

/** Puts items from several sides until the engine is killed amid them; answers what was acknowledged. */
async function rush({ call, table, engine }: Opened, round: number): Promise<string[]> {
  const acknowledged: string[] = [];
  const write = async (writer: number) => {
    for (let count = 0; ; count += 1) {
      const pk = `k${round}-${writer}-${count}`;
      const answer = await call('PutItem', { TableName: table.tableName, Item: { pk: { S: pk }, sk: { S: 'K' } } });
      expect(answer.status).toBe(200);
      acknowledged.push(pk);
    }
  };
  const writers = Promise.allSettled(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  for (let looks = 0; acknowledged.length < AMID_WRITES && looks < LOOKS_MOST; looks += 1) await sleep(10);
  process.kill(engine.pid, 'SIGKILL');
  await writers;
  return acknowledged;
}

async function keysOnStream({ call, table: { streamArn } }: Opened): Promise<string[]> {
  const { body } = await call('DescribeStream', { StreamArn: streamArn }, STREAMS);
  const [{ ShardId }] = Object(body['StreamDescription']).Shards;
  const horizon = { StreamArn: streamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
  let { ShardIterator } = (await call('GetShardIterator', horizon, STREAMS)).body;
  const keys: string[] = [];
  for (let page = 0; page < PAGES_MOST; page += 1) {
    const { body: got } = await call('GetRecords', { ShardIterator, Limit: 1_000 }, STREAMS);
    const found: Body[] = Array.isArray(got['Records']) ? got['Records'] : [];
    if (found.length === 0) return keys;
    keys.push(...found.map(({ dynamodb }) => Object(dynamodb).Keys.pk.S));
    ShardIterator = got['NextShardIterator'];
  }
  throw new Error('the stream is longer than all that was written');
}

test('an engine killed in a rush of writes has lost nothing that it acknowledged, neither in the table nor on the stream', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'linli-killed-'));
  const acknowledged: string[] = [];
  for (let round = 0; round < KILLS; round += 1) {
    const opened = await open(folder);
    acknowledged.push(...(await rush(opened, round)));
    opened.stop();
  }
  const opened = await open(folder);
  const told = await keysOnStream(opened);
  expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS * AMID_WRITES);
  expect(new Set(told).size, 'each record once').toBe(told.length);
  expect(acknowledged.filter((pk) => !told.includes(pk))).toEqual([]);
  const lost: string[] = [];
  for (const pk of told) {
    const { body } = await opened.call('GetItem', {
      TableName: opened.table.tableName,
      Key: { pk: { S: pk }, sk: { S: 'K' } },
    });
    if (!body['Item']) lost.push(pk);
  }
  expect(lost).toEqual([]);
  opened.stop();
  await opened.engine.stop();
  await rm(folder, { recursive: true, force: true });
});
