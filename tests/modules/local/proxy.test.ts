import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, GetItemCommand, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTableProxy, type TableProxy } from '../../../local/table/proxy.ts';

const TableName = 't';
const Key = { pk: { S: 'putian#CENTER#yuhu' }, sk: { S: 'x' } };
const write = new PutItemCommand({ TableName, Item: Key });

let engine: Server;
let proxy: TableProxy;
let client: DynamoDBClient;
let seen: string[];
let afterWrites: string[];
let denied: string[];

const clientOf = (accessKeyId: string) =>
  new DynamoDBClient({
    endpoint: proxy.endpoint,
    region: 'cn-test-1',
    credentials: { accessKeyId, secretAccessKey: 'x' },
    maxAttempts: 1,
  });

beforeEach(async () => {
  seen = [];
  afterWrites = [];
  denied = [];
  engine = createServer(async (request, response) => {
    for await (const _ of request);
    seen.push(String(request.headers['x-amz-target']).split('.')[1] ?? '');
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
  });
  await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve));
  proxy = await startTableProxy({
    engineEndpoint: `http://127.0.0.1:${(engine.address() as AddressInfo).port}`,
    partitionKeys: new Map([[undefined, 'pk']]),
    callerOf: (id) =>
      id === 'FUNCTION'
        ? {
            functionName: 'rooms',
            environmentId: '7',
            may: ({ leadingKeys }) => leadingKeys.every((text) => text.startsWith('putian#CENTER')),
          }
        : undefined,
    afterWrite: async ({ environmentId }) => {
      afterWrites.push(environmentId);
    },
    onDenied: (message) => denied.push(message),
  });
  client = clientOf('FUNCTION');
});

afterEach(async () => {
  client.destroy();
  await proxy.stop();
  engine.closeAllConnections();
  await new Promise((resolve) => engine.close(resolve));
});

describe('the table proxy', () => {
  it('passes what a role allows, and tells when a write is done', async () => {
    await client.send(write);
    await client.send(new GetItemCommand({ TableName, Key }));
    expect(seen).toEqual(['PutItem', 'GetItem']);
    expect(afterWrites).toEqual(['7']);
  });

  it('refuses what a role does not allow, as the cloud would, before the engine sees it', async () => {
    const other = new GetItemCommand({ TableName, Key: { ...Key, pk: { S: 'putian#PERSON#p1' } } });
    await expect(client.send(other)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('rooms is not authorized to perform: dynamodb:GetItem'),
    });
    expect(seen).toEqual([]);
    expect(denied).toHaveLength(1);
  });

  it('lets callers that are no function do anything', async () => {
    const importer = clientOf('local');
    await importer.send(new GetItemCommand({ TableName, Key: { ...Key, pk: { S: 'putian#PERSON#p1' } } }));
    importer.destroy();
    expect(seen).toEqual(['GetItem']);
  });
});

describe('faults', () => {
  it('throttle a call before the engine sees it', async () => {
    proxy.faults.set({ seed: 1, throttle: 1 });
    await expect(client.send(write)).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
    expect(seen).toEqual([]);
  });

  it('make writes and transactions conflict, and reads never', async () => {
    proxy.faults.set({ seed: 1, conflict: 1 });
    await expect(client.send(write)).rejects.toMatchObject({ name: 'TransactionConflictException' });
    const transaction = new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: Key } }] });
    await expect(client.send(transaction)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'TransactionConflict' }],
    });
    await client.send(new GetItemCommand({ TableName, Key }));
    expect(seen).toEqual(['GetItem']);
  });

  it('lose the answer of a write that was done', async () => {
    proxy.faults.set({ seed: 1, lostAnswer: 1 });
    await expect(client.send(write)).rejects.toThrow();
    expect(seen).toEqual(['PutItem']);
    expect(afterWrites).toEqual(['7']);
    expect(proxy.faults.injected).toEqual({ throttle: 0, conflict: 0, lostAnswer: 1 });
  });

  it('come as often as asked, the same for the same seed, and stop when switched off', async () => {
    const pattern = async () => {
      proxy.faults.set({ seed: 42, throttle: 0.5 });
      let text = '';
      for (let call = 0; call < 20; call += 1) {
        text += await client.send(write).then(
          () => '.',
          () => 'x',
        );
      }
      return text;
    };
    const first = await pattern();
    expect(first).toMatch(/x/);
    expect(first).toMatch(/\./);
    expect(await pattern()).toBe(first);
    proxy.faults.set(undefined);
    await client.send(write);
  });
});
