import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type City, startCity } from '../../../local/city.ts';

/** The whole runtime over the real templates: what only shows when all parts are together. */
describe('a city on this machine', { timeout: 90_000 }, () => {
  let dataFolder: string;
  let city: City;

  const start = () => startCity({ dataFolder, clock: '2026-03-04T09:00:00+08:00' });
  const post = (path: string, body: unknown) =>
    fetch(city.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const codeFor = async (phone: string): Promise<string> => {
    await expect.poll(() => city.messages(phone).length, { timeout: 10_000 }).toBeGreaterThan(0);
    return /\d{6}/.exec(city.messages(phone)[0]?.text ?? '')?.[0] ?? '';
  };

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'linli-city-'));
    city = await start();
  }, 90_000);
  afterAll(async () => {
    await city.stop();
    await rm(dataFolder, { recursive: true, force: true });
  });

  it('answers through the deployed bundles, on its own clock', async () => {
    const response = await fetch(`${city.url}/v1/health`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'ok', now: expect.stringMatching(/^2026-03-04T01:/) });
    expect(response.headers.get('trace-id')).toMatch(/^[\da-f]{32}$/);
  });

  it('answers an unknown address and a wrong method as problems', async () => {
    const unknown = await fetch(`${city.url}/v1/no-such-thing`);
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
    const wrong = await fetch(`${city.url}/v1/health`, { method: 'DELETE' });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('answers HEAD wherever it answers GET', async () => {
    for (const path of ['/v1/health', '/v1/centers', '/.well-known/jwks.json']) {
      const [get, head] = [await fetch(city.url + path), await fetch(city.url + path, { method: 'HEAD' })];
      expect([head.status, await head.text()]).toEqual([200, '']);
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
    }
    expect((await fetch(`${city.url}/v1/me`, { method: 'HEAD' })).status).toBe(401);
    expect((await fetch(`${city.url}/v1/no-such-thing`, { method: 'HEAD' })).status).toBe(404);
  });

  it('sends long answers compressed', async () => {
    const document = await fetch(`${city.url}/v1/openapi.json`);
    expect(document.headers.get('content-encoding')).toBe('gzip');
    expect(await document.json()).toMatchObject({ openapi: expect.any(String) });
  });

  it('carries a message through the queue to the SMS gateway and its page', async () => {
    expect((await post('/v1/sign-in/codes', { phone: '13800000001' })).status).toBe(202);
    const code = await codeFor('+8613800000001');
    const page = await (await fetch(`${city.url}/_local/messages`)).text();
    expect(page).toContain(`<b>${code}</b>`);
    const signIn = await post('/v1/sign-in', { phone: '13800000001', code });
    expect(signIn.status).toBe(201);
  });

  it('keeps the table, the keys and the messages over a restart', async () => {
    expect((await post('/v1/sign-in/codes', { phone: '13800000002' })).status).toBe(202);
    const code = await codeFor('+8613800000002');
    const jwks = await (await fetch(`${city.url}/.well-known/jwks.json`)).json();
    await city.stop();
    city = await start();
    expect(city.isNew).toBe(false);
    expect(await (await fetch(`${city.url}/.well-known/jwks.json`)).json()).toEqual(jwks);
    expect(city.messages('+8613800000002')).toHaveLength(1);
    expect((await post('/v1/sign-in', { phone: '13800000002', code })).status).toBe(201);
  });
});
