import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PassKind } from '../../../shared/contracts/passes.ts';
import { center, offering, type Someone, session, signedInAgain, someone } from '../../support/builders.ts';
import { setClock } from '../../support/invoke.ts';
import { allowancesFor, cancel, city, cityHas, citySells, MONDAY } from './support.ts';

const DATE = '2026-03-05';
const PRICE = 2_500;
const ten: PassKind = {
  kindId: 'ten',
  title: { zh: '十次卡', en: 'Ten visits' },
  units: 10,
  validDays: 30,
  priceFen: 20_000,
  parts: [
    { units: 4, priceFen: 8_000, dueAfterDays: 0 },
    { units: 6, priceFen: 12_000, dueAfterDays: 20 },
  ],
};
const one: PassKind = {
  kindId: 'one',
  title: { zh: '单次卡', en: 'One visit' },
  units: 1,
  validDays: 30,
  priceFen: 2_300,
};
let staff: Someone;
let officer: Someone;

beforeAll(async () => {
  setClock(MONDAY);
  await center('yuhu');
  await cityHas([]);
  await citySells(ten, one);
  staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
  officer = await someone({ posts: [{ kind: 'bureau-officer', bureau: 'education' }] });
});
beforeEach(() => setClock(MONDAY));

const tiers = [{ underHours: 24, keepPercent: 50 }];
async function paidClass(date = DATE, policy: object = { passes: ['ten', 'one'], cancellation: tiers }) {
  const slug = `p${randomUUID().slice(0, 8)}`;
  await offering('yuhu', slug, { policy });
  return session('yuhu', date, { slug, residentPriceFen: PRICE });
}
const issue = async (holder: { personId: string }, kindId = 'ten', more = {}) =>
  city.post(`/v1/people/${holder.personId}/passes`, { as: staff, body: { kindId, reason: '窗口办理', ...more } });
const passFor = async (holder: { personId: string }, kindId = 'ten') => (await issue(holder, kindId)).body.pass.passId;
const fundFor = async (holder: { personId: string }, amountFen: number) => {
  const funder = { zh: '市教育基金会', en: 'City education fund' };
  const body = { funder, amountFen, validUntil: '2026-12-31', reason: '助学名单' };
  return (await city.post(`/v1/people/${holder.personId}/funds`, { as: officer, body })).body.fund.fundId;
};
const book = (as: Someone, sessionId: string, payWith: object, who: readonly { personId: string }[] = [as]) =>
  city.post('/v1/session-bookings', {
    as,
    body: { sessionIds: [sessionId], beneficiaryIds: who.map(({ personId }) => personId), payWith },
  });
const left = async (as: Someone) => (await allowancesFor(as)).passes[0]?.left;

describe('a pass', () => {
  test('pays one unit a place; the place costs nothing more, and says what has paid', async () => {
    const me = await someone();
    const passId = await passFor(me);
    const { status, body } = await book(me, await paidClass(), { passId });
    expect(status).toBe(201);
    expect(body.bookings[0]).toMatchObject({
      state: 'booked',
      residentPriceFen: 0,
      paidWith: { kind: 'pass', id: passId, name: ten.title, amountFen: PRICE },
    });
    expect(await left(me)).toBe(9);
  });

  test('of the guardian pays for two children, one unit each; a stranger’s pays for nobody', async () => {
    const children = [await someone(), await someone()];
    const parent = await someone({ guardianOf: children });
    const payWith = { passId: await passFor(parent), holderId: parent.personId };
    expect((await book(parent, await paidClass(), payWith, children)).status).toBe(201);
    expect(await left(parent)).toBe(8);
    const thief = await someone();
    expect((await book(thief, await paidClass(), payWith)).body.code).toBe('no-authority');
  });

  test('needs no payment hold, and is refused where it is not taken, run out, or not there', async () => {
    const me = await someone();
    const passId = await passFor(me);
    const payment = { payment: { withinMinutes: 10 }, passes: ['ten'] };
    expect((await book(me, await paidClass('2026-03-06', payment), { passId })).body.bookings[0].state).toBe('booked');
    expect((await book(me, await paidClass(DATE, {}), { passId })).body.code).toBe('pass-not-accepted');
    expect((await book(me, await paidClass('2026-04-20'), { passId })).body.code).toBe('pass-expired');
    expect((await book(me, await paidClass(), { passId: 'x0000000000000000' })).body.code).toBe('not-found');
  });

  test('x50 on the last unit: one wins, and no other place is kept', async () => {
    const me = await someone();
    const payWith = { passId: await passFor(me, 'one') };
    const days = Array.from({ length: 25 }, (_, day) => `2026-03-${String(day + 3).padStart(2, '0')}`);
    const sessions = await Promise.all([...days, ...days].map((date) => paidClass(date)));
    const answers = await Promise.all(sessions.map((sessionId) => book(me, sessionId, payWith)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const codes = new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code));
    expect([...codes].filter((code) => code !== 'person-busy')).toEqual(['pass-empty']);
    const places = await Promise.all(sessions.map((sessionId) => city.get(`/v1/sessions/${sessionId}`)));
    expect(places.filter(({ body }) => body.session.placesLeft < 10)).toHaveLength(1);
    expect(await left(me)).toBe(0);
  });

  test('gets its unit back when nothing is kept, and not when something is', async () => {
    const me = await someone();
    const payWith = { passId: await passFor(me) };
    const early = await book(me, await paidClass(), payWith);
    expect(await left(me)).toBe(9);
    await cancel(me, early.body.bookings[0]);
    expect(await left(me)).toBe(10);
    const late = await book(me, await paidClass('2026-03-03'), payWith);
    setClock('2026-03-03T01:00:00Z');
    const again = await signedInAgain(me);
    const canceled = await cancel(again, late.body.bookings[0]);
    expect(canceled.body.booking).toMatchObject({ state: 'canceled', keptPercent: 50 });
    expect(await left(again)).toBe(9);
  });

  test('sold in parts opens its units as parts are recorded as paid, each once', async () => {
    const me = await someone();
    const { pass } = (await issue(me, 'ten', { inParts: true })).body;
    expect(pass).toMatchObject({ units: 10, left: 0, parts: [{ dueOn: '2026-03-02' }, { dueOn: '2026-03-22' }] });
    const payWith = { passId: pass.passId };
    expect((await book(me, await paidClass(), payWith)).body.code).toBe('pass-empty');
    const pay = (part: number, as = staff) =>
      city.post(`/v1/people/${me.personId}/passes/${pass.passId}/parts/${part}/paid`, { as });
    expect((await pay(1, me)).body.code).toBe('forbidden');
    const both = await Promise.all([pay(1), pay(1), pay(1)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await left(me)).toBe(4);
    expect((await book(me, await paidClass(), payWith)).status).toBe(201);
    expect((await pay(2)).body.pass).toMatchObject({ left: 9 });
    expect((await pay(3)).body.code).toBe('not-found');
  });

  test('is issued by staff, once under one key, and the person sees that it was', async () => {
    const me = await someone();
    const call = { as: staff, body: { kindId: 'ten', reason: '窗口办理' }, idempotencyKey: randomUUID() };
    const path = `/v1/people/${me.personId}/passes`;
    const [first, again] = [await city.post(path, call), await city.post(path, call)];
    expect(again.body).toEqual(first.body);
    expect((await allowancesFor(me)).passes).toHaveLength(1);
    expect((await city.post(path, { ...call, as: me })).body.code).toBe('forbidden');
    expect((await city.post(path, { ...call, body: { kindId: 'none', reason: '窗口办理' } })).body.code).toBe(
      'not-found',
    );
  });
});

describe('a fund', () => {
  test('B07: paid with a fund: the balance falls, the family statement shows the funder', async () => {
    const child = await someone({ name: '小满' });
    const parent = await someone({ guardianOf: [child] });
    const fundId = await fundFor(child, 6_000);
    const booked = await book(parent, await paidClass(), { fundId }, [child]);
    expect(booked.body.bookings[0]).toMatchObject({
      residentPriceFen: 0,
      paidWith: { kind: 'fund', amountFen: PRICE },
    });
    expect((await book(parent, await paidClass('2026-03-06', {}), { fundId }, [child])).status).toBe(201);
    const { funds } = await allowancesFor(parent, child.personId);
    expect(funds).toMatchObject([{ fundId, amountFen: 6_000, leftFen: 1_000 }]);
    const short = await book(parent, await paidClass('2026-03-07'), { fundId }, [child]);
    expect(short.body).toMatchObject({ code: 'fund-empty', facts: { leftFen: 1_000, neededFen: PRICE } });
    const own = await city.post('/v1/session-bookings', {
      as: parent,
      body: { sessionIds: [await paidClass('2026-03-07')], beneficiaryIds: [child.personId] },
    });
    expect(own.status).toBe(201);

    const { body } = await city.get(`/v1/people/${parent.personId}/statement?month=2026-03`, { as: parent });
    const funder = { zh: '市教育基金会', en: 'City education fund' };
    expect(body.lines).toMatchObject([
      { name: '小满', priceFen: PRICE, paidBy: [{ payer: 'fund', name: funder, amountFen: PRICE }] },
      { name: '小满', priceFen: PRICE, paidBy: [{ payer: 'fund', name: funder, amountFen: PRICE }] },
      { name: '小满', priceFen: PRICE, paidBy: [{ payer: 'resident', amountFen: PRICE }] },
    ]);
    expect(body.totals).toEqual({ priceFen: 7_500, residentFen: 2_500, passFen: 0, fundFen: 5_000 });
    const stranger = await city.get(`/v1/people/${child.personId}/statement?month=2026-03`, { as: staff });
    expect(stranger.body.code).toBe('no-authority');
  });

  test('gets back what a resident would, to the fen; the statement keeps the rest', async () => {
    let me = await someone();
    const fundId = await fundFor(me, PRICE);
    const booked = await book(me, await paidClass('2026-03-03'), { fundId });
    setClock('2026-03-03T01:00:00Z');
    me = await signedInAgain(me);
    const quote = await city.get(
      `/v1/people/${me.personId}/bookings/${booked.body.bookings[0].bookingId}/cancellation`,
      { as: me },
    );
    expect(quote.body.cancellation.paidBack).toMatchObject({ kind: 'fund', amountFen: 1_250 });
    await cancel(me, booked.body.bookings[0]);
    expect((await allowancesFor(me)).funds[0].leftFen).toBe(1_250);
    const { body } = await city.get(`/v1/people/${me.personId}/statement?month=2026-03`, { as: me });
    expect(body.lines).toMatchObject([
      { state: 'canceled', priceFen: 1_250, paidBy: [{ payer: 'fund', amountFen: 1_250 }] },
    ]);
  });
});
