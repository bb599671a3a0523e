import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { environment } from '../kernel/environment.ts';
import type { Message } from './message.ts';

let client: SQSClient | undefined;

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
  // The address in the queue's URL is a name of the queue, not a place: on one machine it does not resolve.
  client ??= new SQSClient({ useQueueUrlAsEndpoint: false, maxAttempts: 3 });
  await client.send(
    new SendMessageCommand({
      QueueUrl: environment('MESSAGES_QUEUE_URL'),
      MessageBody: queueable(message),
    }),
  );
}
