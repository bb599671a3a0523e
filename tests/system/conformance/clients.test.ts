import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, startEngine } from '../../../local/table/engine.ts';
import { createTemplateTable } from '../../support/template.ts';
import { type Case, readCases, renamed, sender, TABLE } from './calls.ts';
import { type Caller, callerOf, factsOf } from './clients.ts';

let engine: Engine;
let tableName = '';

beforeAll(async () => {
  engine = await startEngine();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
  });
  const client = new DynamoDBClient();
  ({ tableName } = await createTemplateTable(client));
  client.destroy();
});
afterAll(() => engine.stop());

/** Answer or error by one client, from the same items each time. */
async function met(call: Caller, library: 'sdk' | 'light', { operation, body }: Case): Promise<unknown> {
  // A transaction under the token of another is that other, done already.
  const { ClientRequestToken: _, ...input } = body;
  try {
    const { $metadata, ...answer } = await call(operation, renamed(input, TABLE, tableName));
    return { answer, status: Object($metadata).httpStatusCode };
  } catch (error) {
    return factsOf(error, library);
  }
}

test('the light client answers and refuses as the SDK does, in every kind of call of the product', {
  timeout: 180_000,
}, async () => {
  const raw = sender(engine.endpoint);
  const callers = { sdk: callerOf('sdk'), light: callerOf('light') };
  const cases = readCases();
  const different: unknown[] = [];
  for (const one of cases) {
    const found: unknown[] = [];
    for (const library of ['sdk', 'light'] as const) {
      for (const Item of one.before) await raw.call('PutItem', { TableName: tableName, Item });
      found.push(await met(callers[library], library, one));
      const { body } = await raw.call('Scan', { TableName: tableName });
      for (const { pk, sk } of Object(body['Items'])) {
        await raw.call('DeleteItem', { TableName: tableName, Key: { pk, sk } });
      }
    }
    const [sdk, light] = found;
    if (JSON.stringify(inOrder(sdk)) !== JSON.stringify(inOrder(light))) different.push({ of: one.shapes, sdk, light });
  }
  raw.stop();
  expect(cases.length).toBeGreaterThan(100);
  expect(different).toEqual([]);
});

/** The same whatever order an engine gives to names, to sets and to what a batch finds. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, of]) => of !== undefined);
  return Object.fromEntries(
    entries.map(([name, of]): [string, unknown] => [name, inOrder(of)]).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
