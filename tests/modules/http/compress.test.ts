import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Context } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { endpoint } from '../../../shared/contracts/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { acceptedEncoding } from '../../../shared/http/encoding.ts';
import { httpHandler } from '../../../shared/http/pipeline.ts';
import { pair } from '../../../shared/http/route.ts';

const texts = { summary: 'A text.', summaryZh: '一段文字。' };
const answers = { 200: z.object({ text: z.string() }) };
const pathParams = z.strictObject({ length: z.coerce.number() });
const readText = endpoint({ method: 'GET', path: '/texts/{length}', auth: 'public', ...texts, pathParams, answers });
const readVersion = endpoint({
  method: 'GET',
  path: '/versions/{length}',
  auth: 'public',
  ...texts,
  pathParams,
  answers,
  version: 'shown',
});
const text = ({ path }: { path: { length: number } }) => ok({ text: '邻'.repeat(path.length) });
const handler = httpHandler(
  pair(
    { readText, readVersion },
    {
      readText: async (_, input) => text(input),
      readVersion: async (_, input) => ({ ...text(input), headers: { etag: '"7"' } }),
    },
  ),
);

async function call(routeKey: string, length: number, headers: Record<string, string> = {}) {
  const http = { method: routeKey.split(' ')[0], path: '/', sourceIp: '203.0.113.7' };
  const event = {
    routeKey,
    headers,
    pathParameters: { length: String(length) },
    requestContext: { domainName: 'localhost', http },
  };
  const answer = await handler(event as never, { getRemainingTimeInMillis: () => 10_000 } as Context);
  return { ...answer, headers: answer.headers ?? {}, bytes: Buffer.from(answer.body ?? '', 'base64') };
}
const long = (headers: Record<string, string>) => call('GET /texts/{length}', 1_000, headers);
const whole = JSON.stringify({ text: '邻'.repeat(1_000) });

describe('a long answer', () => {
  test('goes as it is to who takes nothing else, and says that it depends on that', async () => {
    const { body, headers, isBase64Encoded } = await long({});
    expect([body, isBase64Encoded, headers['content-encoding']]).toEqual([whole, undefined, undefined]);
    expect(headers['vary']).toBe('accept-encoding');
  });

  test('is compressed by what the caller takes', async () => {
    const brotli = await long({ 'accept-encoding': 'gzip, deflate, br, zstd' });
    expect(brotli).toMatchObject({ statusCode: 200, isBase64Encoded: true, headers: { 'content-encoding': 'br' } });
    expect(brotliDecompressSync(brotli.bytes).toString()).toBe(whole);
    const gzip = await long({ 'accept-encoding': 'gzip' });
    expect(gzip).toMatchObject({ isBase64Encoded: true, headers: { 'content-encoding': 'gzip' } });
    expect(gunzipSync(gzip.bytes).toString()).toBe(whole);
    expect(gzip.bytes.length).toBeLessThan(whole.length / 10);
  });

  test('has a weak name when its bytes are others, by which it is known in either form', async () => {
    const strong = String((await long({})).headers['etag']);
    const weak = String((await long({ 'accept-encoding': 'br' })).headers['etag']);
    expect(weak).toBe(`W/${strong}`);
    for (const known of [strong, weak, `"other", ${weak}`]) {
      const again = await long({ 'accept-encoding': 'br', 'if-none-match': known });
      expect([again.statusCode, again.body, again.headers['vary']]).toEqual([304, undefined, 'accept-encoding']);
    }
    expect((await long({ 'if-none-match': '"other"' })).statusCode).toBe(200);
  });

  test('keeps the name of its version, which a change sends back', async () => {
    const { headers } = await call('GET /versions/{length}', 1_000, { 'accept-encoding': 'br' });
    expect([headers['content-encoding'], headers['etag']]).toEqual(['br', '"7"']);
  });
});

test('a short answer and a refusal go as they are', async () => {
  const short = await call('GET /texts/{length}', 10, { 'accept-encoding': 'br' });
  expect([short.headers['content-encoding'], short.isBase64Encoded]).toEqual([undefined, undefined]);
  const refused = await call('GET /nowhere', 10, { 'accept-encoding': 'br' });
  expect([refused.statusCode, refused.headers['content-encoding']]).toEqual([404, undefined]);
});

test('HEAD is answered as GET, by the same function', async () => {
  const [head, get] = [await call('HEAD /texts/{length}', 5), await call('GET /texts/{length}', 5)];
  const named = ({ headers }: typeof head) => [headers['etag'], headers['content-type'], headers['cache-control']];
  expect([head.statusCode, named(head)]).toEqual([200, named(get)]);
});

test('what a caller takes is read by its weights', () => {
  const cases = {
    '': undefined,
    identity: undefined,
    'deflate, zstd': undefined,
    gzip: 'gzip',
    'GZIP;q=0.5, BR;q=0.5': 'br',
    'gzip;q=1.0, br;q=0.2': 'gzip',
    'br;q=0, gzip': 'gzip',
    '*': 'br',
    'br;q=0, *;q=0.1': 'gzip',
  };
  expect(Object.fromEntries(Object.keys(cases).map((header) => [header, acceptedEncoding(header)]))).toEqual(cases);
  expect(acceptedEncoding(undefined)).toBeUndefined();
});
