import { createHash, createHmac } from 'node:crypto';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as kms from '@aws-sdk/client-kms';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as sqs from '@aws-sdk/client-sqs';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as lightDynamodb from '../../../shared/aws/dynamodb.ts';
import { endpointOf } from '../../../shared/aws/json-client.ts';
import * as lightKms from '../../../shared/aws/kms.ts';
import * as lightSecrets from '../../../shared/aws/secrets-manager.ts';
import * as lightSqs from '../../../shared/aws/sqs.ts';
import { type Heard, startFaultServer } from './fault-server.ts';

let server: Awaited<ReturnType<typeof startFaultServer>>;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  for (const service of ['DYNAMODB', 'KMS', 'SQS', 'SECRETS_MANAGER'])
    process.env[`AWS_ENDPOINT_URL_${service}`] = server.endpoint;
  Object.assign(process.env, {
    AWS_REGION: 'cn-northwest-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  });
  delete process.env['AWS_SESSION_TOKEN'];
});

/** A client and a command of a library, by their names. */
async function send(library: object, client: string, command: string, input: object): Promise<unknown> {
  const names = Object(library);
  const config = client === 'SQSClient' ? { useQueueUrlAsEndpoint: false } : {};
  const { $metadata: _, ...answer } = await new names[client](config).send(new names[`${command}Command`](input));
  return answer;
}

const bytes = new Uint8Array([0, 1, 127, 128, 255]);
const base64 = Buffer.from(bytes).toString('base64');
const text = '邻里 "\\ud83d\\ude00"';
const md5 = createHash('md5').update(text).digest('hex');

describe('a call of the light client is the call of the SDK, and its answer the same', () => {
  test.each<[string, string, object, object, object]>([
    ['Sign', 'KMSClient', kms, { KeyId: 'k', Message: bytes, MessageType: 'RAW' }, { KeyId: 'k', Signature: base64 }],
    ['GetPublicKey', 'KMSClient', kms, { KeyId: 'k' }, { PublicKey: base64, KeyUsage: 'SIGN_VERIFY' }],
    [
      'Encrypt',
      'KMSClient',
      kms,
      { KeyId: 'k', Plaintext: Buffer.from(text), EncryptionContext: { context: text } },
      { CiphertextBlob: base64 },
    ],
    [
      'Decrypt',
      'KMSClient',
      kms,
      { KeyId: 'k', CiphertextBlob: bytes, EncryptionContext: { context: text } },
      { Plaintext: base64 },
    ],
    [
      'GenerateMac',
      'KMSClient',
      kms,
      { KeyId: 'k', Message: Buffer.from('cursor'), MacAlgorithm: 'HMAC_SHA_256' },
      { Mac: base64 },
    ],
    [
      'SendMessage',
      'SQSClient',
      sqs,
      { QueueUrl: 'https://sqs.example/1/q', MessageBody: text },
      { MessageId: 'm', MD5OfMessageBody: md5 },
    ],
    [
      'SendMessageBatch',
      'SQSClient',
      sqs,
      {
        QueueUrl: 'https://sqs.example/1/q',
        Entries: [
          { Id: '0', MessageBody: text },
          { Id: '1', MessageBody: text },
        ],
      },
      {
        Successful: [{ Id: '0', MessageId: 'm', MD5OfMessageBody: md5 }],
        Failed: [{ Id: '1', Code: 'InternalError', SenderFault: false }],
      },
    ],
    [
      'GetSecretValue',
      'SecretsManagerClient',
      secrets,
      { SecretId: 's' },
      { SecretString: text, VersionStages: ['AWSCURRENT'] },
    ],
    [
      'GetItem',
      'DynamoDBClient',
      dynamodb,
      { TableName: 't', Key: { pk: { S: text } } },
      { Item: { pk: { S: text } } },
    ],
  ])('%s', async (command, client, library, input, body) => {
    const light = {
      KMSClient: lightKms,
      SQSClient: lightSqs,
      SecretsManagerClient: lightSecrets,
      DynamoDBClient: lightDynamodb,
    };
    const told: unknown[] = [];
    for (const one of [library, Object(light)[client]]) {
      server.meet([{ status: 200, body }]);
      const answer = await send(one, client, command, input);
      const [heard] = server.heard();
      told.push({
        line: heard?.head.split('\r\n')[0],
        target: heard?.header('x-amz-target'),
        contentType: heard?.header('content-type'),
        scope: /Credential=([^,]+)/.exec(heard?.header('authorization') ?? '')?.[1],
        body: JSON.parse(heard?.text ?? ''),
        answer,
      });
    }
    expect(told[1]).toEqual(told[0]);
  });

  test('a message that the queue has otherwise than it was sent is an error', async () => {
    server.meet([{ status: 200, body: { MessageId: 'm', MD5OfMessageBody: md5.replace(/./, 'x') } }]);
    const input = { QueueUrl: 'https://sqs.example/1/q', MessageBody: text };
    await expect(send(lightSqs, 'SQSClient', 'SendMessage', input)).rejects.toThrow('InvalidMD5Error');
    server.meet([{ status: 200, body: { Successful: [{ Id: '0', MD5OfMessageBody: md5.replace(/./, 'x') }] } }]);
    const many = { QueueUrl: 'https://sqs.example/1/q', Entries: [{ Id: '0', MessageBody: text }] };
    await expect(send(lightSqs, 'SQSClient', 'SendMessageBatch', many)).rejects.toThrow('InvalidMD5Error');
  });

  test('a setting that the light client does not know is an error, not a silence', () => {
    expect(() => new lightDynamodb.DynamoDBClient(Object({ endpoint: 'x' }))).toThrow('does not know endpoint');
  });
});

/** The hash as `@smithy/signature-v4` wants it. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', Object(secret).valueOf());
  }
  update(data: Uint8Array | string): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {
    throw new Error('is not used');
  }
}

/** What the SDK's signer makes of the same request. */
async function signedBySdk(heard: Heard, service: string, region: string): Promise<string | undefined> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  const credentials = {
    accessKeyId: AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? '',
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256, applyChecksum: false });
  const names = /SignedHeaders=([^,]+)/.exec(heard.header('authorization'))?.[1]?.split(';') ?? [];
  const { hostname, port } = new URL(server.endpoint);
  const { headers } = await signer.sign(
    {
      method: 'POST',
      protocol: 'http:',
      hostname,
      port: Number(port),
      path: '/',
      query: {},
      headers: Object.fromEntries(names.map((name) => [name, heard.header(name)])),
      body: heard.text,
    },
    { signingDate: new Date() },
  );
  return headers['authorization'];
}

describe('a signature is the one that the SDK makes of the same request', () => {
  test.each([
    ['us-east-1', undefined],
    ['cn-northwest-1', undefined],
    ['cn-northwest-1', 'IQoJb3JpZ2luX2VjE//////////wEaCXVzLWVhc3QtMSJHMEUCIQD+a/b=='],
  ])('in %s, session token %s', async (region, token) => {
    Object.assign(process.env, { AWS_REGION: region, ...(token ? { AWS_SESSION_TOKEN: token } : {}) });
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-02T01:00:00.789Z') });
    for (const [library, client, command, service] of [
      [lightDynamodb, 'DynamoDBClient', 'GetItem', 'dynamodb'],
      [lightKms, 'KMSClient', 'GetPublicKey', 'kms'],
      [lightSecrets, 'SecretsManagerClient', 'GetSecretValue', 'secretsmanager'],
    ] as const) {
      server.meet([]);
      await send(library, client, command, { KeyId: text, TableName: text });
      const [heard] = server.heard();
      if (!heard) throw new Error('nothing was heard');
      expect(heard.header('x-amz-security-token')).toBe(token ?? '');
      for (const name of ['host', 'x-amz-date', 'x-amz-target'])
        expect(heard.header('authorization')).toMatch(new RegExp(`SignedHeaders=[^,]*\\b${name}\\b`));
      expect(heard.header('authorization')).toBe(await signedBySdk(heard, service, region));
    }
    vi.useRealTimers();
  });
});

test.each(['ap-southeast-1', 'cn-northwest-1', 'cn-north-1'])(
  'without another address a service of %s is where the SDK finds it',
  (region) => {
    const clients = [
      [new dynamodb.DynamoDBClient({ region }), 'dynamodb'],
      [new kms.KMSClient({ region }), 'kms'],
      [new sqs.SQSClient({ region }), 'sqs'],
      [new secrets.SecretsManagerClient({ region }), 'secretsmanager'],
    ] as const;
    for (const [client, name] of clients) {
      const { url } = Object(client).config.endpointProvider({ Region: region, UseFIPS: false, UseDualStack: false });
      expect(endpointOf({ name, endpointVariable: 'NO_SUCH_VARIABLE' }, region).href).toBe(url.href);
    }
  },
);
