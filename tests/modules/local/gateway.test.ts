import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FunctionSpec } from '../../../local/cloudformation/resources.ts';
import { type Gateway, startGateway } from '../../../local/http/gateway.ts';

const script = 'export const long = true;'.repeat(100);
const body = JSON.stringify({ some: 'thing' });

let folder: string;
let gateway: Gateway;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linli-gateway-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'main-1.js'), script);
  writeFileSync(join(folder, 'assets', 'main-1.js.br'), brotliCompressSync(script));
  writeFileSync(join(folder, 'assets', 'main-1.js.gz'), gzipSync(script));
  const spec: FunctionSpec = {
    arn: 'a',
    name: 'things',
    folder: '',
    handler: 'index.handler',
    environment: {},
    timeoutSeconds: 1,
    memoryMb: 128,
    roleArn: '',
  };
  const routes = ['GET /v1/things', 'HEAD /v1/things'].map((routeKey) => ({ routeKey, functionArn: 'a' }));
  gateway = await startGateway({
    plan: {
      functions: new Map([['a', spec]]),
      routes,
      mappings: [],
      schedules: [],
      rights: new Map(),
      tableName: undefined,
    },
    port: 0,
    webBuild: folder,
    invoke: async () => ({ answer: { statusCode: 200, headers: { etag: '"1"' }, body }, cold: false }),
    localPages: () => false,
    onRequest: () => undefined,
    onFailure: () => undefined,
    clock: () => new Date(),
  });
});
afterAll(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true });
});

/** As it comes, not decompressed. */
async function send(method: string, path: string, headers: Record<string, string> = {}) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: '127.0.0.1', port: gateway.port, method, path, headers }, resolve).on('error', reject).end();
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
  return { status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(chunks) };
}

describe('a file of the pages', () => {
  it('is sent as the build compressed it, to those who take that', async () => {
    const sizeFor = async (encodings: string) => {
      const { headers, bytes } = await send('GET', '/assets/main-1.js', { 'accept-encoding': encodings });
      expect(headers).toMatchObject({ vary: 'accept-encoding', 'content-type': 'text/javascript; charset=utf-8' });
      expect(headers['content-length']).toBe(String(bytes.length));
      return [headers['content-encoding'], bytes.length];
    };
    expect(await sizeFor('gzip, br')).toEqual(['br', brotliCompressSync(script).length]);
    expect(await sizeFor('gzip')).toEqual(['gzip', gzipSync(script).length]);
    expect(await sizeFor('identity')).toEqual([undefined, script.length]);
  });

  it('goes as it is where the build left it alone', async () => {
    const { status, headers, bytes } = await send('GET', '/rooms/yuhu.meeting', { 'accept-encoding': 'br' });
    expect([status, headers['content-encoding'], bytes.toString()]).toEqual([200, undefined, '<!doctype html>']);
  });

  it('is not sent again to who has it', async () => {
    const first = await send('GET', '/');
    const again = await send('GET', '/', { 'if-none-match': first.headers.etag ?? '' });
    expect([again.status, again.bytes.length, again.headers.etag]).toEqual([304, 0, first.headers.etag]);
  });
});

it('HEAD has the headers of GET and no body, for pages, files, what is missing, and the API', async () => {
  for (const path of ['/', '/assets/main-1.js', '/assets/none.js', '/v1/things']) {
    const [get, head] = [await send('GET', path), await send('HEAD', path)];
    const { date: _, ...headers } = get.headers;
    expect([head.status, head.bytes.length]).toEqual([get.status, 0]);
    expect(head.headers).toMatchObject(headers);
    expect(head.headers['content-length']).toBe(String(get.bytes.length));
  }
});
