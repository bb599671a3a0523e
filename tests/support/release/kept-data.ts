import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  DynamoDBClient,
  ScanCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { startEngine } from '../../../local/table/engine.ts';
import type { CityUnderTest } from '../city.ts';
import { createTemplateTable } from '../template.ts';

/**
 * A city's data folder with its table as lines of JSON, so that it can be opened whatever engine keeps tables: `table.jsonl.gz`, and the
 * other files as they were.
 */
const TABLE = 'table.jsonl.gz';
/** Messages are kept in lines now and were kept in one value. */
const beside = ['keys', 'messages.json', 'messages.jsonl', 'queues.json'];
const ROUNDS_MOST = 1_000;
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

type Item = Record<string, AttributeValue>;

const keyOf = ({ pk, sk }: Item): string => `${pk?.S}\n${sk?.S}`;

/** Every item of a running city's table in the order of their keys, as DynamoDB's JSON. */
export async function tableItems(city: CityUnderTest): Promise<Item[]> {
  const client = new DynamoDBClient({ endpoint: city.engineEndpoint, region: city.region, credentials });
  const items: Item[] = [];
  let after: Item | undefined;
  for (let round = 0; round < ROUNDS_MOST; round += 1) {
    const page = await client.send(
      new ScanCommand({ TableName: city.tableName, ...(after ? { ExclusiveStartKey: after } : {}) }),
    );
    items.push(...(page.Items ?? []));
    after = page.LastEvaluatedKey;
    if (!after) break;
  }
  client.destroy();
  if (after) throw new Error('the table is too large to be kept');
  const inOrder = (item: Item): Item => Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  return items.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).map(inOrder);
}

export async function keepTable(city: CityUnderTest, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeJsonLines(join(folder, TABLE), await tableItems(city));
}

/** Copies what lies beside the table of a data folder whose city has stopped. */
export async function keepBeside(dataFolder: string, folder: string): Promise<void> {
  for (const name of beside.filter((one) => existsSync(join(dataFolder, one)))) {
    await cp(join(dataFolder, name), join(folder, name), { recursive: true });
  }
}

export async function writeJsonLines(path: string, lines: readonly unknown[]): Promise<void> {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  await writeFile(path, gzipSync(text, { level: 9 }));
}

export async function readJsonLines<T>(path: string): Promise<T[]> {
  const text = gunzipSync(await readFile(path)).toString('utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}

/**
 * Makes a data folder of what was kept, as the city that wrote it left it: the streams of its table are read to their end. Whoever
 * asks removes it.
 */
export async function openKept(folder: string): Promise<{ dataFolder: string; remove(): Promise<void> }> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'linli-kept-'));
  await keepBeside(folder, dataFolder);
  const engine = await startEngine({ folder: join(dataFolder, 'table') });
  const connection = { endpoint: engine.endpoint, region: 'us-east-1', credentials };
  const [client, streams] = [new DynamoDBClient(connection), new DynamoDBStreamsClient(connection)];
  try {
    const { tableName, streamArn, readers } = await createTemplateTable(client);
    await putAll(client, tableName, await readJsonLines<Item>(join(folder, TABLE)));
    const readSoFar = JSON.stringify(await endsOf(streams, streamArn));
    await mkdir(join(dataFolder, 'streams'));
    for (const id of readers) await writeFile(join(dataFolder, 'streams', `${id}.json`), readSoFar);
  } finally {
    client.destroy();
    streams.destroy();
    await engine.stop();
  }
  return { dataFolder, remove: () => rm(dataFolder, { recursive: true, force: true }) };
}

async function putAll(client: DynamoDBClient, tableName: string, items: readonly Item[]): Promise<void> {
  let left: WriteRequest[] = items.map((Item) => ({ PutRequest: { Item } }));
  for (let round = 0; left.length > 0; round += 1) {
    if (round === ROUNDS_MOST) throw new Error('the table left writes unprocessed');
    const { UnprocessedItems } = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [tableName]: left.slice(0, 25) } }),
    );
    left = [...(UnprocessedItems?.[tableName] ?? []), ...left.slice(25)];
  }
}

/** The last record of each shard. */
async function endsOf(client: DynamoDBStreamsClient, StreamArn: string): Promise<Record<string, string>> {
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  const ends: Record<string, string> = {};
  for (const { ShardId = '' } of StreamDescription?.Shards ?? []) {
    const first = new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
    let { ShardIterator: next } = await client.send(first);
    for (let empty = 0; next && empty < 3; ) {
      const page: GetRecordsCommandOutput = await client.send(new GetRecordsCommand({ ShardIterator: next }));
      const last = page.Records?.at(-1)?.dynamodb?.SequenceNumber;
      if (last) ends[ShardId] = last;
      empty = last ? 0 : empty + 1;
      next = page.NextShardIterator;
    }
  }
  return ends;
}
