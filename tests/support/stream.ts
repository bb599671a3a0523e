import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { asInTheCloud } from '../../local/events/stream-images.ts';
import { environment } from '../../shared/kernel/environment.ts';
import { tenants } from './invoke.ts';

const client = new DynamoDBStreamsClient({ endpoint: environment('AWS_ENDPOINT_URL_DYNAMODB') });

async function shards(): Promise<{ StreamArn: string | undefined; ids: string[] }> {
  const { Streams } = await client.send(new ListStreamsCommand({ TableName: environment('TABLE_NAME') }));
  const StreamArn = Streams?.[0]?.StreamArn;
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  return { StreamArn, ids: (StreamDescription?.Shards ?? []).map(({ ShardId = '' }) => ShardId) };
}

async function iteratorOf(StreamArn: string | undefined, ShardId: string, from: 'LATEST' | 'TRIM_HORIZON') {
  const wanted = { StreamArn, ShardId, ShardIteratorType: from } as const;
  return (await client.send(new GetShardIteratorCommand(wanted))).ShardIterator;
}

/** Where the stream stood when this test file began: all files write to one table, and what came before is none of this one's. */
const beginning = new Map<string, string | undefined>();
const { StreamArn: arn, ids: before } = await shards();
for (const id of before) beginning.set(id, await iteratorOf(arn, id, 'LATEST'));

/** Reads on in the table's stream: each call gives what this test file's cities wrote since the last one, in the order of each item. */
export class StreamReader {
  readonly #iterators = new Map(beginning);

  /** A function is given records as the cloud sends them: once, twice, reordered is the test's business. */
  async next(): Promise<DynamoDBRecord[]> {
    const { StreamArn, ids } = await shards();
    const records: DynamoDBRecord[] = [];
    for (const id of ids) records.push(...(await this.#shard(StreamArn, id)));
    const ours = tenants().map((tenantId) => `${tenantId}#`);
    return records.filter(({ dynamodb }) => ours.some((prefix) => dynamodb?.Keys?.['pk']?.S?.startsWith(prefix)));
  }

  async #shard(StreamArn: string | undefined, id: string): Promise<DynamoDBRecord[]> {
    let iterator = this.#iterators.get(id) ?? (await iteratorOf(StreamArn, id, 'TRIM_HORIZON'));
    const records: DynamoDBRecord[] = [];
    for (let empty = 0; iterator && empty < 2; ) {
      const page: GetRecordsCommandOutput = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
      // The SDK's types and the event's differ in name only.
      const found = (page.Records ?? []) as DynamoDBRecord[];
      records.push(...found.map((record) => ({ ...record, dynamodb: asInTheCloud(record.dynamodb ?? {}) })));
      empty = found.length === 0 ? empty + 1 : 0;
      iterator = page.NextShardIterator;
      if (iterator) this.#iterators.set(id, iterator);
    }
    return records;
  }
}

const whole = new StreamReader();
const read: DynamoDBRecord[] = [];

/** Every record of this test file's cities that the table's stream holds. */
export async function streamRecords(): Promise<DynamoDBRecord[]> {
  read.push(...(await whole.next()));
  return [...read];
}
