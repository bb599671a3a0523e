import { randomInt } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import * as identity from '../../../functions/identity/handler.ts';
import * as people from '../../../functions/people/handler.ts';
import { deriveLookupMac } from '../../../shared/keyring/keyring.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get } from '../../../shared/table/read.ts';
import { cityOf, setClock, tenants, wait } from '../../support/invoke.ts';
import { takeMessages } from '../../support/messages.ts';

const city = cityOf(identity, people);
const newPhone = () => `139${String(randomInt(1e8)).padStart(8, '0')}`;
const newSource = () => `198.51.100.${randomInt(1, 255)}-${randomInt(1e9)}`;
let phone = '';
let sourceIp = '';

beforeEach(() => {
  setClock('2026-02-10T02:00:00Z');
  phone = newPhone();
  sourceIp = newSource();
});

const askForCode = (to = phone) => city.post('/v1/sign-in/codes', { body: { phone: to }, sourceIp });

async function codeFor(to = phone): Promise<string> {
  const answer = await askForCode(to);
  expect(answer.status, answer.text).toBe(202);
  const message = (await takeMessages()).find((sent) => sent['phone'] === `+86${to}`);
  return String(message?.['code']);
}

const enter = (code: string, options: { idempotencyKey?: string } = {}) =>
  city.post('/v1/sign-in', { body: { phone, code }, sourceIp, ...options });

async function signedIn(): Promise<{ token: string; refreshToken: string; personId: string }> {
  const answer = await enter(await codeFor());
  expect(answer.status, answer.text).toBe(201);
  return { token: answer.body.accessToken, ...answer.body };
}

const refreshWith = (refreshToken: string) => city.post('/v1/sign-in/refresh', { body: { refreshToken } });
const meWith = (token: string) => city.get('/v1/me', { as: { token } });

/** Another code than this one. */
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('a code', () => {
  test('is six digits, goes out by message, and is nowhere in the table in clear', async () => {
    const code = await codeFor();
    expect(code).toMatch(/^\d{6}$/);
    const item = await get(
      keys.identity.signInCode(tenants()[0], await deriveLookupMac('phone', `+86${phone}`)),
      z.looseObject({}),
    );
    expect(item).toBeDefined();
    expect(JSON.stringify(item)).not.toContain(code);
    expect(JSON.stringify(item)).not.toContain(phone);
  });

  test('signs a new number in as a new person, and a known number as the same one', async () => {
    const first = await signedIn();
    wait(60);
    const second = await signedIn();
    expect(second.personId).toBe(first.personId);
    const me = await meWith(second.token);
    expect(me.status).toBe(200);
    expect(me.body).toEqual({
      person: {
        personId: first.personId,
        name: '新居民',
        phoneMasked: `+86${phone.slice(0, 3)}****${phone.slice(-4)}`,
        version: 1,
      },
      actsFor: [{ personId: first.personId, name: '新居民', as: 'self' }],
      posts: [],
    });
  });

  test('gets the same answer at the same cost for a known and an unknown number', async () => {
    await signedIn();
    wait(60);
    const known = await askForCode();
    const unknown = await askForCode(newPhone());
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
    const costOf = (answer: typeof known) => answer.headers['linli-table']?.replace(/; ms=.*/, '');
    expect(costOf(known)).toBe(costOf(unknown));
    const wrongKnown = await enter('000000');
    phone = newPhone();
    const wrongUnknown = await enter('000000');
    expect(wrongKnown.body.code).toBe(wrongUnknown.body.code);
    await takeMessages();
  });

  test('works once', async () => {
    const code = await codeFor();
    expect((await enter(code)).status).toBe(201);
    expect((await enter(code)).body.code).toBe('sign-in-code-wrong');
  });

  test('gives one sign-in when it is entered twice at the same moment', async () => {
    const code = await codeFor();
    const answers = await Promise.all([enter(code), enter(code), enter(code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401]);
  });

  test('gives the same sign-in again when the answer was lost and the same request comes back', async () => {
    const code = await codeFor();
    const first = await enter(code, { idempotencyKey: 'tap-1' });
    const again = await enter(code, { idempotencyKey: 'tap-1' });
    expect(again.status).toBe(201);
    expect(again.body.refreshToken).toBe(first.body.refreshToken);
    expect((await enter(code, { idempotencyKey: 'tap-2' })).status).toBe(401);
  });

  test('is good for five minutes', async () => {
    const code = await codeFor();
    wait(5 * 60 - 2);
    const late = await codeItem();
    expect(late.expiresAtEpochSeconds).toBe(Date.parse('2026-02-10T02:05:00Z') / 1_000);
    wait(3);
    expect((await enter(code)).body.code).toBe('sign-in-code-wrong');
  });

  test('allows five tries, also when they come at once', async () => {
    const code = await codeFor();
    const guesses = await Promise.all(Array.from({ length: 5 }, () => enter(wrong(code))));
    expect(guesses.every(({ body }) => body.code === 'sign-in-code-wrong')).toBe(true);
    expect((await enter(code)).body.code).toBe('sign-in-code-wrong');
    expect((await codeItem()).tries).toBe(5);
  });

  test('still works at the fifth try', async () => {
    const code = await codeFor();
    for (let tries = 0; tries < 4; tries += 1) await enter(wrong(code));
    expect((await enter(code)).status).toBe(201);
  });

  test('is void once a newer one was sent', async () => {
    const old = await codeFor();
    wait(60);
    const fresh = await codeFor();
    expect((await enter(old)).status).toBe(old === fresh ? 201 : 401);
  });

  test('is of one city only', async () => {
    const code = await codeFor();
    const elsewhere = await city.post('/v1/sign-in', { body: { phone, code }, sourceIp, tenantId: tenants()[1] });
    expect(elsewhere.body.code).toBe('sign-in-code-wrong');
  });

  test('is not sent to what is no number', async () => {
    expect((await askForCode('12345')).body.code).toBe('phone-format');
    expect(await takeMessages()).toEqual([]);
  });
});

async function codeItem() {
  const schema = z.object({ tries: z.int(), expiresAtEpochSeconds: z.int(), ttlEpochSeconds: z.int() });
  const item = await get(keys.identity.signInCode(tenants()[0], await deriveLookupMac('phone', `+86${phone}`)), schema);
  if (!item) throw new Error('there is no code');
  return item;
}

describe('limits', () => {
  test('one code a minute for one number, and the refusal says how long to wait', async () => {
    await codeFor();
    wait(20);
    const refused = await askForCode();
    expect(refused.status).toBe(429);
    expect(refused.body.code).toBe('rate-limited');
    expect(refused.body.facts.retryAfterSeconds).toBeGreaterThanOrEqual(38);
    expect(refused.body.facts.retryAfterSeconds).toBeLessThanOrEqual(40);
    expect(refused.headers['retry-after']).toBe(String(refused.body.facts.retryAfterSeconds));
    wait(40);
    expect((await askForCode()).status).toBe(202);
    await takeMessages();
  });

  test('ten codes a day for one number', async () => {
    for (let sent = 0; sent < 10; sent += 1) {
      expect((await askForCode()).status).toBe(202);
      wait(61);
    }
    const refused = await askForCode();
    expect(refused.body.code).toBe('rate-limited');
    expect(refused.body.facts.retryAfterSeconds).toBeGreaterThan(3_600);
    setClock('2026-02-11T02:00:00Z');
    expect((await askForCode()).status).toBe(202);
    await takeMessages();
  });

  test('sixty codes in ten minutes for one source, whatever the numbers', async () => {
    const answers = await Promise.all(Array.from({ length: 62 }, () => askForCode(newPhone())));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(60);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body.facts.retryAfterSeconds).toBeLessThanOrEqual(600);
    wait(600);
    expect((await askForCode()).status).toBe(202);
    await takeMessages();
  });

  test('what expires is stored in seconds', async () => {
    await codeFor();
    const { ttlEpochSeconds } = await codeItem();
    expect(new Date(ttlEpochSeconds * 1_000).toISOString().slice(0, 10)).toBe('2026-02-12');
  });
});

describe('a refresh token', () => {
  test('gives new tokens, again and again', async () => {
    let { refreshToken, personId } = await signedIn();
    for (let round = 0; round < 3; round += 1) {
      wait(900);
      const answer = await refreshWith(refreshToken);
      expect(answer.status, answer.text).toBe(201);
      expect(answer.body.refreshToken).not.toBe(refreshToken);
      expect((await meWith(answer.body.accessToken)).body.person.personId).toBe(personId);
      refreshToken = answer.body.refreshToken;
    }
  });

  test('sent twice at once, or again within ten seconds, gives the same successor', async () => {
    const { refreshToken } = await signedIn();
    const [one, two] = await Promise.all([refreshWith(refreshToken), refreshWith(refreshToken)]);
    wait(9);
    const three = await refreshWith(refreshToken);
    expect([one.status, two.status, three.status]).toEqual([201, 201, 201]);
    expect(new Set([one, two, three].map(({ body }) => body.refreshToken)).size).toBe(1);
    expect((await refreshWith(one.body.refreshToken)).status).toBe(201);
  });

  test('used again later ends the whole sign-in', async () => {
    const { refreshToken } = await signedIn();
    const next = await refreshWith(refreshToken);
    wait(11);
    expect((await refreshWith(refreshToken)).body.code).toBe('refresh-reused');
    expect((await refreshWith(next.body.refreshToken)).body.code).toBe('not-signed-in');
  });

  test('of two generations ago ends the sign-in at once', async () => {
    const { refreshToken } = await signedIn();
    const second = await refreshWith(refreshToken);
    const third = await refreshWith(second.body.refreshToken);
    expect((await refreshWith(refreshToken)).body.code).toBe('refresh-reused');
    expect((await refreshWith(third.body.refreshToken)).status).toBe(401);
  });

  test('that was never ours ends nothing', async () => {
    const { refreshToken } = await signedIn();
    const forged = `${refreshToken.slice(0, -1)}${refreshToken.endsWith('A') ? 'B' : 'A'}`;
    expect((await refreshWith(forged)).body.code).toBe('not-signed-in');
    expect((await refreshWith('nonsense')).body.code).toBe('not-signed-in');
    expect((await refreshWith(refreshToken)).status).toBe(201);
  });

  test('ends thirty days after it was last used', async () => {
    const { refreshToken } = await signedIn();
    wait(29 * 86_400);
    const answer = await refreshWith(refreshToken);
    expect(answer.status).toBe(201);
    wait(30 * 86_400);
    expect((await refreshWith(answer.body.refreshToken)).body.code).toBe('not-signed-in');
  });
});

describe('signing out', () => {
  test('ends this device and leaves the others', async () => {
    const phoneDevice = await signedIn();
    wait(60);
    const tablet = await signedIn();
    expect((await city.post('/v1/sign-out', { as: phoneDevice, body: {} })).status).toBe(204);
    expect((await refreshWith(phoneDevice.refreshToken)).body.code).toBe('not-signed-in');
    expect((await refreshWith(tablet.refreshToken)).status).toBe(201);
  });

  test('everywhere ends every token at once, and one can sign in again', async () => {
    const phoneDevice = await signedIn();
    wait(60);
    const tablet = await signedIn();
    expect((await city.post('/v1/sign-out', { as: tablet, body: { everywhere: true } })).status).toBe(204);
    expect((await meWith(phoneDevice.token)).body.code).toBe('not-signed-in');
    expect((await meWith(tablet.token)).status).toBe(401);
    expect((await refreshWith(phoneDevice.refreshToken)).status).toBe(401);
    wait(60);
    expect((await meWith((await signedIn()).token)).status).toBe(200);
  });
});

describe('an access token', () => {
  test('is good for fifteen minutes', async () => {
    const { token } = await signedIn();
    wait(15 * 60 + 1);
    expect((await meWith(token)).body.code).toBe('token-expired');
  });

  test('of one city opens nothing at another', async () => {
    const { token } = await signedIn();
    expect((await city.get('/v1/me', { as: { token }, tenantId: tenants()[1] })).body.code).toBe('not-signed-in');
  });

  test('can be verified with the published key, which holds nothing private', async () => {
    const { body, headers } = await city.get('/.well-known/jwks.json');
    expect(body.keys).toHaveLength(1);
    expect(Object.keys(body.keys[0]).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    expect(headers['cache-control']).toContain('public');
    const { token } = await signedIn();
    const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
    expect(header).toEqual({ alg: 'ES256', typ: 'JWT', kid: body.keys[0].kid });
  });
});
