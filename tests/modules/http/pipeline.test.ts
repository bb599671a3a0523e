import type { Context } from 'aws-lambda';
import { describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { endpoint } from '../../../shared/contracts/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { logger } from '../../../shared/http/logger.ts';
import { httpHandler } from '../../../shared/http/pipeline.ts';
import { pair } from '../../../shared/http/route.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';

const texts = { summary: 'A thing.', summaryZh: '一件东西。' };
const pathParams = z.strictObject({ part: z.enum(['one', 'refused', 'broken']) });
const readThing = endpoint({
  method: 'GET',
  path: '/things/{part}',
  auth: 'public',
  ...texts,
  pathParams,
  answers: { 200: z.object({ part: z.string() }) },
});
const readOwnThing = endpoint({
  method: 'GET',
  path: '/own/{part}',
  auth: 'signed-in',
  ...texts,
  pathParams,
  answers: { 200: z.object({ part: z.string() }) },
});

const handler = httpHandler(
  pair(
    { readThing, readOwnThing },
    {
      readThing: async (_, { path }) => {
        if (path.part === 'refused') throw refuse('rate-limited', { retryAfterSeconds: 30 });
        if (path.part === 'broken') throw new Error('the secret of the house');
        return ok({ part: path.part, unnamed: 'stays inside' });
      },
      readOwnThing: async (_, { path }) => ok(path),
    },
  ),
);

const context = { getRemainingTimeInMillis: () => 10_000 } as Context;
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

async function get(routeKey: string, part: string) {
  const event = {
    routeKey,
    headers: { traceparent },
    pathParameters: { part },
    requestContext: { domainName: 'localhost', http: { method: 'GET', path: '/', sourceIp: '203.0.113.7' } },
  };
  const { statusCode, headers, body } = await handler(event as never, context);
  return { status: statusCode, headers, body: JSON.parse(body ?? '{}') };
}

const security = {
  'Origin-Agent-Cluster': '?1',
  'Referrer-Policy': 'no-referrer',
  'Reporting-Endpoints': '',
  'Strict-Transport-Security': 'max-age=15552000; includeSubDomains; preload',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'X-Download-Options': 'noopen',
  'X-Permitted-Cross-Domain-Policies': 'none',
  vary: 'accept-encoding',
  'trace-id': '0af7651916cd43dd8448eb211c80319c',
};
const measured = expect.stringMatching(/^calls=0; read=0; write=0; ms=[\d.]+$/);

describe('the pipeline', () => {
  test('answers what the contract names, under these headers and no others', async () => {
    const { status, headers, body } = await get('GET /things/{part}', 'one');
    expect([status, body]).toEqual([200, { part: 'one' }]);
    const { 'linli-table': table = measured, ...others } = headers ?? {};
    expect(table).toEqual(measured);
    expect(others).toEqual({
      ...security,
      'cache-control': 'private, no-cache',
      'content-type': 'application/json; charset=utf-8',
      etag: expect.stringMatching(/^"[\w-]{22}"$/),
    });
  });

  test('refuses under the same headers, and says when to come again', async () => {
    const { status, headers, body } = await get('GET /things/{part}', 'refused');
    expect([status, body.code]).toEqual([429, 'rate-limited']);
    const { 'linli-table': table = measured, ...others } = headers ?? {};
    expect(table).toEqual(measured);
    expect(others).toEqual({
      ...security,
      'cache-control': 'no-store',
      'content-language': 'zh-CN',
      'content-type': 'application/problem+json; charset=utf-8',
      'retry-after': '30',
    });
  });

  test('logs what went wrong inside, and tells nobody', async () => {
    const logged = vi.spyOn(logger, 'error').mockReturnValue();
    const { status, body } = await get('GET /things/{part}', 'broken');
    expect([status, body.code]).toEqual([500, 'internal']);
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(logged).toHaveBeenCalledExactlyOnceWith('unexpected', expect.objectContaining({ traceId: body.traceId }));
    logged.mockRestore();
  });

  test('knows the route first, then the path, then who asks', async () => {
    expect((await get('GET /nothing', 'one')).body.code).toBe('not-found');
    expect((await get('GET /own/{part}', 'nowhere')).body.code).toBe('not-found');
    expect((await get('GET /own/{part}', 'one')).body.code).toBe('not-signed-in');
  });
});
