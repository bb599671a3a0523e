import { createHash } from 'node:crypto';
import type { SendMessageCommandInput, SendMessageCommandOutput } from '@aws-sdk/client-sqs';
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

export class SendMessageCommand extends Command<SendMessageCommandInput, SendMessageCommandOutput> {
  readonly operation = 'SendMessage';

  /** Throws when the queue's fingerprint of the body is not ours: something changed it on the way. */
  override answer(body: { readonly MD5OfMessageBody?: string }): object {
    const sent = createHash('md5')
      .update(this.input.MessageBody ?? '')
      .digest('hex');
    if (body.MD5OfMessageBody !== sent) throw new Error('InvalidMD5Error: the queue has another message than was sent');
    return body;
  }
}
