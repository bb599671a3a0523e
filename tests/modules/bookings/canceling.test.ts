import { randomUUID } from 'node:crypto';
import type { Context, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import * as fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as bookings from '../../../functions/bookings/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { handler } from '../../../functions/stream/handler.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { type Movement, readAmounts } from '../../../shared/booking/row/amounts.ts';
import { isActive } from '../../../shared/booking/row/states.ts';
import type { OfferingPolicy } from '../../../shared/contracts/policy.ts';
import { signAccessToken } from '../../../shared/http/token.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { center, offering, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { differences, storedRows } from '../../support/claims.ts';
import { cityOf, setClock, tenants } from '../../support/invoke.ts';
import { streamRecords } from '../../support/stream.ts';

const city = cityOf(sessions, bookings);
const DATE = '2026-03-06';
const system = () => asSystem(tenants()[0], clockNow());
const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0);

beforeAll(async () => {
  await center('yuhu');
});
beforeEach(() => setClock('2026-03-02T01:00:00Z'));

type Family = { parent: Someone; children: Someone[] };
async function family(count: number): Promise<Family> {
  const children: Someone[] = [];
  for (let year = 2014; children.length < count; year += 1)
    children.push(await someone({ birthDate: `${year}-01-01` }));
  return { parent: await someone({ guardianOf: children }), children };
}

/** A session at 16:30 of an offering with these rules, at 25 yuan unless told otherwise. */
async function classWith(policy: OfferingPolicy, priceFen = 2500, capacity = 30): Promise<string> {
  const slug = `class-${randomUUID().slice(0, 8)}`;
  await offering('yuhu', slug, { residentPriceFen: priceFen, policy });
  return session('yuhu', DATE, { slug, residentPriceFen: priceFen, capacity });
}

async function booked({ parent, children }: Family, sessionIds: string[]) {
  const body = { sessionIds, beneficiaryIds: children.map(({ personId }) => personId) };
  const answer = await city.post('/v1/session-bookings', { as: parent, body, idempotencyKey: randomUUID() });
  expect(answer.status, answer.text).toBe(201);
  return answer.body as { orderId: string; bookings: { bookingId: string; beneficiaryId: string }[] };
}

/** The same person with a token of this very time: tests move the clock by days. */
const now = async ({ tenantId, personId }: Someone): Promise<Someone> => ({
  tenantId,
  personId,
  token: await signAccessToken({ tenantId, personId, signInId: 's' }, clockNow()),
});
const path = (of: { bookingId: string; beneficiaryId: string }) =>
  `/v1/people/${of.beneficiaryId}/bookings/${of.bookingId}`;
const quoted = async (as: Someone, of: { bookingId: string; beneficiaryId: string }) =>
  (await city.get(`${path(of)}/cancellation`, { as: await now(as) })).body.cancellation;
const cancel = async (as: Someone, of: { bookingId: string; beneficiaryId: string }, body?: object) =>
  city.post(`${path(of)}/cancel`, { as: await now(as), ...(body ? { body } : {}) });

const rowsOf = async ({ children }: Family) =>
  (await Promise.all(children.map(({ personId }) => storedRows(personId)))).flat();

/** Records of the sessions of these bookings, of their order and their rows. */
async function recordsOf({ children }: Family): Promise<DynamoDBRecord[]> {
  const records = await streamRecords();
  return records.filter((record) => children.some(({ personId }) => JSON.stringify(record).includes(personId)));
}

async function follow(records: readonly DynamoDBRecord[]): Promise<void> {
  const answer = await handler({ Records: [...records] } satisfies DynamoDBStreamEvent, {} as Context, () => undefined);
  expect(answer).toEqual({ batchItemFailures: [] });
}

/** What is left on an account. */
const balance = (movements: readonly Movement[], account: string): number =>
  sum(movements.map(({ from, to, amountFen }) => (to === account ? amountFen : from === account ? -amountFen : 0)));

/** After the stream: what was paid is what stands plus what was kept, and each booking's account holds what it costs. */
async function mustAddUp(of: Family, orderId: string): Promise<void> {
  const [movements, rows] = [await readAmounts(system(), orderId), await rowsOf(of)];
  const stored = rows.filter(({ state }) => isActive(state));
  const paidFen = 0 - balance(movements, 'resident');
  expect(paidFen).toBe(sum(stored.map((row) => row.residentPriceFen)) + sum(rows.map(({ keptFen = 0 }) => keptFen)));
  expect(balance(movements, 'fees')).toBe(sum(rows.map(({ keptFen = 0 }) => keptFen)));
  for (const row of rows) {
    const left = isActive(row.state) ? row.residentPriceFen : 0;
    expect(balance(movements, `booking.${row.bookingId}`), row.bookingId).toBe(left);
  }
}

describe('canceling by lead time', () => {
  const policy = { cancellation: [{ underHours: 24, keepPercent: 50 }] };

  test('A14: a quote 48 h and 12 h before: two amounts; the recorded refund equals the quoted one', async () => {
    const home = await family(2);
    const [one, two] = (await booked(home, [await classWith(policy)])).bookings;
    if (!one || !two) throw new Error('two bookings');
    setClock('2026-03-04T08:30:00Z');
    const early = await quoted(home.parent, one);
    expect(early).toMatchObject({ refundFen: 2500, keptFen: 0, until: '2026-03-05T08:30:00.000Z' });
    setClock('2026-03-05T20:30:00Z');
    const late = await quoted(home.parent, two);
    expect(late).toMatchObject({ refundFen: 1250, keptFen: 1250, until: '2026-03-06T08:30:00.000Z' });
    expect(late.steps).toEqual([
      { keepPercent: 0, keptFen: 0, refundFen: 2500 },
      { from: '2026-03-05T08:30:00.000Z', keepPercent: 50, keptFen: 1250, refundFen: 1250 },
    ]);

    setClock('2026-03-04T08:30:00Z');
    expect((await cancel(home.parent, one, { refundFen: early.refundFen })).body.booking).toMatchObject({
      state: 'canceled',
      refundFen: 2500,
      keptFen: 0,
    });
    setClock('2026-03-05T20:30:00Z');
    expect((await cancel(home.parent, two, { refundFen: late.refundFen })).body.booking).toMatchObject({
      state: 'canceled',
      refundFen: 1250,
      keptFen: 1250,
    });
  });

  test('an amount that is no longer the one shown is refused with the new one, and nothing has changed', async () => {
    const home = await family(1);
    const sessionId = await classWith(policy);
    const [one] = (await booked(home, [sessionId])).bookings;
    if (!one) throw new Error('a booking');
    const { refundFen } = await quoted(home.parent, one);
    setClock('2026-03-05T08:30:01Z');
    const refused = await cancel(home.parent, one, { refundFen });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'amount-changed', facts: { refundFen: 1250, keptFen: 1250 } },
    });
    // Left unsaid it is as if all of the price were expected back.
    expect(await cancel(home.parent, one)).toMatchObject({ status: 409, body: { code: 'amount-changed' } });
    expect(await storedSession(sessionId)).toMatchObject({ taken: 1 });
    expect((await rowsOf(home))[0]).toMatchObject({ state: 'booked' });
  });

  test('a rule that the center changes later counts for nobody who has booked', async () => {
    const home = await family(1);
    const sessionId = await classWith({});
    const [one] = (await booked(home, [sessionId])).bookings;
    if (!one) throw new Error('a booking');
    await offering('yuhu', sessionId.split('.')[2] ?? '', { residentPriceFen: 9900, policy });
    setClock('2026-03-06T08:00:00Z');
    expect(await quoted(home.parent, one)).toMatchObject({ refundFen: 2500, keptFen: 0 });
    expect((await cancel(home.parent, one)).status).toBe(200);
  });

  test('staff of the center give all of it back, and what is free costs nothing at any hour', async () => {
    const staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
    const home = await family(1);
    const [paid] = (await booked(home, [await classWith(policy)])).bookings;
    const other = await family(1);
    const [free] = (await booked(other, [await classWith(policy, 0)])).bookings;
    if (!paid || !free) throw new Error('two bookings');
    setClock('2026-03-06T08:00:00Z');
    expect((await cancel(staff, paid)).body.booking).toMatchObject({ because: 'staff', refundFen: 2500, keptFen: 0 });
    expect(await quoted(other.parent, free)).toMatchObject({ refundFen: 0, keptFen: 0 });
    expect((await cancel(other.parent, free)).status).toBe(200);
  });
});

describe('canceling a part of an order', () => {
  const siblings = { family: { percentByChild: [100, 80, 50] } };

  test('A15: child B is canceled: the order total is the price of one child, the refund the difference to the fen', async () => {
    const home = await family(2);
    const sessionId = await classWith({ family: { percentByChild: [100, 70], mostFen: 4001 } });
    const { orderId, bookings: made } = await booked(home, [sessionId]);
    const [childA, childB] = made;
    if (!childA || !childB) throw new Error('two bookings');
    expect((await city.get(`/v1/orders/${orderId}`, { as: home.parent })).body.order.totalFen).toBe(4001);
    const shown = await quoted(home.parent, childB);
    expect(shown).toMatchObject({ differenceFen: 1501, refundFen: 1501, keptFen: 0 });
    const answer = await cancel(home.parent, childB, { refundFen: shown.refundFen });
    expect(answer.body.booking).toMatchObject({ state: 'canceled', refundFen: 1501, keptFen: 0 });
    const { order } = (await city.get(`/v1/orders/${orderId}`, { as: home.parent })).body;
    expect(order.totalFen).toBe(2500);
    expect((await storedSession(sessionId)).seats[childA.beneficiaryId]).toMatchObject({ priceFen: 2500 });
    await follow(await recordsOf(home));
    await mustAddUp(home, orderId);
  });

  test('the eldest is canceled: who stays pays as the first child, and part of the difference is kept late', async () => {
    const home = await family(2);
    const cancellation = [{ underHours: 24, keepPercent: 50 }];
    const { orderId, bookings: made } = await booked(home, [await classWith({ ...siblings, cancellation })]);
    const [eldest, younger] = made;
    if (!eldest || !younger) throw new Error('two bookings');
    setClock('2026-03-06T01:00:00Z');
    const shown = await quoted(home.parent, eldest);
    expect(shown).toMatchObject({ differenceFen: 2000, refundFen: 1000, keptFen: 1000 });
    expect(shown.repriced).toEqual([
      { personId: younger.beneficiaryId, bookingId: younger.bookingId, priceFen: 2500, byFen: 500 },
    ]);
    expect((await cancel(home.parent, eldest, { refundFen: 1000 })).status).toBe(200);
    const rows = await rowsOf(home);
    expect(rows.find(({ bookingId }) => bookingId === younger.bookingId)).toMatchObject({ residentPriceFen: 2500 });
    await follow(await recordsOf(home));
    await mustAddUp(home, orderId);
    const last = await quoted(home.parent, younger);
    expect(last).toMatchObject({ differenceFen: 2500, refundFen: 1250 });
  });

  test('nobody pays more because the center canceled: the place still counts for the discount', async () => {
    const staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
    const home = await family(3);
    const { orderId, bookings: made } = await booked(home, [await classWith(siblings)]);
    const [eldest, second, third] = made;
    if (!eldest || !second || !third) throw new Error('three bookings');
    expect((await cancel(staff, eldest)).body.booking).toMatchObject({ refundFen: 2500 });
    const rows = await rowsOf(home);
    expect(rows.map(({ residentPriceFen }) => residentPriceFen)).toEqual([2500, 2000, 1250]);
    const shown = await quoted(home.parent, second);
    expect(shown).toMatchObject({ differenceFen: 1250, repriced: [{ priceFen: 2000, byFen: 750 }] });
    expect((await cancel(home.parent, second, { refundFen: 1250 })).status).toBe(200);
    await follow(await recordsOf(home));
    await mustAddUp(home, orderId);
  });

  test('brothers and sisters who waited together are offered their places at what a family pays', async () => {
    const [there, home] = [await family(2), await family(2)];
    const sessionId = await classWith(siblings, 2500, 2);
    const { bookings: theirs } = await booked(there, [sessionId]);
    const body = {
      sessionIds: [sessionId],
      beneficiaryIds: home.children.map(({ personId }) => personId),
      ifFull: 'wait',
    };
    expect((await city.post('/v1/session-bookings', { as: home.parent, body })).body.waiting).toMatchObject({
      position: 1,
    });
    for (const of of theirs) await cancel(there.parent, of, { refundFen: (await quoted(there.parent, of)).refundFen });
    await follow(await recordsOf(home));
    await follow(await recordsOf(there));
    const [offered] = await storedRows(home.children[0]?.personId ?? '');
    expect(offered).toMatchObject({ state: 'held', heldFor: 'offer' });
    const orderId = offered?.orderId ?? '';
    const accepted = await city.post(`/v1/orders/${orderId}/confirm`, { as: home.parent, body: {} });
    expect(accepted.body.order).toMatchObject({ status: 'booked', totalFen: 4500 });
    const made: { bookingId: string; beneficiaryId: string }[] = accepted.body.order.bookings;
    const eldest = made.find(({ beneficiaryId }) => beneficiaryId === home.children[0]?.personId);
    if (!eldest) throw new Error('the eldest has a place');
    expect(await quoted(home.parent, eldest)).toMatchObject({ differenceFen: 2000, repriced: [{ priceFen: 2500 }] });
    await cancel(home.parent, eldest, { refundFen: 2000 });
    await follow(await recordsOf(home));
    await mustAddUp(home, orderId);
  });

  test('what is held is given up as a whole, and nothing was paid for it', async () => {
    const [home, alone] = [await family(2), await family(1)];
    const policy = { payment: { withinMinutes: 10 }, cancellation: [{ underHours: 200, keepPercent: 50 }] };
    const [child] = (await booked(home, [await classWith(policy)])).bookings;
    const [only] = (await booked(alone, [await classWith(policy)])).bookings;
    if (!child || !only) throw new Error('two holds');
    const asOne = { status: 409, body: { code: 'held-as-one' } };
    expect(await city.get(`${path(child)}/cancellation`, { as: home.parent })).toMatchObject(asOne);
    expect(await cancel(home.parent, child)).toMatchObject(asOne);
    expect(await quoted(alone.parent, only)).toMatchObject({ refundFen: 0, keptFen: 0 });
    expect((await cancel(alone.parent, only)).body.booking).toMatchObject({ state: 'canceled', because: 'withdrawn' });
    await follow(await recordsOf(alone));
    const [row] = await storedRows(only.beneficiaryId);
    expect(await readAmounts(system(), row?.orderId ?? '')).toEqual([]);
  });

  test('A15: two of an order canceled at once, twenty times each, give every fen back once', async () => {
    const home = await family(4);
    const sessionId = await classWith({ family: { percentByChild: [100, 80, 50], mostFen: 6000 } });
    const { orderId, bookings: made } = await booked(home, [sessionId]);
    const leaving = made.slice(0, 3);
    const tries = Array.from({ length: 20 }, () => leaving).flat();
    const one = async (of: (typeof leaving)[number]) => {
      for (;;) {
        const { status, body } = await city.get(`${path(of)}/cancellation`, { as: home.parent });
        if (status === 409) return;
        const answer = await cancel(home.parent, of, { refundFen: body.cancellation.refundFen });
        // What was shown was overtaken by the others: look again, as a person would.
        if (answer.body.code !== 'amount-changed' && answer.status !== 503) {
          expect(answer.status, answer.text).toBe(200);
          return;
        }
      }
    };
    await Promise.all(tries.map(one));
    const rows = await rowsOf(home);
    const stored = rows.filter(({ state }) => isActive(state));
    expect(stored.map(({ residentPriceFen }) => residentPriceFen)).toEqual([2500]);
    expect(sum(rows.map(({ refundFen = 0 }) => refundFen))).toBe(6000 - 2500);
    const records = await recordsOf(home);
    await follow([...records, ...records]);
    await mustAddUp(home, orderId);
    const personIds = home.children.map(({ personId }) => personId);
    expect(await differences({ sessionIds: [sessionId], dates: [DATE], personIds })).toEqual([]);
  });

  test('amounts of an order always add up: what was paid is what stands plus what was kept', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.record({
          percentByChild: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 3 }),
          mostFen: fc.integer({ min: 0, max: 9_000 }),
        }),
        fc.integer({ min: 0, max: 100 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
        async (count, rule, keepPercent, picks) => {
          setClock('2026-03-05T01:00:00Z');
          const home = await family(count);
          const policy = { family: rule, cancellation: [{ underHours: 48, keepPercent }] };
          const staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
          const { orderId, bookings: made } = await booked(home, [await classWith(policy, 2_333)]);
          const single = made.length === 1;
          for (const pick of picks) {
            const of = made[pick % made.length];
            if (!of) continue;
            const as = pick % 3 === 0 ? staff : home.parent;
            const { status, body } = await city.get(`${path(of)}/cancellation`, { as });
            if (status !== 200) continue;
            const { refundFen, keptFen } = body.cancellation;
            const answer = await cancel(as, of, { refundFen });
            const { refundFen: r = 0, keptFen: k = 0 } = answer.body.booking;
            expect({ refundFen: r, keptFen: k }).toEqual({ refundFen, keptFen });
          }
          const records = await recordsOf(home);
          await follow([...records, ...records]);
          await mustAddUp(home, single ? (made[0]?.bookingId ?? '') : orderId);
        },
      ),
      { numRuns: 8 },
    );
  }, 120_000);
});
