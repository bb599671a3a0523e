import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import * as desk from '../../../functions/desk/handler.ts';
import * as identity from '../../../functions/identity/handler.ts';
import * as people from '../../../functions/people/handler.ts';
import { historyWith } from '../../../functions/people/service-accounts/rules.ts';
import * as rooms from '../../../functions/rooms/handler.ts';
import { randomId } from '../../../shared/kernel/ids.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get } from '../../../shared/table/read.ts';
import { center, room, type Someone, session, someone } from '../../support/builders.ts';
import { type Answer, cityOf, setClock, tenants, wait } from '../../support/invoke.ts';
import { adminPost, bureauPost, deskPost, resident } from '../../support/residents.ts';

const city = cityOf(desk, identity, people, rooms);
const TODAY = '2026-02-10';
let sourceIp = '';
beforeEach(() => {
  setClock(`${TODAY}T02:00:00Z`);
  sourceIp = `198.51.100.7-${randomId('')}`;
});

/** Whoever has a token. */
type Who = { readonly token: string };
const atYuhu = { kind: 'center-staff', centerId: 'yuhu' } as const;
const officer = () => someone({ name: '商务局林工', posts: [bureauPost()] });
const admin = () => someone({ name: '管理员', posts: [adminPost()] });
const create = (as: Who, post: object = atYuhu, idempotencyKey?: string) =>
  city.post('/v1/service-accounts', {
    as,
    body: { name: '数据平台', post },
    ...(idempotencyKey ? { idempotencyKey } : {}),
  });

/** An account that staffs the desk of Yuhu, and its key. */
async function created(as: Who, post: object = atYuhu): Promise<{ accountId: string; key: string }> {
  const { status, body, text } = await create(as, post);
  expect(status, text).toBe(201);
  return { accountId: body.account.accountId, key: body.key };
}
const enter = (accountId: string, key: string): Promise<Answer> =>
  city.post('/v1/sign-in/service', { body: { accountId, key }, sourceIp });

async function program(as: Who, post: object = atYuhu): Promise<{ accountId: string; key: string; token: string }> {
  const { accountId, key } = await created(as, post);
  const { status, body, text } = await enter(accountId, key);
  expect(status, text).toBe(201);
  return { accountId, key, token: body.accessToken };
}
const rotate = (as: Who, accountId: string) => city.post(`/v1/service-accounts/${accountId}/rotate`, { as });
const end = (as: Who, accountId: string) => city.post(`/v1/service-accounts/${accountId}/end`, { as });
const list = (as: { token: string }, query = 'kind=center-staff&of=yuhu') =>
  city.get(`/v1/service-accounts?${query}`, { as });
const board = (as: { token: string }) => city.get(`/v1/centers/yuhu/board?date=${TODAY}`, { as });
const codeOf = ({ status, body }: Answer) => [status, body?.code];

describe('P19 a program with a service account', () => {
  test('signs in with its key and works by its post; it books at the desk for a resident, who sees which account did', async () => {
    await center('yuhu');
    const lin = await officer();
    const { accountId, key, ...as } = await program(lin);
    const me = (await city.get('/v1/me', { as })).body;
    expect(me.person).toMatchObject({ personId: accountId, name: '数据平台' });
    expect(me.actsFor.map(({ personId }: { personId: string }) => personId)).toEqual([accountId]);
    expect(me.posts).toMatchObject([atYuhu]);
    expect(me.posts).toHaveLength(1);
    expect((await board(as)).status).toBe(200);
    const chen = await resident('陈小明');
    const sessionId = await session('yuhu', '2026-02-11', { slug: 'by-program' });
    const body = { sessionIds: [sessionId], beneficiaryIds: [chen.personId], reason: '自助机' };
    const booked = await city.post('/v1/centers/yuhu/bookings', { as, body });
    expect(booked.body.bookings, booked.text).toMatchObject([{ actorId: accountId, byStaff: true }]);
    await city.get(`/v1/people/${chen.personId}?reason=${encodeURIComponent('自助机')}`, { as });
    const { reads } = (await city.get(`/v1/people/${chen.personId}/reads`, { as: chen })).body;
    expect(reads).toMatchObject([{ byName: '数据平台', as: 'center-staff.yuhu', reason: '自助机' }]);
    expect(key).toMatch(/^[0-9a-hjkmnp-tv-z]{32}$/);
  });

  test('gets a token for a quarter of an hour and nothing to refresh', async () => {
    const { accountId, key } = await created(await officer());
    const { body } = await enter(accountId, key);
    expect(Object.keys(body).sort()).toEqual(['accessToken', 'accessTokenExpiresInSeconds']);
    wait(body.accessTokenExpiresInSeconds + 1);
    expect(codeOf(await board({ token: body.accessToken }))).toEqual([401, 'token-expired']);
    expect((await enter(accountId, key)).status).toBe(201);
  });

  test('has its key nowhere in the table', async () => {
    const { accountId, key } = await created(await officer());
    const item = await get(keys.people.serviceAccount(tenants()[0], accountId), z.looseObject({}));
    expect(item).toMatchObject({ name: '数据平台', keyMac: expect.any(String) });
    expect(JSON.stringify(item)).not.toContain(key);
  });
});

describe('P19 the key', () => {
  test('is told once: a repeat gives the account without it, another body is refused', async () => {
    const lin = await officer();
    const first = await create(lin, atYuhu, 'k1');
    const again = await create(lin, atYuhu, 'k1');
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, 'true']);
    expect(again.body).toEqual({ account: first.body.account });
    expect((await enter(first.body.account.accountId, first.body.key)).status).toBe(201);
    expect((await create(lin, { ...atYuhu, centerId: 'xiuyu' }, 'k1')).body.code).toBe('idempotency-key-reused');
  });

  test('that is wrong, of another account, or of no account is refused in the same words', async () => {
    const lin = await officer();
    const [one, other] = [await created(lin), await created(lin)];
    for (const [accountId, key] of [
      [one.accountId, `${one.key.slice(0, -1)}${one.key.endsWith('0') ? '1' : '0'}`],
      [one.accountId, ''],
      [one.accountId, other.key],
      [randomId('p'), one.key],
      [lin.personId, one.key],
    ] as const)
      expect(codeOf(await enter(accountId, key))).toEqual([401, 'service-key-wrong']);
  });

  test('is guessed sixty times in ten minutes from one source, then no more; right ones do not count', async () => {
    const { accountId, key } = await created(await officer());
    const entered = await Promise.all(Array.from({ length: 40 }, () => enter(accountId, key)));
    expect(entered.filter(({ status }) => status !== 201)).toEqual([]);
    const guesses = await Promise.all(Array.from({ length: 70 }, () => enter(accountId, 'a guess')));
    expect(guesses.filter(({ body }) => body.code === 'service-key-wrong')).toHaveLength(60);
    const limited = await enter(accountId, key);
    expect(codeOf(limited)).toEqual([429, 'rate-limited']);
    const seconds = Number(limited.headers['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(600);
    wait(seconds + 1);
    expect((await enter(accountId, key)).status).toBe(201);
  });

  test('that is replaced ends at once, with the tokens that it brought; the new one works at once', async () => {
    const lin = await officer();
    const { accountId, key, token } = await program(lin);
    const rotated = await rotate(lin, accountId);
    expect(rotated.status, rotated.text).toBe(200);
    expect(codeOf(await city.get('/v1/me', { as: { token } }))).toEqual([401, 'not-signed-in']);
    expect(codeOf(await enter(accountId, key))).toEqual([401, 'service-key-wrong']);
    const entered = await enter(accountId, rotated.body.key);
    expect((await city.get('/v1/me', { as: { token: entered.body.accessToken } })).status).toBe(200);
  });

  test('is replaced by one of those who do it at the same moment, and only that new key works', async () => {
    const lin = await officer();
    const { accountId } = await created(lin);
    const answers = await Promise.all(Array.from({ length: 5 }, () => rotate(lin, accountId)));
    const done = answers.filter(({ status }) => status === 200);
    expect(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code)).toEqual(
      Array.from({ length: 5 - done.length }, () => 'changed-meanwhile'),
    );
    const entered = await Promise.all(done.map(({ body }) => enter(accountId, body.key)));
    expect(entered.filter(({ status }) => status === 201)).toHaveLength(1);
  });
});

describe('P19 an account that has ended', () => {
  test('does nothing any more: key, token and post end at once, and for good', async () => {
    await center('yuhu');
    const lin = await officer();
    const { accountId, key, ...as } = await program(lin);
    expect((await board(as)).status).toBe(200);
    expect((await end(lin, accountId)).status).toBe(204);
    expect(codeOf(await board(as))).toEqual([401, 'not-signed-in']);
    expect(codeOf(await enter(accountId, key))).toEqual([401, 'service-key-wrong']);
    expect(codeOf(await rotate(lin, accountId))).toEqual([409, 'service-account-ended']);
    const give = { ...atYuhu, personId: accountId };
    expect(codeOf(await city.post('/v1/posts', { as: lin, body: give }))).toEqual([409, 'service-account']);
    wait(60);
    expect((await end(lin, accountId)).status).toBe(204);
  });

  test('stays in the list with who created, replaced its key and ended it, when, and when it was used last', async () => {
    const [lin, zhang] = [await officer(), await admin()];
    const of = { kind: 'operator-staff', operatorId: `op-${randomId('').slice(0, 8)}` };
    const { accountId } = await program(lin, of);
    wait(60);
    await rotate(zhang, accountId);
    wait(60);
    await end(lin, accountId);
    const answer = await list(lin, `kind=operator-staff&of=${of.operatorId}`);
    const by = (who: Someone, name: string) => ({ personId: who.personId, name });
    expect(answer.body.accounts).toEqual([
      {
        accountId,
        name: '数据平台',
        post: { ...of, postId: expect.any(String) },
        history: [
          { what: 'created', at: expect.stringMatching(/^2026-02-10T02:00/), by: by(lin, '商务局林工') },
          { what: 'rotated', at: expect.stringMatching(/^2026-02-10T02:01/), by: by(zhang, '管理员') },
          { what: 'ended', at: expect.stringMatching(/^2026-02-10T02:02/), by: by(lin, '商务局林工') },
        ],
        lastUsedOn: TODAY,
        endedAt: expect.stringMatching(/^2026-02-10T02:02/),
      },
    ]);
    expect(answer.text).not.toMatch(/keyMac|keyId/);
  });
});

describe('P19 a service account', () => {
  test('is created, listed, given a new key and ended by those who may give its post, and by nobody else', async () => {
    const [lin, zhang, zheng, chen] = [
      await officer(),
      await admin(),
      await someone({ posts: [deskPost()] }),
      await resident(),
    ];
    for (const as of [zheng, chen]) expect(codeOf(await create(as))).toEqual([403, 'forbidden']);
    const bureau = { kind: 'bureau-officer', bureau: 'commerce' };
    expect(codeOf(await create(lin, bureau))).toEqual([403, 'forbidden']);
    const { accountId } = await created(zhang, bureau);
    for (const as of [lin, zheng, chen]) {
      expect(codeOf(await rotate(as, accountId))).toEqual([403, 'forbidden']);
      expect(codeOf(await end(as, accountId))).toEqual([403, 'forbidden']);
      expect(codeOf(await list(as, 'kind=bureau-officer&of=commerce'))).toEqual([403, 'forbidden']);
    }
    for (const as of [zheng, chen]) expect(codeOf(await end(as, randomId('p')))).toEqual([403, 'forbidden']);
    expect(codeOf(await end(zhang, chen.personId))).toEqual([404, 'not-found']);
    expect((await end(zhang, accountId)).status).toBe(204);
  });

  test('gives no posts and makes no accounts, whatever its post: a key does not make another key', async () => {
    const zhang = await admin();
    const chen = await resident();
    const { accountId, key, ...as } = await program(zhang, { kind: 'platform-admin' });
    const someAccount = await created(zhang);
    const account = { name: '另一个', post: atYuhu };
    for (const answer of [
      await city.post('/v1/posts', { as, body: { ...atYuhu, personId: chen.personId } }),
      await city.post('/v1/service-accounts', { as, body: account }),
      await city.post(`/v1/service-accounts/${accountId}/rotate`, { as }),
      await city.post(`/v1/service-accounts/${someAccount.accountId}/rotate`, { as }),
      await city.post(`/v1/service-accounts/${someAccount.accountId}/end`, { as }),
      await list(as),
    ])
      expect(codeOf(answer)).toEqual([403, 'forbidden']);
  });

  test('has one post and keeps it: none is added, and none is taken but with the account', async () => {
    const zhang = await admin();
    const { accountId, key, ...as } = await program(zhang);
    const more = { kind: 'center-staff', centerId: 'xiuyu', personId: accountId };
    expect(codeOf(await city.post('/v1/posts', { as: zhang, body: more }))).toEqual([409, 'service-account']);
    const [post] = (await city.get('/v1/me', { as })).body.posts;
    const ended = await city.post(`/v1/people/${accountId}/posts/${post.postId}/end`, { as: zhang });
    expect(codeOf(ended)).toEqual([409, 'service-account']);
    expect((await city.get('/v1/me', { as })).body.posts).toEqual([post]);
    const { posts } = (await city.get('/v1/posts?kind=center-staff&of=yuhu', { as: zhang })).body;
    expect(posts.map(({ person }: { person: { personId: string } }) => person.personId)).not.toContain(accountId);
  });

  test('is nobody to be booked for, to found a household, or to have somebody act for it', async () => {
    await center('yuhu');
    const { accountId, key, ...as } = await program(await officer());
    const chen = await resident();
    const proxy = { kind: 'proxy', subjectId: accountId, holderPhone: chen.phone };
    const stretch = { date: '2026-02-11', startsAt: '10:00', endsAt: '11:00', purpose: '排练' };
    for (const answer of [
      await city.post('/v1/households', { as, body: { name: '机器之家' } }),
      await city.post('/v1/grants', { as, body: proxy }),
      await city.post(`/v1/rooms/${await room('yuhu')}/bookings`, { as, body: stretch }),
      await city.patch(`/v1/people/${accountId}`, { as, body: { name: '张三' }, ifMatch: '"1"' }),
    ])
      expect(codeOf(answer)).toEqual([403, 'no-authority']);
    expect((await city.get('/v1/invitations', { as })).body).toEqual({ received: [], sent: [] });
  });

  test('of one city is unknown in another, and so is its token', async () => {
    const other = tenants()[1];
    const lin = await officer();
    const { accountId, key, token } = await program(lin);
    const abroad = await someone({ posts: [adminPost()], tenantId: other });
    const elsewhere = { as: abroad, tenantId: other };
    const body = { accountId, key };
    expect(codeOf(await city.post('/v1/sign-in/service', { body, sourceIp, tenantId: other }))).toEqual([
      401,
      'service-key-wrong',
    ]);
    expect(codeOf(await city.get('/v1/me', { as: { token }, tenantId: other }))).toEqual([401, 'not-signed-in']);
    expect(codeOf(await city.post(`/v1/service-accounts/${accountId}/end`, elsewhere))).toEqual([404, 'not-found']);
    expect((await city.get('/v1/service-accounts?kind=center-staff&of=yuhu', elsewhere)).body.accounts).toEqual([]);
  });

  test('keeps its first event and the latest, however often its key was replaced', () => {
    const after = Array.from({ length: 300 }, (_, at) => at).reduce(historyWith<number>, []);
    expect(after).toHaveLength(100);
    expect([after[0], after[1], after.at(-1)]).toEqual([0, 201, 299]);
  });
});
