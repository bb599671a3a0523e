import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { RetryBudget } from '../../../shared/aws/retries.ts';
import { callerOf, factsOf } from './clients.ts';
import { type Fate, startFaultServer } from './fault-server.ts';

let server: Awaited<ReturnType<typeof startFaultServer>>;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'first',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL_DYNAMODB: server.endpoint,
  });
  // Full jitter may be no pause at all.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const key = { TableName: 'table', Key: { pk: { S: 'a' }, sk: { S: 'b' } } };
const item = { pk: { S: 'a' }, count: { N: '12345678901234567890123456789012345678' }, text: { S: '邻里' } };
const found: Fate = { status: 200, body: { Item: item } };
const refused = (type: string, more: object = {}, headers = {}): Fate => ({
  status: 400,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: `about ${type}`, ...more },
  headers,
});
const times = (count: number, fate: Fate): Fate[] => Array.from({ length: count }, () => fate);

describe.each(['sdk', 'light'] as const)('the %s client', (library) => {
  /** What a call came to under these fates, and how often it was sent. */
  async function met(fates: readonly Fate[], operation = 'GetItem', input: object = key) {
    server.meet(fates);
    const call = callerOf(library);
    try {
      const { $metadata, ...answer } = await call(operation, input);
      const { httpStatusCode: status, attempts } = Object($metadata);
      return { answer, status, attempts, sent: server.heard().length };
    } catch (error) {
      const { name, message, ...facts } = factsOf(error, library);
      const attempts = Object(error).$metadata?.attempts;
      return { ...facts, name, message, code: Object(error).code, attempts, sent: server.heard().length };
    }
  }

  test.each<[string, Fate]>([
    ['half an answer', 'half'],
    ['a connection that closes', 'closed'],
    ['a connection that is reset', 'reset'],
    ['no answer in time', 'silent'],
    ['throttling', refused('ProvisionedThroughputExceededException')],
    ['throttling by the request rate', refused('ThrottlingException')],
    ['a request limit', refused('RequestLimitExceeded')],
    ['a transaction underway', refused('TransactionInProgressException')],
    ['an error of the server', { status: 500, body: { __type: 'InternalServerError', message: 'no' } }],
    ['what stands before the server, in HTML', { status: 503, body: '<html>no</html>' }],
    ['a gateway that waited in vain', { status: 504, body: '' }],
  ])('sends again after %s, and has the answer', async (_, fate) => {
    expect(await met([fate, found])).toEqual({ answer: { Item: item }, status: 200, attempts: 2, sent: 2 });
  });

  test('sends four times and no more', async () => {
    const throttled = refused('ProvisionedThroughputExceededException');
    expect(await met(times(9, throttled))).toMatchObject({
      name: 'ProvisionedThroughputExceededException',
      attempts: 4,
      sent: 4,
    });
    expect(await met(times(9, 'reset'))).toMatchObject({ code: 'ECONNRESET', sent: 4 });
    expect(await met(times(9, 'closed'))).toMatchObject({ code: 'ECONNRESET', sent: 4 });
    expect(await met(times(9, 'half'))).toMatchObject({ code: 'ECONNRESET', sent: 4 });
    expect(await met(times(9, 'silent'))).toMatchObject({ name: 'TimeoutError', sent: 4 });
    expect(await met(times(9, { status: 500, body: { __type: 'InternalServerError', message: 'no' } }))).toMatchObject({
      name: 'InternalServerError',
      status: 500,
      $fault: 'server',
      sent: 4,
    });
  });

  test.each([
    'ExpiredTokenException',
    'UnrecognizedClientException',
    'AccessDeniedException',
    'ValidationException',
    'ResourceNotFoundException',
    'TransactionConflictException',
  ])('sends once what is refused as %s', async (name) => {
    expect(await met([refused(name)])).toMatchObject({ name, message: `about ${name}`, status: 400, sent: 1 });
  });

  test('gives the item that a refused condition stood on', async () => {
    expect(await met([refused('ConditionalCheckFailedException', { Item: item })], 'PutItem')).toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: item,
      isTold: true,
      $fault: 'client',
      sent: 1,
    });
  });

  test('gives the reasons of a canceled transaction, in their order', async () => {
    const CancellationReasons = [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: item, Message: 'no' }];
    const fate = refused('TransactionCanceledException', { CancellationReasons, Message: 'canceled' });
    expect(await met([fate], 'TransactWriteItems', { TransactItems: [] })).toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons,
      isTold: true,
      sent: 1,
    });
  });

  test('a transaction sent again bears the token that it bore first', async () => {
    await met(['reset', { status: 200, body: {} }], 'TransactWriteItems', { TransactItems: [] });
    const tokens = server.heard().map(({ text }) => JSON.parse(text).ClientRequestToken);
    expect(tokens).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), tokens[0]]);
    await met([], 'TransactWriteItems', { TransactItems: [] });
    expect(JSON.parse(server.heard()[0]?.text ?? '').ClientRequestToken).not.toBe(tokens[0]);
  });

  test('a kept connection that the other side closes meanwhile costs a retry at most', async () => {
    server.meet([{ status: 200, body: {}, thenCloses: true }, found, found]);
    const call = callerOf(library);
    await call('GetItem', key);
    expect(await call('GetItem', key)).toMatchObject({ Item: item });
  });

  test('takes sixteen megabytes', async () => {
    const Responses = {
      table: Array.from({ length: 160 }, (_, at) => ({ ...item, text: { S: `${at}`.repeat(33_000) } })),
    };
    const many: Fate = { status: 200, body: { Responses } };
    expect(JSON.stringify(Responses).length).toBeGreaterThan(10_000_000);
    expect(await met([many], 'BatchGetItem', { RequestItems: {} })).toMatchObject({ answer: { Responses }, sent: 1 });
  });

  test('learns from a refusal how late it is, and signs by that from then on', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-02T01:00:00Z') });
    const headers = { date: 'Mon, 02 Mar 2026 02:30:00 GMT' };
    const call = callerOf(library);
    server.meet([refused('InvalidSignatureException', {}, headers), found]);
    expect(await call('GetItem', key)).toMatchObject({ Item: item });
    await call('GetItem', key);
    const signedAt = server.heard().map((heard) => heard.header('x-amz-date'));
    expect(signedAt).toEqual(['20260302T010000Z', '20260302T023000Z', '20260302T023000Z']);
  });

  test('does not send again and again what is refused by the right time', async () => {
    const headers = { date: new Date().toUTCString() };
    expect(await met(times(9, refused('InvalidSignatureException', {}, headers)))).toMatchObject({
      name: 'InvalidSignatureException',
      sent: 1,
    });
  });
});

describe('the light client alone', () => {
  test('waits no longer for the rest of an answer than for its beginning', async () => {
    server.meet(['stalled', found]);
    expect(await callerOf('light')('GetItem', key)).toMatchObject({ Item: item, $metadata: { attempts: 2 } });
    server.meet(times(9, 'stalled'));
    await expect(callerOf('light')('GetItem', key)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('calls that met the wrong time together are all sent again', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-02T01:00:00Z') });
    const late = refused('RequestTimeTooSkewed', {}, { date: 'Mon, 02 Mar 2026 02:30:00 GMT' });
    const call = callerOf('light');
    server.meet([late, late, late]);
    await Promise.all([call('GetItem', key), call('GetItem', key), call('GetItem', key)]);
    expect(server.heard().length).toBe(6);
  });

  test('signs each call with the credentials of that moment', async () => {
    const call = callerOf('light');
    server.meet([]);
    await call('GetItem', key);
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'second', AWS_SESSION_TOKEN: 'token of the second' });
    await call('GetItem', key);
    delete process.env['AWS_SESSION_TOKEN'];
    const [first, second] = server.heard();
    expect(first?.header('authorization')).toContain('Credential=first/');
    expect(second?.header('authorization')).toContain('Credential=second/');
    expect(second?.header('x-amz-security-token')).toBe('token of the second');
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    await expect(call('GetItem', key)).rejects.toMatchObject({ name: 'CredentialsProviderError' });
    expect(server.heard().length).toBe(2);
  });

  test('stops retrying when too much goes wrong, and begins again with what goes well', () => {
    const budget = new RetryBudget();
    const taken = Array.from({ length: 40 }, () => budget.take('passing'));
    expect(taken.filter((cost) => cost !== undefined).length).toBe(35);
    expect(times(3, 'reset').map(() => budget.take('throttling'))).toEqual([5, 5, undefined]);
    budget.give(14);
    expect(budget.take('passing')).toBe(14);
  });
});
