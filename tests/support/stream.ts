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

/**
 * Every record of this test file's cities that the table's stream holds, in the order of each item, as a function is given them. What a
 * function does with them is the test's business: once, twice, reordered.
 */
export async function streamRecords(): Promise<DynamoDBRecord[]> {
  const client = new DynamoDBStreamsClient({ endpoint: environment('AWS_ENDPOINT_URL_DYNAMODB') });
  const { Streams } = await client.send(new ListStreamsCommand({ TableName: environment('TABLE_NAME') }));
  const StreamArn = Streams?.[0]?.StreamArn;
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  const records: DynamoDBRecord[] = [];
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    const first = await client.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    let iterator = first.ShardIterator;
    for (let empty = 0; iterator && empty < 2; ) {
      const page: GetRecordsCommandOutput = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
      // The SDK's types and the event's differ in name only.
      const found = (page.Records ?? []) as DynamoDBRecord[];
      records.push(...found.map((record) => ({ ...record, dynamodb: asInTheCloud(record.dynamodb ?? {}) })));
      empty = found.length === 0 ? empty + 1 : 0;
      iterator = page.NextShardIterator;
    }
  }
  client.destroy();
  const ours = tenants().map((tenantId) => `${tenantId}#`);
  return records.filter(({ dynamodb }) => ours.some((prefix) => dynamodb?.Keys?.['pk']?.S?.startsWith(prefix)));
}
