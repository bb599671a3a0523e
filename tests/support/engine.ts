import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { buildApp } from 'fauxqs';
import type { TestProject } from 'vitest/node';
import { startEngine } from '../../local/table/engine.ts';
import { readCases } from '../system/conformance/calls.ts';
import { startRecorder } from './recorder.ts';
import { createTemplateTable } from './template.ts';

/** What every test process is told of the engine: the variables of a function's environment. */
declare module 'vitest' {
  interface ProvidedContext {
    environment: Record<string, string>;
    queueEndpoint: string;
    /** The kinds of call by which engines are judged; none while examples are being kept. */
    judgedShapes: string[];
  }
}

/** The same sign-in for every client: DynamoDB Local answers anyone, but wants to be asked properly. */
const awsVariables = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

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
  const engine = await startEngine();
  const recorder = process.env['LINLI_RECORD_CALLS']
    ? await startRecorder(engine.endpoint, () => tableName)
    : undefined;
  let tableName = '';
  const queues = buildApp({ logger: false });
  const queueEndpoint = await queues.listen({ port: 0, host: '127.0.0.1' });
  const client = new DynamoDBClient({ endpoint: engine.endpoint });
  const stop = async () => {
    client.destroy();
    await queues.close();
    await recorder?.stop();
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    ({ tableName } = await createTemplateTable(client));
    project.provide('queueEndpoint', queueEndpoint);
    project.provide('judgedShapes', recorder ? [] : readCases().flatMap(({ shapes }) => shapes));
    project.provide('environment', {
      ...awsVariables,
      ...(await writeKeys(folder)),
      TABLE_NAME: tableName,
      STAGE: 'test',
      LINLI_LOCAL: '1',
      AWS_ENDPOINT_URL_DYNAMODB: recorder?.endpoint ?? engine.endpoint,
      AWS_ENDPOINT_URL_SQS: queueEndpoint,
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
