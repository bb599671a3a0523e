import { createHash } from 'node:crypto';
import type {
  SendMessageBatchCommandInput,
  SendMessageBatchCommandOutput,
  SendMessageCommandInput,
  SendMessageCommandOutput,
} from '@aws-sdk/client-sqs';
import { type ClientConfig, Command, JsonClient } from './json-client.ts';

/** Stands for `@aws-sdk/client-sqs` in a function's bundle: what the source takes from there, under the same names. */
export class SQSClient extends JsonClient {
  constructor(config: ClientConfig) {
    const service = {
      name: 'sqs',
      target: 'AmazonSQS',
      contentType: 'application/x-amz-json-1.0',
      endpointVariable: 'AWS_ENDPOINT_URL_SQS',
    } as const;
    super(service, config);
  }
}

const md5Of = (body: string | undefined): string =>
  createHash('md5')
    .update(body ?? '')
    .digest('hex');

/** Throws when the queue's fingerprint of a body is not ours: something changed it on the way. */
function requireSame(fingerprint: string | undefined, body: string | undefined): void {
  if (fingerprint !== md5Of(body)) throw new Error('InvalidMD5Error: the queue has another message than was sent');
}

export class SendMessageCommand extends Command<SendMessageCommandInput, SendMessageCommandOutput> {
  readonly operation = 'SendMessage';

  override answer(body: Partial<SendMessageCommandOutput>): object {
    requireSame(body.MD5OfMessageBody, this.input.MessageBody);
    return body;
  }
}

export class SendMessageBatchCommand extends Command<SendMessageBatchCommandInput, SendMessageBatchCommandOutput> {
  readonly operation = 'SendMessageBatch';

  override answer(body: Partial<SendMessageBatchCommandOutput>): object {
    const sent = new Map((this.input.Entries ?? []).map(({ Id, MessageBody }) => [Id, MessageBody]));
    for (const { Id, MD5OfMessageBody } of body.Successful ?? []) requireSame(MD5OfMessageBody, sent.get(Id));
    return body;
  }
}
