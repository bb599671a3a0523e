import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { environment } from '../../shared/kernel/environment.ts';

let client: SQSClient | undefined;

/** Takes what the functions have put on the messages queue since the last call, oldest first. */
export async function takeMessages(): Promise<Record<string, unknown>[]> {
  client ??= new SQSClient({ useQueueUrlAsEndpoint: false });
  const QueueUrl = environment('MESSAGES_QUEUE_URL');
  const taken: Record<string, unknown>[] = [];
  for (let rounds = 0; rounds < 100; rounds += 1) {
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return taken;
    for (const { Body = '{}', ReceiptHandle } of Messages) {
      taken.push(JSON.parse(Body));
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
  throw new Error('the queue never ran empty');
}
