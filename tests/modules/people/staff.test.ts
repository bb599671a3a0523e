import { beforeEach, describe, expect, test } from 'vitest';
import * as people from '../../../functions/people/handler.ts';
import { cityOf, setClock, tenants, wait } from '../../support/invoke.ts';
import {
  adminPost,
  bureauPost,
  deskPost,
  newCardNumber,
  newPhone,
  type Resident,
  resident,
} from '../../support/residents.ts';

const city = cityOf(people);
beforeEach(() => setClock('2026-02-10T02:00:00Z'));

const educationPost = { kind: 'bureau-officer', bureau: 'education', postId: 'j0000000000000000' } as const;
const staff = () => resident('郑工', { posts: [deskPost()] });
const search = (as: Resident, body: object) => city.post('/v1/people/search', { as, body });

describe('staff of a center', () => {
  test('create a record for someone without a phone, by name and card', async () => {
    const zheng = await staff();
    const cardNumber = newCardNumber('1945-12-31');
    const body = { name: '林阿婆', cardNumber, district: '涵江区', reason: '现场登记' };
    const made = await city.post('/v1/people', { as: zheng, body, idempotencyKey: 'k1' });
    expect(made.status, made.text).toBe(201);
    expect(made.body.person).toMatchObject({ name: '林阿婆', birthDate: '1945-12-31', district: '涵江区' });
    expect(made.text).not.toContain(cardNumber);
    const again = await city.post('/v1/people', { as: zheng, body, idempotencyKey: 'k1' });
    expect([again.text, again.headers['idempotency-replayed']]).toEqual([made.text, 'true']);
    const other = await city.post('/v1/people', { as: zheng, body: { ...body, name: '别人' }, idempotencyKey: 'k1' });
    expect(other.body.code).toBe('idempotency-key-reused');
    const twice = await city.post('/v1/people', { as: zheng, body });
    expect([twice.body.code, twice.body.facts]).toEqual(['person-exists', { personId: made.body.person.personId }]);
  });

  test('accept a lower-case x on a card and refuse a wrong check character', async () => {
    const zheng = await staff();
    const create = (cardNumber: string) =>
      city.post('/v1/people', { as: zheng, body: { name: '甲', cardNumber, reason: '登记' } });
    let cardNumber = newCardNumber();
    while (!cardNumber.endsWith('X')) cardNumber = newCardNumber();
    expect((await create(cardNumber.toLowerCase())).status).toBe(201);
    expect((await create(`${cardNumber.slice(0, 17)}0`)).body.code).toBe('resident-id-check');
  });

  test('find a person by card or phone with a reason, and the person sees who, when and why', async () => {
    const [zheng, chen] = await Promise.all([staff(), resident('陈小明')]);
    const found = await search(zheng, { phone: chen.phone, reason: '电话咨询预约' });
    expect(found.body.people).toHaveLength(1);
    expect(found.body.people[0]).toMatchObject({ personId: chen.personId, name: '陈小明' });
    wait(120);
    expect(
      (await city.get(`/v1/people/${chen.personId}?reason=${encodeURIComponent('核对')}`, { as: zheng })).status,
    ).toBe(200);
    const { reads } = (await city.get(`/v1/people/${chen.personId}/reads`, { as: chen })).body;
    expect(reads).toEqual([
      { at: '2026-02-10T02:02:00.000Z', byName: '郑工', as: 'center-staff.yuhu', what: 'record-read', reason: '核对' },
      {
        at: '2026-02-10T02:00:00.000Z',
        byName: '郑工',
        as: 'center-staff.yuhu',
        what: 'found-by-phone',
        reason: '电话咨询预约',
      },
    ]);
  });

  test('find nobody where there is nobody, and nobody of another city', async () => {
    const [zheng, foreign] = await Promise.all([staff(), resident('外地', { tenantId: tenants()[1] })]);
    expect((await search(zheng, { phone: newPhone(), reason: '查' })).body).toEqual({ people: [] });
    expect((await search(zheng, { phone: foreign.phone, reason: '查' })).body).toEqual({ people: [] });
    expect((await search(zheng, { cardNumber: newCardNumber(), reason: '查' })).body).toEqual({ people: [] });
  });

  test('say exactly one of card and phone, and always a reason', async () => {
    const zheng = await staff();
    const phone = newPhone();
    expect((await search(zheng, { reason: '查' })).body.fields[0].rule).toBe('one-of');
    expect((await search(zheng, { phone, cardNumber: newCardNumber(), reason: '查' })).status).toBe(422);
    expect((await search(zheng, { phone })).status).toBe(422);
    const chen = await resident();
    const silent = await city.get(`/v1/people/${chen.personId}`, { as: zheng });
    expect([silent.body.code, silent.body.facts]).toEqual(['no-authority', { missing: 'reason' }]);
  });

  test('keep a date of birth that a card has proven', async () => {
    const zheng = await staff();
    const parent = await resident();
    const household = await city.post('/v1/households', { as: parent, body: { name: '家' } });
    const cardNumber = newCardNumber('2018-01-01');
    const body = { name: '陈一', birthDate: '2018-01-01', role: 'child', cardNumber };
    const child = await city.post(`/v1/households/${household.body.householdId}/members`, { as: parent, body });
    const path = `/v1/people/${child.body.person.personId}`;
    const change = await city.patch(path, { as: parent, ifMatch: '"1"', body: { birthDate: '2016-01-01' } });
    expect(change.body.fields[0].rule).toBe('from-card');
    expect((await search(zheng, { cardNumber, reason: '查' })).body.people[0].birthDate).toBe('2018-01-01');
  });

  test('are the only ones who may', async () => {
    const [chen, officer] = await Promise.all([resident(), resident('官', { posts: [educationPost] })]);
    for (const as of [chen, officer]) {
      expect((await search(as, { phone: newPhone(), reason: '查' })).body.code).toBe('forbidden');
      const body = { name: '甲', cardNumber: newCardNumber(), reason: '登记' };
      expect((await city.post('/v1/people', { as, body })).body.code).toBe('forbidden');
    }
  });
});

describe('a post', () => {
  const give = (as: Resident, personId: string, scope: object, key?: string) =>
    city.post('/v1/posts', { as, body: { personId, ...scope }, ...(key ? { idempotencyKey: key } : {}) });
  const atYuhu = { kind: 'center-staff', centerId: 'yuhu' };
  const admin = () => resident('管理员', { posts: [adminPost()] });

  test('is given by someone above, works at once, and ends at once', async () => {
    const [boss, chen] = await Promise.all([admin(), resident('陈小明')]);
    const given = await give(boss, chen.personId, atYuhu);
    expect(given.status, given.text).toBe(201);
    const { post } = given.body;
    expect((await city.get('/v1/me', { as: chen })).body.posts).toEqual([post]);
    expect((await search(chen, { phone: newPhone(), reason: '查' })).status).toBe(200);
    const listed = await city.get('/v1/posts?kind=center-staff&of=yuhu', { as: boss });
    expect(listed.body.posts).toContainEqual({
      post,
      person: { personId: chen.personId, name: '陈小明' },
      since: expect.any(String),
    });
    const end = () => city.post(`/v1/people/${chen.personId}/posts/${post.postId}/end`, { as: boss });
    expect((await end()).status).toBe(204);
    expect((await search(chen, { phone: newPhone(), reason: '查' })).body.code).toBe('forbidden');
    expect((await end()).body.code).toBe('not-found');
    const after = await city.get('/v1/posts?kind=center-staff&of=yuhu', { as: boss });
    expect(after.body.posts.map((held: { post: { postId: string } }) => held.post.postId)).not.toContain(post.postId);
  });

  test('is never given to oneself', async () => {
    const boss = await admin();
    expect((await give(boss, boss.personId, atYuhu)).body.code).toBe('own-grant');
  });

  test('is not given by those who are not above', async () => {
    const [zheng, officer, chen] = await Promise.all([staff(), resident('官', { posts: [bureauPost()] }), resident()]);
    expect((await give(zheng, chen.personId, atYuhu)).body.code).toBe('forbidden');
    expect((await give(officer, chen.personId, { kind: 'platform-admin' })).body.code).toBe('forbidden');
    expect((await give(officer, chen.personId, { kind: 'bureau-officer', bureau: 'health' })).body.code).toBe(
      'forbidden',
    );
    expect((await give(officer, chen.personId, { kind: 'operator-staff', operatorId: 'kangle' })).status).toBe(201);
    expect((await city.get('/v1/posts?kind=center-staff&of=yuhu', { as: zheng })).body.code).toBe('forbidden');
  });

  test('is held once, also when two give it at once, and once under one Idempotency-Key', async () => {
    const [boss, chen] = await Promise.all([admin(), resident()]);
    const answers = await Promise.all([1, 2, 3].map(() => give(boss, chen.personId, atYuhu)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status, body } of answers.filter((answer) => answer.status !== 201)) {
      expect([409, status]).toContain(status);
      expect(['already-granted', 'changed-meanwhile']).toContain(body.code);
    }
    const lin = await resident();
    const first = await give(boss, lin.personId, atYuhu, 'k1');
    const again = await give(boss, lin.personId, atYuhu, 'k1');
    expect([again.text, again.headers['idempotency-replayed']]).toEqual([first.text, 'true']);
    const other = await resident();
    const reused = await give(boss, other.personId, { ...atYuhu, centerId: 'dongyuan' }, 'k1');
    expect(reused.body.code).toBe('idempotency-key-reused');
  });

  test('is not ended by others, who are not told whether it exists', async () => {
    const [zheng, chen] = await Promise.all([staff(), resident()]);
    const [post] = (await city.get('/v1/me', { as: zheng })).body.posts;
    for (const postId of [post.postId, 'j0000000000000000']) {
      const end = await city.post(`/v1/people/${zheng.personId}/posts/${postId}/end`, { as: chen });
      expect(end.body.code).toBe('forbidden');
    }
  });
});
