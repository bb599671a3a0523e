import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { offeringItem } from '../../../functions/centers/index.ts';
import * as desk from '../../../functions/desk/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import * as waivers from '../../../functions/waivers/handler.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get } from '../../../shared/table/read.ts';
import { center, offering, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { cityOf, setClock, tenants } from '../../support/invoke.ts';

const city = cityOf(waivers, desk, sessions);
const today = '2026-03-02';

let officer: Someone;
let staff: Someone;
let child: Someone;
let parent: Someone;
let waiverId: string;
let sessionId: string;
let shortCode: string;
let count = 0;

beforeAll(async () => {
  setClock('2026-03-02T01:00:00Z');
  await center('yuhu');
  await center('beida');
});
beforeEach(async () => {
  setClock('2026-03-02T01:00:00Z');
  count += 1;
  waiverId = `swimming-${count}`;
  officer = await someone({ posts: [{ kind: 'bureau-officer', bureau: 'education' }] });
  staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
  child = await someone({ name: '小明', birthDate: '2018-01-01' });
  parent = await someone({ name: '陈大明', birthDate: '1988-01-01', guardianOf: [child] });
  const slug = `swim-${count}`;
  await asksFor(slug, [waiverId]);
  sessionId = await session('yuhu', today, { slug });
  const body = { sessionIds: [sessionId], beneficiaryIds: [child.personId] };
  const answer = await city.post('/v1/session-bookings', { as: parent, body });
  expect(answer.status, answer.text).toBe(201);
  shortCode = answer.body.bookings[0].shortCode;
});

async function asksFor(slug: string, ids: string[]) {
  const offeringId = `yuhu.center.${slug}`;
  const item = offeringItem.parse({
    offeringId,
    centerId: 'yuhu',
    providerId: 'center',
    providerName: { zh: '中心', en: 'Center' },
    service: 'childcare',
    title: { zh: '游泳', en: 'Swimming' },
    grossPriceFen: 2000,
    residentPriceFen: 0,
    fundingMode: 'welfare',
    policy: { waivers: ids },
  });
  await putMany([{ key: keys.centers.offering(tenants()[0], offeringId), item }]);
}

const publish = (
  replaces: number,
  { as = officer, words = `第 ${replaces + 1} 版`, centerId = undefined as string | undefined } = {},
) =>
  city.post('/v1/waivers', {
    as,
    body: {
      waiverId,
      title: { zh: '游泳安全同意书', en: 'Swimming safety' },
      text: { zh: `${words}\n\n请看护好孩子。`, en: `${words}\n\nMind your child.` },
      replaces,
      ...(centerId ? { centerId } : {}),
    },
  });
const checkIn = () =>
  city.post('/v1/centers/yuhu/attendance', {
    as: staff,
    body: { sessionId, personId: child.personId, to: 'checked-in' },
  });
const sign = (version: number, as = parent, more: object = {}) =>
  city.post(`/v1/people/${child.personId}/waivers/${waiverId}/sign`, {
    as,
    body: { version, signedName: '陈大明', ...more },
  });
const list = async (as = parent) =>
  (await city.get(`/v1/people/${child.personId}/waivers`, { as })).body.waivers as Record<string, unknown>[];

describe('B06: a waiver', () => {
  test('B06: a new version: the next check-in is 412 until signed', async () => {
    expect((await publish(0)).status).toBe(201);
    expect((await sign(1)).status).toBe(201);
    expect((await publish(1)).body.waiver.version).toBe(2);
    const refused = await checkIn();
    expect([refused.status, refused.body.code]).toEqual([412, 'waiver-missing']);
    expect(refused.body.facts).toMatchObject({ waiverId, version: 2, personId: child.personId });
    expect(refused.body.facts.missing).toEqual([
      { waiverId, version: 2, title: { zh: '游泳安全同意书', en: 'Swimming safety' } },
    ]);
    expect((await storedSession(sessionId)).seats[child.personId]?.checkedInAt).toBeUndefined();
    expect((await sign(2)).status).toBe(201);
    expect((await checkIn()).status).toBe(200);
    const out = { sessionId, personId: child.personId, to: 'checked-out' };
    await publish(2);
    expect((await city.post('/v1/centers/yuhu/attendance', { as: staff, body: out })).status).toBe(200);
  });

  test('stops the check-in by code as well; one that nobody has published stops nobody', async () => {
    const byCode = () => city.post('/v1/centers/yuhu/attendance/by-code', { as: staff, body: { code: shortCode } });
    await publish(0);
    expect((await byCode()).body.code).toBe('waiver-missing');
    await asksFor(`swim-${count}`, ['not-published']);
    expect((await byCode()).status).toBe(200);
  });

  test('is signed by a guardian or, of age, by oneself, in the version that is current; the words signed are kept', async () => {
    const { body } = await publish(0);
    expect((await sign(1, child)).body.code).toBe('adults-only');
    const proxy = await someone({ proxyOf: [child] });
    for (const one of [proxy, await someone(), officer, staff])
      expect((await sign(1, one)).body.code).toBe('no-authority');
    expect((await sign(2)).body).toMatchObject({ code: 'waiver-outdated', facts: { version: 1 } });
    const first = await sign(1);
    expect(first.body.signature).toMatchObject({ version: 1, hash: body.waiver.hash, byId: parent.personId });
    setClock('2026-03-02T01:05:00Z');
    expect((await sign(1)).body.signature).toEqual(first.body.signature);
    await publish(1, { words: '新的文字' });
    const old = await city.get(`/v1/waivers/${waiverId}?version=1`);
    expect(old.body.waiver).toMatchObject({ hash: body.waiver.hash, text: { zh: '第 1 版\n\n请看护好孩子。' } });
    expect((await city.get(`/v1/waivers/${waiverId}`)).body.waiver).toMatchObject({ version: 2 });
  });

  test('may be signed on paper: staff record it and say why', async () => {
    await publish(0);
    const recorded = await sign(1, staff, { paper: { reason: '家长现场签字' } });
    expect(recorded.body.signature).toMatchObject({ byId: staff.personId, paper: { reason: '家长现场签字' } });
    expect((await checkIn()).status).toBe(200);
    expect((await sign(1, parent, { paper: { reason: '自己说的' } })).body.code).toBe('no-authority');
  });

  test('is listed for a person when signed, outdated, or needed for what is booked', async () => {
    expect(await list()).toEqual([]);
    await publish(0);
    const neededFor = [{ title: { zh: '四点半课堂', en: 'Four-thirty class' }, date: today }];
    expect(await list()).toMatchObject([{ state: 'missing', neededFor }]);
    await sign(1);
    expect(await list()).toMatchObject([
      { state: 'signed', signature: { version: 1, signedName: '陈大明' }, neededFor },
    ]);
    await publish(1);
    expect(await list()).toMatchObject([{ state: 'outdated', waiver: { version: 2 }, signature: { version: 1 } }]);
    expect((await city.get(`/v1/people/${child.personId}/waivers`, { as: await someone() })).body.code).toBe(
      'no-authority',
    );
  });

  test('is published by a bureau for the city, by staff for their center, each version once', async () => {
    expect((await publish(0, { as: staff })).body.code).toBe('forbidden');
    expect((await publish(0, { as: staff, centerId: 'beida' })).body.code).toBe('forbidden');
    expect((await publish(0, { as: staff, centerId: 'yuhu' })).status).toBe(201);
    expect((await publish(0, { as: staff, centerId: 'yuhu' })).status).toBe(201);
    expect((await publish(1)).body.code).toBe('forbidden');
    const answers = await Promise.all(
      ['甲', '乙', '丙'].map((words) => publish(1, { as: staff, centerId: 'yuhu', words })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const { waivers: all } = (await city.get('/v1/waivers')).body;
    expect(all.find((it: { waiverId: string }) => it.waiverId === waiverId)).toMatchObject({
      version: 2,
      centerId: 'yuhu',
    });
  });

  test('is asked for by an offering once staff of its center or a bureau say so, and no longer when they say that', async () => {
    await asksFor(`swim-${count}`, []);
    const offeringId = `yuhu.center.swim-${count}`;
    const ask = (asked: boolean, as = staff, of = offeringId) =>
      city.put(`/v1/waivers/${waiverId}/offerings/${of}`, { as, body: { asked } });
    expect((await ask(true)).body.code).toBe('not-found');
    await publish(0);
    expect((await ask(true, staff, 'yuhu.center.nothing')).body.code).toBe('not-found');
    const elsewhere = await someone({ posts: [{ kind: 'center-staff', centerId: 'beida' }] });
    for (const one of [parent, elsewhere]) expect((await ask(true, one)).body.code).toBe('forbidden');
    expect((await ask(true)).body).toEqual({ waiverId, offeringId, asked: true });
    expect((await ask(true, officer)).status).toBe(200);
    expect((await checkIn()).body.code).toBe('waiver-missing');
    expect((await ask(false, officer)).status).toBe(200);
    expect((await checkIn()).status).toBe(200);
  });

  test('of one center is not asked for elsewhere; an offering without rules gets its first; who ask at once all count', async () => {
    await publish(0, { as: staff, centerId: 'yuhu' });
    const elsewhere = await offering('beida', `swim-${count}`);
    const away = `/v1/waivers/${waiverId}/offerings/${elsewhere}`;
    expect((await city.put(away, { as: officer, body: { asked: true } })).body.code).toBe('forbidden');
    const bare = await offering('yuhu', `bare-${count}`);
    const ids = [waiverId, `${waiverId}-b`, `${waiverId}-c`];
    for (const id of ids.slice(1)) {
      const body = { waiverId: id, title: { zh: '一', en: 'A' }, text: { zh: '一', en: 'A' }, replaces: 0 };
      expect((await city.post('/v1/waivers', { as: officer, body })).status).toBe(201);
    }
    const ask = (id: string) => city.put(`/v1/waivers/${id}/offerings/${bare}`, { as: staff, body: { asked: true } });
    const answers = await Promise.all(ids.map(ask));
    const accepted = ids.filter((_, index) => answers[index]?.status === 200);
    expect(accepted.length).toBeGreaterThan(0);
    for (const [index, one] of answers.entries())
      if (one.status !== 200) {
        expect(one.body.code).toBe('changed-meanwhile');
        expect((await ask(ids[index] ?? '')).status).toBe(200);
      }
    const stored = await get(keys.centers.offering(tenants()[0], bare), offeringItem);
    expect([...(stored?.policy?.waivers ?? [])].sort()).toEqual([...ids].sort());
  });
});
