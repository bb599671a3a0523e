import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { draw, resultHashOf } from '../../../functions/rounds/draw/rules/draw.ts';
import type { Publication } from '../../../shared/contracts/rounds.ts';
import { keys } from '../../../shared/table/keys.ts';
import { queryAll } from '../../../shared/table/read.ts';
import { center, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { setClock, tenants } from '../../support/invoke.ts';
import {
  apply,
  BEFORE,
  CLOSED,
  city,
  DATE,
  drawNow,
  followStream,
  freshSessions,
  OPEN,
  openedRound,
  outsiderSays,
  pagesOf,
  roundOf,
  times,
  title,
} from './support.ts';

let staff: Someone;
let officer: Someone;
beforeAll(async () => {
  setClock(BEFORE);
  await center('yuhu');
  await center('xiuyu');
  staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
  officer = await someone({ posts: [{ kind: 'bureau-officer', bureau: 'education' }] });
});

/** A parent with so many children. */
async function family(children = 1, birthDate = '2018-06-01'): Promise<{ parent: Someone; children: Someone[] }> {
  const kids = await Promise.all(Array.from({ length: children }, () => someone({ birthDate })));
  return { parent: await someone({ guardianOf: kids }), children: kids };
}

const readsOf = (person: Someone | undefined) =>
  queryAll({ pk: keys.people.partition(tenants()[0], person?.personId ?? ''), begins: 'READ#' }, z.looseObject({}));

const bookingsOf = async (as: Someone) => (await city.get('/v1/bookings', { as })).body.bookings;

describe('opening a round', () => {
  test('takes its sessions out of first come, first served, and publishes the rule and the hash of a seed that nobody sees', async () => {
    const sessionIds = await freshSessions([2, 3]);
    const roundId = await openedRound(officer, sessionIds);
    const round = await roundOf(roundId);
    expect(round).toMatchObject({
      phase: 'open',
      seedHash: expect.stringMatching(/^[\da-f]{64}$/),
      rule: { version: '1' },
    });
    expect(round.rule.zh).toContain('HMAC-SHA256');
    expect(round).not.toHaveProperty('seed');
    expect((await city.get('/v1/rounds')).body.rounds.map((it: { roundId: string }) => it.roundId)).toContain(roundId);
    const { parent, children } = await family();
    const body = { sessionIds: [sessionIds[0]], beneficiaryIds: [children[0]?.personId] };
    const early = await city.post('/v1/session-bookings', { as: parent, body });
    expect(early).toMatchObject({ status: 409, body: { code: 'in-allocation', facts: { roundId } } });
    expect((await city.get(`/v1/rounds/${roundId}/publication`)).body.code).toBe('round-not-drawn');
  });

  test('is for the education bureau, and for staff over sessions of their own center', async () => {
    setClock(BEFORE);
    const elsewhere = await session('xiuyu', DATE, { slug: `x${Math.random().toString(36).slice(2)}` });
    const body = { title, ...times, sessionIds: [...(await freshSessions([1])), elsewhere] };
    expect((await city.post('/v1/rounds', { as: staff, body })).body.code).toBe('forbidden');
    const commerce = await someone({ posts: [{ kind: 'bureau-officer', bureau: 'commerce' }] });
    expect((await city.post('/v1/rounds', { as: commerce, body })).body.code).toBe('forbidden');
    expect((await city.post('/v1/rounds', { as: officer, body })).status).toBe(201);
  });

  test('happens once under one key, and a session is in one round only', async () => {
    setClock(BEFORE);
    const sessionIds = await freshSessions([1, 1]);
    const body = { title, ...times, sessionIds };
    const first = await city.post('/v1/rounds', { as: staff, body, idempotencyKey: 'spring' });
    const again = await city.post('/v1/rounds', { as: staff, body, idempotencyKey: 'spring' });
    expect(again.body.round).toEqual(first.body.round);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const other = { ...body, sessionIds: sessionIds.slice(1) };
    expect((await city.post('/v1/rounds', { as: staff, body: other, idempotencyKey: 'spring' })).body.code).toBe(
      'idempotency-key-reused',
    );
    expect((await city.post('/v1/rounds', { as: staff, body: other })).body.code).toBe('session-not-allocatable');
  });

  test('refuses times that make no sense, and sessions that begin before the draw', async () => {
    setClock(BEFORE);
    const sessionIds = await freshSessions([1]);
    const wrong = await city.post('/v1/rounds', { as: staff, body: { title, sessionIds, ...times, closesAt: OPEN } });
    expect(wrong.body.fields).toMatchObject([{ at: 'body.closesAt', rule: 'order' }]);
    const early = await session('yuhu', '2026-03-09', { slug: `x${Math.random().toString(36).slice(2)}` });
    const late = await city.post('/v1/rounds', { as: staff, body: { title, sessionIds: [early], ...times } });
    expect(late.body).toMatchObject({ code: 'session-not-allocatable', facts: { sessionId: early } });
  });
});

describe('applying', () => {
  test('is for who may book for the child, in the window, for sessions of the round that suit the age on their date', async () => {
    const [first = '', second = ''] = await freshSessions([5, 5], { minAgeYears: 6, maxAgeYears: 9 });
    const [alien = ''] = await freshSessions([1]);
    const roundId = await openedRound(staff, [first, second]);
    const { parent, children } = await family();
    const stranger = await someone();
    expect((await apply(roundId, stranger, children, [first])).body.code).toBe('no-authority');
    expect((await apply(roundId, parent, children, [alien])).body.code).toBe('wish-not-in-round');
    expect((await apply(roundId, parent, children, [first], 'nobody')).body.code).toBe('group-not-in-round');
    const grown = await family(1, '2010-01-01');
    expect((await apply(roundId, grown.parent, grown.children, [first])).body.code).toBe('age');
    setClock(BEFORE);
    expect((await apply(roundId, parent, children, [first])).body).toMatchObject({
      code: 'round-not-open',
      facts: { opensAt: OPEN },
    });
    setClock(CLOSED);
    expect((await apply(roundId, parent, children, [first])).body.code).toBe('round-not-open');
    setClock(OPEN);
    const applied = await apply(roundId, parent, children, [second, first]);
    expect(applied).toMatchObject({
      status: 201,
      body: { application: { wishes: [second, first], confirmed: false } },
    });
  });

  test('can be repeated, changed and withdrawn, and a child is in one application only', async () => {
    const [first = '', second = ''] = await freshSessions([5, 5]);
    const roundId = await openedRound(staff, [first, second]);
    const { parent, children } = await family(2);
    const [one, two] = children as [Someone, Someone];
    const { application } = (await apply(roundId, parent, [one], [first])).body;
    const again = await apply(roundId, parent, [one], [first]);
    expect(again.body.application).toEqual(application);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect((await apply(roundId, parent, [one, two], [first])).body).toMatchObject({
      code: 'already-applied',
      facts: { personId: one.personId },
    });
    const at = `/v1/rounds/${roundId}/applications/${application.applicationId}`;
    const changed = await city.post(`${at}/change`, { as: parent, body: { wishes: [second, first] } });
    expect(changed.body.application).toMatchObject({
      wishes: [second, first],
      applicationId: application.applicationId,
    });
    expect((await city.post(`${at}/change`, { as: await someone(), body: { wishes: [first] } })).body.code).toBe(
      'no-authority',
    );
    expect((await city.post(`${at}/withdraw`, { as: parent })).status).toBe(204);
    expect((await city.get(`/v1/rounds/${roundId}/applications`, { as: parent })).body.applications).toEqual([]);
    expect((await apply(roundId, parent, [one, two], [first])).status).toBe(201);
    setClock(CLOSED);
    const own = (await city.get(`/v1/rounds/${roundId}/applications`, { as: two })).body.applications;
    expect(own).toHaveLength(1);
    expect(
      (await city.post(`/v1/rounds/${roundId}/applications/${own[0].applicationId}/withdraw`, { as: parent })).body
        .code,
    ).toBe('round-not-open');
  });
});

describe('priority groups', () => {
  const groups = [
    { groupId: 'neighbors', name: { zh: '本社区', en: 'Neighbors' } },
    { groupId: 'siblings', name: { zh: '有兄姐在读', en: 'Siblings' } },
  ];

  test('count once staff have confirmed them; the staff who saw a name stand in that person’s log', async () => {
    const [only = ''] = await freshSessions([1]);
    const roundId = await openedRound(staff, [only], groups);
    const claimed = await family();
    const { application } = (await apply(roundId, claimed.parent, claimed.children, [only], 'neighbors')).body;
    for (let index = 0; index < 6; index += 1) {
      const other = await family();
      await apply(roundId, other.parent, other.children, [only], index === 0 ? 'siblings' : undefined);
    }
    expect((await city.get(`/v1/rounds/${roundId}/claims`, { as: claimed.parent })).body.code).toBe('forbidden');
    const { claims } = (await city.get(`/v1/rounds/${roundId}/claims`, { as: staff })).body;
    expect(claims).toHaveLength(2);
    const at = `/v1/rounds/${roundId}/claims/${application.applicationId}`;
    expect((await city.post(at, { as: staff, body: { groupId: 'siblings', confirmed: true } })).body.code).toBe(
      'changed-meanwhile',
    );
    const yes = await city.post(at, { as: staff, body: { groupId: 'neighbors', confirmed: true } });
    expect(yes.body.claim).toMatchObject({ confirmed: true });
    const [seen] = await readsOf(claimed.children[0]);
    expect(seen).toMatchObject({ as: 'center-staff.yuhu', what: 'round-claims', byId: staff.personId });
    await drawNow();
    expect((await city.post(at, { as: staff, body: { groupId: 'neighbors', confirmed: false } })).body.code).toBe(
      'round-decided',
    );
    const [page] = await pagesOf(roundId);
    expect(page?.applications.find(({ code }) => code === application.applicationId)).toMatchObject({
      group: 1,
      order: 1,
      place: 1,
    });
    expect(page?.applications.filter(({ group }) => group !== null)).toHaveLength(1);
  });

  test('must be confirmed again when the family claims another', async () => {
    const [only = ''] = await freshSessions([1]);
    const roundId = await openedRound(staff, [only], groups);
    const { parent, children } = await family();
    const { application } = (await apply(roundId, parent, children, [only], 'neighbors')).body;
    const { applicationId } = application;
    await city.post(`/v1/rounds/${roundId}/claims/${applicationId}`, {
      as: staff,
      body: { groupId: 'neighbors', confirmed: true },
    });
    const change = (body: unknown) =>
      city.post(`/v1/rounds/${roundId}/applications/${applicationId}/change`, { as: parent, body });
    setClock('2026-03-02T02:00:00Z');
    expect((await change({ wishes: [only], groupId: 'siblings' })).body.application.confirmed).toBe(false);
  });
});

describe('the draw', () => {
  test('A11: same seed, same result hash; publication lists seed and rule', async () => {
    const sessionIds = await freshSessions([2, 2, 1]);
    const roundId = await openedRound(staff, sessionIds);
    const { seedHash, rule } = await roundOf(roundId);
    for (let index = 0; index < 8; index += 1) {
      const { parent, children } = await family(1 + (index % 2));
      expect(
        (await apply(roundId, parent, children, index % 3 === 0 ? [...sessionIds].reverse() : sessionIds)).status,
      ).toBe(201);
    }
    await drawNow();
    const [page] = (await pagesOf(roundId)) as [Publication];
    expect(page).toMatchObject({ seedHash, rule, seed: expect.stringMatching(/^[\da-f]{64}$/), applicationCount: 8 });
    const again = draw(
      page.seed,
      page.sessions.map(({ places }) => places),
      [...page.applications].reverse(),
    );
    expect(again).toEqual(page.applications.toSorted((a, b) => (a.code < b.code ? -1 : 1)));
    expect(resultHashOf({ ...page, applications: again })).toBe(page.resultHash);
    expect(await roundOf(roundId)).toMatchObject({ phase: 'settled', seed: page.seed, resultHash: page.resultHash });
  });

  test('can be checked by anybody with the script, which finds one altered row', async () => {
    const sessionIds = await freshSessions([1, 1]);
    const roundId = await openedRound(staff, sessionIds);
    for (let index = 0; index < 4; index += 1) {
      const { parent, children } = await family();
      await apply(roundId, parent, children, sessionIds);
    }
    await drawNow();
    const pages = await pagesOf(roundId);
    expect(await outsiderSays(pages)).toMatchObject({
      code: 0,
      text: expect.stringMatching(/^OK: 4 applications, 2 with a place/),
    });
    const alterations: ((page: Publication) => void)[] = [
      ({ applications: [row] }) => row && Object.assign(row, { place: row.place === null ? 1 : null }),
      ({ applications: [row] }) => row && Object.assign(row, { wishes: [...row.wishes].reverse() }),
      ({ applications: [row] }) => row && Object.assign(row, { code: `a${'0'.repeat(16)}` }),
      (page) => Object.assign(page, { seed: 'ab'.repeat(32) }),
      (page) => page.applications.pop(),
      ({ sessions: [first] }) => first && Object.assign(first, { places: 4 }),
    ];
    for (const alter of alterations) {
      const altered = structuredClone(pages);
      for (const page of altered) alter(page);
      const { code, text } = await outsiderSays(altered);
      expect([code, text], String(alter)).toEqual([1, expect.not.stringContaining('OK')]);
    }
  });

  test('publishes codes, and nothing of whom they are for', async () => {
    const sessionIds = await freshSessions([1]);
    const roundId = await openedRound(staff, sessionIds);
    const { parent, children } = await family();
    await apply(roundId, parent, children, sessionIds);
    await drawNow();
    const text = JSON.stringify([await pagesOf(roundId), await roundOf(roundId), (await city.get('/v1/rounds')).body]);
    for (const secret of [parent.personId, children[0]?.personId ?? '', '测试甲', parent.tenantId])
      expect(text).not.toContain(secret);
  });

  test('seats the winners, tells each family what became of it, and leaves the rest first come, first served', async () => {
    const [small = '', large = ''] = await freshSessions([1, 3]);
    const roundId = await openedRound(staff, [small, large]);
    const families = await Promise.all([family(), family(2)]);
    for (const { parent, children } of families) await apply(roundId, parent, children, [small, large]);
    await drawNow();
    const [single, twins] = families as [Awaited<ReturnType<typeof family>>, Awaited<ReturnType<typeof family>>];
    const result = async (as: Someone) =>
      (await city.get(`/v1/rounds/${roundId}/applications`, { as })).body.applications[0].result;
    expect(await result(single.parent)).toMatchObject({ sessionId: small });
    expect(await result(twins.parent)).toMatchObject({ sessionId: large });
    expect(await storedSession(small)).toMatchObject({ status: 'open', taken: 1 });
    const seated = await storedSession(large);
    expect(seated).toMatchObject({ status: 'open', taken: 2 });
    expect(Object.keys(seated.seats).sort()).toEqual(twins.children.map(({ personId }) => personId).sort());
    expect(seated).not.toHaveProperty('roundId');
    expect(await bookingsOf(twins.parent)).toMatchObject([
      { sessionId: large, state: 'booked', actorId: twins.parent.personId },
      { sessionId: large, state: 'booked' },
    ]);
    await followStream();
    expect(await bookingsOf(twins.parent)).toHaveLength(2);
    const late = await family();
    const body = { sessionIds: [large], beneficiaryIds: [late.children[0]?.personId] };
    expect((await city.post('/v1/session-bookings', { as: late.parent, body })).status).toBe(201);
    const last = await family();
    const full = { sessionIds: [large], beneficiaryIds: [last.children[0]?.personId] };
    expect((await city.post('/v1/session-bookings', { as: last.parent, body: full })).body.code).toBe('session-full');
  });

  test('gives a place back when the child turns out to be elsewhere at that time', async () => {
    const [mine = ''] = await freshSessions([1]);
    const [other = ''] = await freshSessions([5]);
    const roundId = await openedRound(staff, [mine]);
    const { parent, children } = await family();
    await apply(roundId, parent, children, [mine]);
    const body = { sessionIds: [other], beneficiaryIds: [children[0]?.personId] };
    expect((await city.post('/v1/session-bookings', { as: parent, body })).status).toBe(201);
    await drawNow();
    expect(await storedSession(mine)).toMatchObject({ taken: 0, status: 'open' });
    expect((await bookingsOf(parent)).map((row: { sessionId: string }) => row.sessionId)).toEqual([other]);
  });

  test('keeps who had a place before the round, and gives only the places that were left', async () => {
    const [only = ''] = await freshSessions([2]);
    setClock(BEFORE);
    const early = await family();
    const body = { sessionIds: [only], beneficiaryIds: [early.children[0]?.personId] };
    expect((await city.post('/v1/session-bookings', { as: early.parent, body })).status).toBe(201);
    const roundId = await openedRound(staff, [only]);
    for (let index = 0; index < 3; index += 1) {
      const { parent, children } = await family();
      await apply(roundId, parent, children, [only]);
    }
    await drawNow();
    const { taken, seats } = await storedSession(only);
    expect(taken).toBe(2);
    expect(seats).toHaveProperty(early.children[0]?.personId ?? '');
    expect(await roundOf(roundId)).toMatchObject({ applications: 3, childrenPlaced: 1, sessions: [{ places: 1 }] });
  });
});
