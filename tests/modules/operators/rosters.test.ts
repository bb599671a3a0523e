import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import * as operators from '../../../functions/operators/handler.ts';
import { type OperatorItem, operatorItem } from '../../../functions/operators/index.ts';
import type { Seat } from '../../../shared/booking/items/session.ts';
import { bookingIdFor } from '../../../shared/kernel/ids.ts';
import { keys } from '../../../shared/table/keys.ts';
import { queryAll } from '../../../shared/table/read.ts';
import { put } from '../../../shared/table/write.ts';
import { center, type Someone, session, someone, whitelisted } from '../../support/builders.ts';
import { cityOf, setClock, wait } from '../../support/invoke.ts';
import { tenants } from '../../support/tenants.ts';

const city = cityOf(operators);
/** A Wednesday. */
const today = '2026-03-04';

async function operator(operatorId: string, status: OperatorItem['status'] = 'active'): Promise<void> {
  const name = { zh: `${operatorId}学堂`, en: operatorId };
  const item = operatorItem.parse({ operatorId, name, services: ['childcare'], sample: true, status });
  await put({ key: keys.operators.operator(tenants()[0], operatorId), item });
}

const provides = (operatorId: string, offeringId: string) =>
  put({ key: keys.operators.offering(tenants()[0], operatorId, offeringId), item: { offeringId } });

const seatOf = ({ personId }: Someone, facts: Partial<Seat> = {}): Record<string, Seat> => ({
  [personId]: {
    bookingId: bookingIdFor(today, personId),
    actorId: personId,
    bookedAt: '2026-03-01T02:00:00.000Z',
    requestHash: 'h',
    ...facts,
  },
});

const readsOf = ({ personId }: Someone) =>
  queryAll(
    { pk: keys.people.partition(tenants()[0], personId), begins: 'READ#' },
    z.object({ byId: z.string(), as: z.string(), what: z.string() }),
  );

let own: Someone;
let strangers: Someone[];
/** Holds a post at an operator of the same id, in another city. */
let elsewhere: Someone;
let child: Someone;
let art: string;
let others: string;

beforeAll(async () => {
  setClock(`${today}T02:00:00Z`);
  for (const centerId of ['yuhu', 'mulan']) await center(centerId);
  for (const operatorId of ['shiguang', 'moqi']) await operator(operatorId);
  await operator('gone', 'ended');
  await whitelisted('shiguang', 'yuhu');
  await whitelisted('shiguang', 'mulan', { status: 'suspended' });
  await provides('shiguang', 'yuhu.shiguang.art');
  await provides('shiguang', 'mulan.shiguang.art');
  own = await someone({ name: '方老师', posts: [{ kind: 'operator-staff', operatorId: 'shiguang' }] });
  strangers = [
    await someone(),
    await someone({ posts: [{ kind: 'operator-staff', operatorId: 'moqi' }] }),
    await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] }),
  ];
  elsewhere = await someone({ tenantId: tenants()[1], posts: [{ kind: 'operator-staff', operatorId: 'shiguang' }] });
  child = await someone({ name: '陈小满', birthDate: '2017-03-05' });
  const facts = { providerId: 'shiguang', slug: 'art' };
  art = await session('yuhu', today, { ...facts, taken: 1, seats: seatOf(child) });
  await session('yuhu', '2026-03-08', { ...facts, startsAt: '09:00' });
  await session('yuhu', '2026-03-09', { ...facts, service: 'leisure', startsAt: '09:00' });
  await session('mulan', today, { ...facts, startsAt: '08:30' });
  others = await session('yuhu', today, { providerId: 'moqi', slug: 'art' });
});

describe('the operators of a city', () => {
  test('anybody sees who is at work, and nobody who has ended', async () => {
    const { body } = await city.get('/v1/operators');
    expect(body.operators.map(({ operatorId }: { operatorId: string }) => operatorId)).toEqual(['moqi', 'shiguang']);
  });

  test('anybody sees where the whitelist has an operator, suspended entries included', async () => {
    const { body } = await city.get('/v1/operators/shiguang');
    expect(body.operator).toEqual({
      operatorId: 'shiguang',
      name: { zh: 'shiguang学堂', en: 'shiguang' },
      services: ['childcare'],
      sample: true,
    });
    expect(body.whitelist).toMatchObject([
      { centerId: 'mulan', status: 'suspended' },
      { centerId: 'yuhu', status: 'active' },
    ]);
    expect((await city.get('/v1/operators/nobody')).body).toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('an operator’s sessions', () => {
  const sessionsOf = (query: string, as: Someone | undefined) =>
    city.get(`/v1/operators/shiguang/sessions?${query}`, { as });

  test('come from all its centers in order of time, without those of others', async () => {
    const { body } = await sessionsOf(`from=${today}`, own);
    expect(body.sessions.map((one: { sessionId: string }) => one.sessionId)).toEqual([
      'mulan.shiguang.art.20260304t0830',
      art,
      'yuhu.shiguang.art.20260308t0900',
      'yuhu.shiguang.art.20260309t0900',
    ]);
    expect(body.sessions[1]).toMatchObject({ taken: 1, placesLeft: 9 });
    expect(body.sessions[1]).not.toHaveProperty('seats');
  });

  test('can be asked for by days and service', async () => {
    const ids = async (query: string) => (await sessionsOf(query, own)).body.sessions.length;
    expect(await ids(`from=${today}&days=1`)).toBe(2);
    expect(await ids(`from=${today}&days=5`)).toBe(3);
    expect(await ids(`from=${today}&service=leisure`)).toBe(1);
  });

  test('are for its own staff, the bureaus and the platform', async () => {
    for (const as of strangers) expect((await sessionsOf(`from=${today}`, as)).status).toBe(403);
    for (const as of [undefined, elsewhere]) expect((await sessionsOf(`from=${today}`, as)).status).toBe(401);
    const officer = await someone({ posts: [{ kind: 'bureau-officer', bureau: 'commerce' }] });
    expect((await sessionsOf(`from=${today}`, officer)).status).toBe(200);
    expect((await city.get('/v1/operators/nobody/sessions?from=2026-03-04', { as: officer })).status).toBe(404);
  });
});

describe('a roster', () => {
  const rosterOf = (sessionId: string, as: Someone | undefined) =>
    city.get(`/v1/operators/shiguang/sessions/${sessionId}/roster`, { as });

  test('names who has a place, with the age on the day', async () => {
    const { body } = await rosterOf(art, own);
    expect(body.session).toMatchObject({ sessionId: art, placesLeft: 9 });
    expect(body.seats).toMatchObject([{ personId: child.personId, name: '陈小满', ageYears: 8, state: 'booked' }]);
  });

  test('shows who has come', async () => {
    const i = '2026-03-04T08:25:00.000Z';
    const elder = await someone({ name: '黄松年' });
    const seats = seatOf(elder, { checkedInAt: i, staffReason: '本人到场' });
    const held = await session('yuhu', today, { providerId: 'shiguang', slug: 'come', taken: 1, seats });
    const { body } = await rosterOf(held, own);
    expect(body.seats).toMatchObject([{ state: 'checked-in', checkedInAt: i, byStaff: true }]);
    expect(body.seats[0]).not.toHaveProperty('ageYears');
  });

  test('tells each person on it once a day that their name was shown', async () => {
    for (let looks = 0; looks < 3; looks += 1) {
      await rosterOf(art, own);
      wait(120);
    }
    const line = { byId: own.personId, as: 'operator-staff', what: 'roster shiguang' };
    expect(await readsOf(child)).toEqual([line]);
    const admin = await someone({ posts: [{ kind: 'platform-admin' }] });
    await rosterOf(art, admin);
    expect(await readsOf(child)).toContainEqual({ ...line, byId: admin.personId, as: 'platform-admin' });
  });

  test('is refused to strangers, and for a session of somebody else', async () => {
    for (const as of strangers) expect((await rosterOf(art, as)).status).toBe(403);
    for (const as of [undefined, elsewhere]) expect((await rosterOf(art, as)).status).toBe(401);
    expect((await rosterOf(others, own)).body).toMatchObject({ status: 404, code: 'not-found' });
    expect((await rosterOf('yuhu.shiguang.art.20260305t1630', own)).status).toBe(404);
  });
});
