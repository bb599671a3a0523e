import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { handler } from '../../../functions/stream/handler.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { agendaWrites } from '../../../shared/booking/claim/agenda.ts';
import { readOrder } from '../../../shared/booking/facts/orders.ts';
import { decisionWrite } from '../../../shared/booking/order/order.ts';
import { passCounter } from '../../../shared/booking/price/counters.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { transact } from '../../../shared/table/write.ts';
import { center, offering, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { differences } from '../../support/claims.ts';
import { setClock, tenants, wait } from '../../support/invoke.ts';
import { StreamReader } from '../../support/stream.ts';
import { allowancesFor, cancel, city, cityHas, citySells, MONDAY } from './support.ts';

const DATE = '2026-03-05';
const PRICE = 2_500;
const title = { zh: '十次卡', en: 'Ten visits' };
const kinds = [
  { kindId: 'ten', title, units: 10, validDays: 30, priceFen: 20_000 },
  { kindId: 'one', title, units: 1, validDays: 30, priceFen: 2_500 },
  { kindId: 'other', title, units: 9, validDays: 30, priceFen: 2_500 },
];
const system = () => asSystem(tenants()[0], clockNow());
let staff: Someone;

beforeAll(async () => {
  setClock(MONDAY);
  await center('yuhu');
  await cityHas([]);
  await citySells(...kinds);
  staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
});
beforeEach(() => setClock(MONDAY));

const stream = new StreamReader();
async function follow(): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    const Records = await stream.next();
    if (Records.length === 0) return;
    const twice = [...Records, ...[...Records].reverse()];
    expect(await handler({ Records: twice }, {} as Context, () => undefined)).toEqual({ batchItemFailures: [] });
  }
}

const passFor = async (holder: Someone, kindId = 'ten'): Promise<string> =>
  (await city.post(`/v1/people/${holder.personId}/passes`, { as: staff, body: { kindId, reason: '窗口办理' } })).body
    .pass.passId;
const left = async (as: Someone): Promise<number> => (await allowancesFor(as)).passes[0]?.left;
const ask = (as: Someone, sessionId: string, who: readonly Someone[], more: object) =>
  city.post('/v1/session-bookings', {
    as,
    body: { sessionIds: [sessionId], beneficiaryIds: who.map(({ personId }) => personId), ...more },
  });
const confirm = (as: Someone, orderId: string, body: object = {}) =>
  city.post(`/v1/orders/${orderId}/confirm`, { as, body });
const bookingOf = async (as: Someone) => (await city.get('/v1/bookings', { as })).body.bookings[0];

/** A class that is full, and whoever holds its places. */
async function fullClass(capacity = 1) {
  const slug = `w${randomUUID().slice(0, 8)}`;
  await offering('yuhu', slug, { residentPriceFen: PRICE, policy: { passes: ['ten', 'one'] } });
  const sessionId = await session('yuhu', DATE, { slug, residentPriceFen: PRICE, capacity });
  const holders = await Promise.all(Array.from({ length: capacity }, () => someone()));
  const places: Parameters<typeof cancel>[1][] = [];
  for (const holder of holders) places.push((await ask(holder, sessionId, [holder], {})).body.bookings[0]);
  return {
    sessionId,
    leave: async () => {
      for (const [index, place] of places.entries())
        await cancel(holders[index] as Someone, place, { refundFen: PRICE });
      await follow();
    },
  };
}
const offerTo = async (sessionId: string, { personId }: Someone): Promise<string> =>
  (await storedSession(sessionId)).seats[personId]?.orderId ?? '';

test('who waits with a pass pays with its unit: it is taken in the moment the place is accepted, once, and comes back', async () => {
  const { sessionId, leave } = await fullClass();
  const me = await someone();
  const payWith = { passId: await passFor(me) };
  const joined = await ask(me, sessionId, [me], { ifFull: 'wait', payWith });
  expect(joined.body.waiting.position, joined.text).toBe(1);
  expect((await city.get('/v1/waiting', { as: me })).body.waiting).toMatchObject([{ payWith }]);
  await leave();
  const orderId = await offerTo(sessionId, me);
  expect((await city.get(`/v1/orders/${orderId}`, { as: me })).body.order).toMatchObject({ status: 'held', payWith });
  expect(await left(me)).toBe(10);
  for (let time = 0; time < 2; time += 1) {
    const { order } = (await confirm(me, orderId)).body;
    expect(order).toMatchObject({
      status: 'booked',
      totalFen: 0,
      bookings: [{ state: 'booked', residentPriceFen: 0, paidWith: { kind: 'pass', name: title, amountFen: PRICE } }],
    });
  }
  await follow();
  expect(await left(me)).toBe(9);
  expect((await storedSession(sessionId)).seats[me.personId]).toMatchObject({
    priceFen: 0,
    paidWith: { kind: 'pass' },
  });
  expect(await differences({ sessionIds: [sessionId], dates: [DATE], personIds: [me.personId] })).toEqual([]);
  const canceled = await cancel(me, await bookingOf(me));
  expect(canceled.status, canceled.text).toBe(200);
  expect(await left(me)).toBe(10);
});

test('a pass that was used up meanwhile is refused kindly: the place stays kept, to be paid otherwise or declined', async () => {
  const [first, second] = [await fullClass(), await fullClass()];
  const me = await someone();
  const payWith = { passId: await passFor(me, 'one') };
  for (const { sessionId } of [first, second]) await ask(me, sessionId, [me], { ifFull: 'wait', payWith });
  await spend(me, payWith);
  await first.leave();
  await second.leave();
  const orderId = await offerTo(first.sessionId, me);
  const refused = await confirm(me, orderId);
  expect([refused.status, refused.body.code, refused.body.facts]).toEqual([
    409,
    'pass-empty',
    { passId: payWith.passId, left: 0, needed: 1 },
  ]);
  expect((await city.get(`/v1/orders/${orderId}`, { as: me })).body.order).toMatchObject({
    status: 'held',
    totalFen: PRICE,
  });
  const { order } = (await confirm(me, orderId, { payWith: null })).body;
  expect(order).toMatchObject({ status: 'booked', totalFen: PRICE });
  expect(order.bookings[0]).not.toHaveProperty('paidWith');
  const declined = await city.post(`/v1/orders/${await offerTo(second.sessionId, me)}/decline`, { as: me });
  expect(declined.body.order.status).toBe('released');
  expect(await left(me)).toBe(0);
});

/** Uses the last unit, on another day. */
async function spend(as: Someone, payWith: object): Promise<void> {
  const slug = `s${randomUUID().slice(0, 8)}`;
  await offering('yuhu', slug, { residentPriceFen: PRICE, policy: { passes: ['one'] } });
  const sessionId = await session('yuhu', '2026-03-07', { slug, residentPriceFen: PRICE });
  expect((await ask(as, sessionId, [as], { payWith })).status).toBe(201);
}
test('who waits without one may still accept with one; for two children it pays two units; nobody pays with a stranger’s', async () => {
  const { sessionId, leave } = await fullClass(2);
  const children = [await someone(), await someone()];
  const parent = await someone({ guardianOf: children });
  const stranger = await someone();
  const payWith = { passId: await passFor(parent), holderId: parent.personId };
  await ask(parent, sessionId, children, { ifFull: 'wait' });
  await leave();
  const orderId = await offerTo(sessionId, children[0] as Someone);
  const foreign = { passId: await passFor(stranger), holderId: stranger.personId };
  expect((await confirm(parent, orderId, { payWith: foreign })).body.code).toBe('no-authority');
  const unfit = { passId: await passFor(children[0] as Someone, 'other'), holderId: children[0]?.personId };
  expect((await confirm(parent, orderId, { payWith: unfit })).body.code).toBe('pass-not-accepted');
  const { order } = (await confirm(parent, orderId, { payWith })).body;
  expect(order).toMatchObject({ status: 'booked', totalFen: 0 });
  expect(await left(parent)).toBe(8);
});

test('two offers for the last unit at the same moment: one takes it, the other place stays kept', async () => {
  const [one, two] = [await fullClass(), await fullClass()];
  const children = [await someone(), await someone()] as const;
  const parent = await someone({ guardianOf: children });
  const payWith = { passId: await passFor(parent, 'one'), holderId: parent.personId };
  for (const [index, { sessionId, leave }] of [one, two].entries()) {
    await ask(parent, sessionId, [children[index] as Someone], { ifFull: 'wait', payWith });
    await leave();
  }
  const orders = [await offerTo(one.sessionId, children[0]), await offerTo(two.sessionId, children[1])];
  const answers = await Promise.all(orders.map((orderId) => confirm(parent, orderId)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe('pass-empty');
  const states = await Promise.all(orders.map(async (orderId) => (await readOrder(system(), orderId))?.status));
  expect(states.sort()).toEqual(['booked', 'held']);
  expect(await left(parent)).toBe(0);
});

test('of a function that died right after it had taken the unit, seat and row say what has paid, however often the records come', async () => {
  const { sessionId, leave } = await fullClass();
  const me = await someone();
  const payWith = { passId: await passFor(me) };
  await ask(me, sessionId, [me], { ifFull: 'wait', payWith });
  await leave();
  const order = await readOrder(system(), await offerTo(sessionId, me));
  const [place] = order?.places ?? [];
  if (!order || !place || !('sessionId' in place)) throw new Error('no offer');
  const { bookingId } = place;
  const paid = { [bookingId]: { kind: 'pass' as const, id: payWith.passId, name: title, amountFen: PRICE } };
  const charges = [{ of: `person.${me.personId}`, id: passCounter(payWith.passId), amount: 1, on: DATE }];
  const entry = { startsAt: '16:30', endsAt: '18:00', of: sessionId };
  const day = { personId: me.personId, date: DATE, bookingId, entry, charges };
  await transact([
    decisionWrite(system(), order.orderId, { to: 'booked', decidedBy: me.personId, paid }),
    ...agendaWrites(system(), day),
  ]);
  wait(1);
  await follow();
  expect(await left(me)).toBe(9);
  const { heldUntilEpochSeconds, ...seat } = (await storedSession(sessionId)).seats[me.personId] ?? {};
  expect([heldUntilEpochSeconds, seat]).toMatchObject([undefined, { priceFen: 0, paidWith: { kind: 'pass' } }]);
  expect(await bookingOf(me)).toMatchObject({ state: 'booked', residentPriceFen: 0, paidWith: { kind: 'pass' } });
});
