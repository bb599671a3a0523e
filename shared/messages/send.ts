import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { environment } from '../kernel/environment.ts';
import { inParallel } from '../kernel/in-parallel.ts';
import type { Message } from './message.ts';

let client: SQSClient | undefined;

/** The address in the queue's URL is a name of the queue, not a place: on one machine it does not resolve. */
function queueClient(): SQSClient {
  client ??= new SQSClient({ useQueueUrlAsEndpoint: false, maxAttempts: 3 });
  return client;
}

/**
 * JSON that any queue takes: characters beyond the Basic Multilingual Plane, which rare names and many typed ones have, leave as
 * escapes, because queues differ in whether they take them as they are; U+FFFE and U+FFFF they never take.
 */
const queueable = (message: Message): string =>
  JSON.stringify(message).replace(
    /[\ud800-\udfff\ufffe\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Puts a message on the queue of what leaves the system; `functions/messages` sends it. Returns when the queue has it. */
export async function sendMessage(message: Message): Promise<void> {
  await queueClient().send(
    new SendMessageCommand({
      QueueUrl: environment('MESSAGES_QUEUE_URL'),
      MessageBody: queueable(message),
    }),
  );
}

/** What one call may carry, and how many calls are on their way at the same time. */
const MOST_MESSAGES = 10;
const CALLS_AT_ONCE = 8;

/** The same for many, ten a call. Throws when the queue has not taken all of them: sent again, each still leaves once, by its id. */
export async function sendMessages(messages: readonly Message[]): Promise<void> {
  const parts: Message[][] = [];
  for (let at = 0; at < messages.length; at += MOST_MESSAGES) parts.push(messages.slice(at, at + MOST_MESSAGES));
  await inParallel(parts, CALLS_AT_ONCE, async (part) => {
    const { Failed = [] } = await queueClient().send(
      new SendMessageBatchCommand({
        QueueUrl: environment('MESSAGES_QUEUE_URL'),
        Entries: part.map((message, index) => ({ Id: String(index), MessageBody: queueable(message) })),
      }),
    );
    if (Failed[0]) throw new Error(`the queue refused ${Failed.length} messages: ${Failed[0].Code}`);
  });
}
