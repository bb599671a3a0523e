import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { buildApp } from 'fauxqs';
import { type JsonCall, outputOf } from './json-calls.ts';
import { keptJson } from './kept-json.ts';

export type Emulator = {
  readonly endpoint: string;
  /** Calls SQS, without a connection: it is in this process. */
  readonly sqs: JsonCall;
  createQueue(name: string, properties: Readonly<Record<string, unknown>>): Promise<{ url: string; arn: string }>;
  createBucket(name: string): Promise<void>;
  /** The URL of a queue made here, by its ARN. */
  urlOf(arn: string): string;
  stop(): Promise<void>;
};

type Waiting = Record<string, string[]>;

/**
 * SQS and S3 in this process. The emulator keeps everything in memory, so on stop the waiting messages are written to a file and on start
 * they are put back.
 */
export async function startEmulator(region: string, keptMessages: string): Promise<Emulator> {
  const app = buildApp({ logger: false, defaultRegion: region });
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  const connection = { endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const sqs: JsonCall = async <Output>(operation: string, input: object) => {
    const { statusCode, payload } = await app.inject({
      method: 'POST',
      url: '/',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` },
      payload: JSON.stringify(input),
    });
    return outputOf<Output>({ status: statusCode, text: payload });
  };
  const s3 = new S3Client({ ...connection, forcePathStyle: true });
  const waiting = keptJson<Waiting>(keptMessages, {});
  const urls = new Map<string, string>();
  const urlsByArn = new Map<string, string>();
  return {
    endpoint,
    sqs,
    async createQueue(name, properties) {
      const redrive = properties['RedrivePolicy'] as object | undefined;
      const visibility = properties['VisibilityTimeout'];
      const { QueueUrl: url = '' } = await sqs<{ QueueUrl?: string }>('CreateQueue', {
        QueueName: name,
        Attributes: {
          ...(redrive ? { RedrivePolicy: JSON.stringify(redrive) } : {}),
          ...(visibility === undefined ? {} : { VisibilityTimeout: String(visibility) }),
        },
      });
      const { Attributes } = await sqs<{ Attributes?: Record<string, string> }>('GetQueueAttributes', {
        QueueUrl: url,
        AttributeNames: ['QueueArn'],
      });
      urls.set(name, url);
      for (const body of waiting.read()[name] ?? []) {
        await sqs('SendMessage', { QueueUrl: url, MessageBody: body });
      }
      const arn = Attributes?.['QueueArn'] ?? '';
      urlsByArn.set(arn, url);
      return { url, arn };
    },
    urlOf(arn) {
      const url = urlsByArn.get(arn);
      if (!url) throw new Error(`no queue here is called ${arn}`);
      return url;
    },
    async createBucket(name) {
      await s3.send(new CreateBucketCommand({ Bucket: name }));
    },
    async stop() {
      const left: Waiting = {};
      for (const [name, url] of urls) left[name] = await drain(sqs, url);
      waiting.write(left);
      s3.destroy();
      await app.close();
    },
  };
}

type Received = { Messages?: { Body?: string; ReceiptHandle?: string }[] };

async function drain(sqs: JsonCall, url: string): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs<Received>('ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: 10 });
    if (Messages.length === 0) return bodies;
    for (const { Body = '', ReceiptHandle } of Messages) {
      bodies.push(Body);
      await sqs('DeleteMessage', { QueueUrl: url, ReceiptHandle });
    }
  }
}
