import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamHandler } from 'aws-lambda';
import { asSystem } from '../../shared/access/authorize.ts';
import { logger } from '../../shared/http/logger.ts';
import { clockNow } from '../../shared/kernel/clock.ts';
import type { RawItem } from '../../shared/table/conditions.ts';
import { followers } from './follow.ts';

const image = (attributes: unknown): RawItem | undefined =>
  attributes ? unmarshall(attributes as Parameters<typeof unmarshall>[0]) : undefined;

/** Tells each follower of this kind of item, one after the other. */
async function follow({ eventName, dynamodb }: DynamoDBRecord): Promise<void> {
  const after = image(dynamodb?.NewImage);
  if (!after) return;
  const [tenantId = ''] = String(after['pk']).split('#');
  const change = { sk: String(after['sk']), before: image(dynamodb?.OldImage), after };
  for (const { kind, events, follow } of followers) {
    if (kind !== after['is'] || !events.some((event) => event === eventName)) continue;
    await follow(asSystem(tenantId, clockNow()), change);
  }
}

/** The one reader of the table's stream. A failed record is given back, with all after it, and tried again. */
export const handler: DynamoDBStreamHandler = async ({ Records }): Promise<DynamoDBBatchResponse> => {
  for (const record of Records) {
    try {
      await follow(record);
    } catch (error) {
      const itemIdentifier = record.dynamodb?.SequenceNumber ?? '';
      logger.error('stream record failed', { itemIdentifier, error: error instanceof Error ? error : String(error) });
      return { batchItemFailures: [{ itemIdentifier }] };
    }
  }
  return { batchItemFailures: [] };
};
