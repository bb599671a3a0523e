import { randomUUID } from 'node:crypto';
import { BatchGetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { encodeAgendaEntry } from '../shared/booking/items/day-sheet.ts';
import { encodeSeat } from '../shared/booking/items/session.ts';
import { tableClient, tableName } from '../shared/table/client.ts';

/**
 * The same calls as an operation makes, raw: no pipeline, no contract, no rules, items of the same size. What an operation takes beyond
 * these is what Linli costs.
 */
const key = (pk: string, sk = 'x') => ({ pk: { S: pk }, sk: { S: sk } });
const filler = 'x'.repeat(600);

/** Reads `count` items in one call. */
export async function rawBatchGet(count: number): Promise<void> {
  const Keys = Array.from({ length: count }, (_, index) => key(`raw#READ#${index}`));
  await tableClient().send(
    new BatchGetItemCommand({ RequestItems: { [tableName()]: { Keys, ConsistentRead: true } } }),
  );
}

/** Puts one item of about the size of a row. */
export async function rawPut(pk = `raw#PUT#${randomUUID()}`): Promise<void> {
  await tableClient().send(
    new PutItemCommand({
      TableName: tableName(),
      Item: { ...key(pk), ...marshall({ filler }) },
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
}

/** Adds quarter-hours to the number set of a new item, under conditions, as a claim on a day sheet does. */
export async function rawClaim(): Promise<void> {
  const quarters = [66, 67, 68, 69, 70, 71];
  await tableClient().send(
    new UpdateItemCommand({
      TableName: tableName(),
      Key: key(`raw#CLAIM#${randomUUID()}`),
      UpdateExpression: 'SET entry = :entry ADD busy :own',
      ConditionExpression: quarters.map((quarter) => `NOT contains(busy, :q${quarter})`).join(' AND '),
      ExpressionAttributeValues: marshall({
        ':entry': encodeAgendaEntry({ startsAt: '16:30', endsAt: '18:00', of: 'raw' }),
        ':own': new Set(quarters),
        ...Object.fromEntries(quarters.map((quarter) => [`:q${quarter}`, quarter])),
      }),
    }),
  );
}

/** Counts one up on an item that everybody wants, under a limit. `false` when the limit is reached. */
export async function rawSeat(pk: string, limit: number): Promise<boolean> {
  try {
    await tableClient().send(
      new UpdateItemCommand({
        TableName: tableName(),
        Key: key(pk),
        UpdateExpression: 'SET #seat = :seat ADD taken :one',
        ConditionExpression: 'attribute_not_exists(taken) OR taken < :limit',
        ExpressionAttributeNames: { '#seat': `s${randomUUID()}` },
        ExpressionAttributeValues: marshall({
          ':one': 1,
          ':limit': limit,
          ':seat': encodeSeat({
            bookingId: '20260304-0000000000000',
            actorId: 'p0000000000000000',
            bookedAt: '2026-03-01T00:00:00.000Z',
            requestHash: 'x',
          }),
        }),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

/** Queries a range of seven items. */
export const rawWeek = (): Promise<void> => rawQuery('raw#WEEK', ['2026-03-02', '2026-03-08']);

/** Queries a range of whatever lies there: at most `limit` items, or only some of their attributes. */
export async function rawQuery(
  pk: string,
  [low, high]: readonly [string, string],
  { limit, attributes }: { limit?: number; attributes?: readonly string[] } = {},
): Promise<void> {
  await tableClient().send(
    new QueryCommand({
      TableName: tableName(),
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :low AND :high',
      ExpressionAttributeValues: marshall({ ':pk': pk, ':low': low, ':high': high }),
      Limit: limit,
      ...(attributes
        ? {
            ProjectionExpression: attributes.map((_, index) => `#a${index}`).join(', '),
            ExpressionAttributeNames: Object.fromEntries(attributes.map((name, index) => [`#a${index}`, name])),
          }
        : {}),
    }),
  );
}

/** What the raw reads find. */
export async function prepareRaw(): Promise<void> {
  for (let index = 0; index < 8; index += 1) await rawPut(`raw#READ#${index}`);
}
