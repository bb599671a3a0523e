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

/** Reads on in the table's stream: each call gives what this test file's cities wrote since the last one, in the order of each item. */
export class StreamReader {
  readonly #client = new DynamoDBStreamsClient({ endpoint: environment('AWS_ENDPOINT_URL_DYNAMODB') });
  readonly #iterators = new Map<string, string>();

  /** A function is given records as the cloud sends them: once, twice, reordered is the test's business. */
  async next(): Promise<DynamoDBRecord[]> {
    const { Streams } = await this.#client.send(new ListStreamsCommand({ TableName: environment('TABLE_NAME') }));
    const StreamArn = Streams?.[0]?.StreamArn;
    const { StreamDescription } = await this.#client.send(new DescribeStreamCommand({ StreamArn }));
    const records: DynamoDBRecord[] = [];
    for (const { ShardId = '' } of StreamDescription?.Shards ?? [])
      records.push(...(await this.#shard(StreamArn, ShardId)));
    const ours = tenants().map((tenantId) => `${tenantId}#`);
    return records.filter(({ dynamodb }) => ours.some((prefix) => dynamodb?.Keys?.['pk']?.S?.startsWith(prefix)));
  }

  async #shard(StreamArn: string | undefined, ShardId: string): Promise<DynamoDBRecord[]> {
    let iterator = this.#iterators.get(ShardId);
    if (iterator === undefined) {
      const from = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
      iterator = (await this.#client.send(new GetShardIteratorCommand(from))).ShardIterator;
    }
    const records: DynamoDBRecord[] = [];
    for (let empty = 0; iterator && empty < 2; ) {
      const page: GetRecordsCommandOutput = await this.#client.send(new GetRecordsCommand({ ShardIterator: iterator }));
      // The SDK's types and the event's differ in name only.
      const found = (page.Records ?? []) as DynamoDBRecord[];
      records.push(...found.map((record) => ({ ...record, dynamodb: asInTheCloud(record.dynamodb ?? {}) })));
      empty = found.length === 0 ? empty + 1 : 0;
      iterator = page.NextShardIterator;
      if (iterator) this.#iterators.set(ShardId, iterator);
    }
    return records;
  }
}

/** Every record of this test file's cities that the table's stream holds. */
export const streamRecords = (): Promise<DynamoDBRecord[]> => new StreamReader().next();
