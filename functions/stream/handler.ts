import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamHandler } from 'aws-lambda';
import { asSystem } from '../../shared/access/authorize.ts';
import { logger } from '../../shared/http/logger.ts';
import { clockNow } from '../../shared/kernel/clock.ts';
import type { Message } from '../../shared/messages/message.ts';
import { sendMessages } from '../../shared/messages/send.ts';
import type { Change, Following } from '../../shared/plan/follower.ts';
import type { RawItem } from '../../shared/table/conditions.ts';
import { type Known, knownFrom, readKnown } from '../../shared/table/read.ts';
import { followers } from './follow.ts';

const image = (attributes: unknown): RawItem | undefined =>
  attributes ? unmarshall(attributes as Parameters<typeof unmarshall>[0]) : undefined;

type Told = { readonly record: DynamoDBRecord; readonly tenantId: string; readonly change: Change };

function toldBy(record: DynamoDBRecord): Told | undefined {
  const after = image(record.dynamodb?.NewImage);
  if (!after) return undefined;
  const [tenantId = ''] = String(after['pk']).split('#');
  return { record, tenantId, change: { sk: String(after['sk']), before: image(record.dynamodb?.OldImage), after } };
}

/** What every follower of this kind of item makes of the change. */
function begin({ record, tenantId, change }: Told, seen: Known): Following[] {
  const by = asSystem(tenantId, clockNow());
  return followers
    .filter(({ kind, events }) => kind === change.after['is'] && events.some((event) => event === record.eventName))
    .flatMap((follower) => follower.begin(by, change, seen) ?? []);
}

/** A record with what follows from it, or why that could not be told. */
type Step = { readonly record: DynamoDBRecord; readonly following: readonly Following[]; readonly broken?: unknown };

function stepsOf(records: readonly DynamoDBRecord[]): Step[] {
  const told = records.flatMap((record) => toldBy(record) ?? []);
  const seen = knownFrom(told.map(({ change }) => change.after));
  return told.map((one) => {
    try {
      return { record: one.record, following: begin(one, seen) };
    } catch (broken) {
      return { record: one.record, following: [], broken };
    }
  });
}

/** From this record on everything is to come again. */
function givenBack(record: DynamoDBRecord | undefined, error: unknown): DynamoDBBatchResponse {
  const itemIdentifier = record?.dynamodb?.SequenceNumber ?? '';
  logger.error('stream record failed', { itemIdentifier, error: error instanceof Error ? error : String(error) });
  return { batchItemFailures: [{ itemIdentifier }] };
}

/** Follows record after record up to the first that fails, which is answered; collects what is to be told. */
async function followAll(steps: readonly Step[], messages: Message[]): Promise<DynamoDBBatchResponse> {
  const known = await readKnown(steps.flatMap(({ following }) => following.flatMap(({ needs }) => needs)));
  for (const { record, following, broken } of steps) {
    try {
      if (broken) throw broken;
      for (const one of following) messages.push(...(await one.follow(known)));
    } catch (error) {
      return givenBack(record, error);
    }
  }
  return { batchItemFailures: [] };
}

/** The one reader of the table's stream. A failed record is given back, with all after it, and tried again. */
export const handler: DynamoDBStreamHandler = async ({ Records }): Promise<DynamoDBBatchResponse> => {
  const messages: Message[] = [];
  try {
    const answer = await followAll(stepsOf(Records), messages);
    // What was followed before a failed record does not come again: its messages leave all the same.
    await sendMessages(messages);
    return answer;
  } catch (error) {
    return givenBack(Records[0], error);
  }
};
