import type { JsonCall } from '../json-calls.ts';
import { failedIds } from './batch.ts';
import { type Loop, startLoop } from './loop.ts';

type Message = {
  readonly MessageId?: string;
  readonly ReceiptHandle?: string;
  readonly Body?: string;
  readonly Attributes?: object;
  readonly MessageAttributes?: object;
  readonly MD5OfBody?: string;
};

export type QueueConsumerOptions = {
  /** Calls SQS. */
  readonly call: JsonCall;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly reportFailures: boolean;
  readonly invoke: (event: unknown) => Promise<unknown>;
  readonly onError: (error: unknown) => void;
};

/**
 * Gives messages of a queue to a function. Done ones are deleted; failed ones come back after the queue's visibility timeout and, after
 * `maxReceiveCount`, go to the dead-letter queue, which the queue service does itself.
 */
export function startQueueConsumer(options: QueueConsumerOptions): Loop {
  const { call, queueUrl } = options;
  const failed = new Set<string>();
  const loop = startLoop(() => receiveOnce(options, failed), 200, options.onError);
  return {
    async stop() {
      await loop.stop();
      // Failed messages wait out their timeout in memory; made visible, they are kept with the others.
      for (const ReceiptHandle of failed) {
        await call('ChangeMessageVisibility', { QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 0 }).catch(
          () => undefined,
        );
      }
    },
  };
}

async function receiveOnce(options: QueueConsumerOptions, failed: Set<string>): Promise<'busy' | 'idle'> {
  const { call, queueUrl, batchSize, reportFailures } = options;
  const { Messages = [] } = await call<{ Messages?: Message[] }>('ReceiveMessage', {
    QueueUrl: queueUrl,
    MaxNumberOfMessages: Math.min(10, batchSize),
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  if (Messages.length === 0) return 'idle';
  let notDone: readonly string[];
  try {
    const answer = await options.invoke({
      Records: Messages.map((message) => lambdaRecord(message, options.queueArn)),
    });
    notDone = reportFailures ? failedIds(answer) : [];
  } catch {
    notDone = Messages.map(({ MessageId = '' }) => MessageId);
  }
  for (const { MessageId = '', ReceiptHandle = '' } of Messages) {
    if (notDone.includes(MessageId)) failed.add(ReceiptHandle);
    else await call('DeleteMessage', { QueueUrl: queueUrl, ReceiptHandle });
  }
  return 'busy';
}

function lambdaRecord(message: Message, eventSourceARN: string): object {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: message.MessageAttributes ?? {},
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion: eventSourceARN.split(':')[3],
  };
}
