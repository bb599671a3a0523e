import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { releaseOverdueOrders } from '../../../functions/bookings/schedule.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import {
  center,
  offering,
  people,
  type Someone,
  session,
  storedSession,
  storedWaitlist,
} from '../../support/builders.ts';
import { type CityUnderTest, eventually, startTestCity } from '../../support/city.ts';
import { differences, storedOrder, storedRows } from '../../support/claims.ts';
import { tenants } from '../../support/tenants.ts';
import { afterQuiet } from './storm.ts';

const date = '2026-03-04';
const PRICE_FEN = 1_500;
let city: CityUnderTest;

beforeAll(async () => {
  city = await startTestCity();
  await center('yuhu');
});
afterAll(() => city.stop());

const slug = () => `x${randomUUID().slice(0, 8)}`;
async function paidClass(capacity = 1): Promise<string> {
  const name = slug();
  await offering('yuhu', name, { policy: { payment: { withinMinutes: 10 } }, residentPriceFen: PRICE_FEN });
  return session('yuhu', date, { slug: name, capacity, residentPriceFen: PRICE_FEN });
}

const one = async (): Promise<Someone> => {
  const [someone] = await people(1);
  if (!someone) throw new Error('nobody');
  return someone;
};

const book = (as: Someone, sessionId: string, ifFull = 'refuse', idempotencyKey = randomUUID()) =>
  city.post('/v1/session-bookings', {
    as,
    idempotencyKey,
    body: { sessionIds: [sessionId], beneficiaryIds: [as.personId], ifFull },
  });
const confirm = (as: Someone, orderId: string, amountFen?: number) =>
  city.post(`/v1/orders/${orderId}/confirm`, { as, body: amountFen === undefined ? {} : { amountFen } });
const stateOf = async ({ personId }: Someone) => (await storedRows(personId)).map(({ state }) => state);
const until = (what: string, so: () => Promise<boolean>) =>
  eventually(what, 10_000, async () => ((await so()) ? true : undefined));

/** The sweep, as it will be so many seconds from now. */
async function sweepIn(seconds: number): Promise<void> {
  const by = asSystem(tenants()[0], new Date(city.now().getTime() + seconds * 1_000));
  await releaseOverdueOrders(by);
}

describe('a hold whose function dies', () => {
  test.each([1, 2, 3])('after write %i, before it is held, is gone a minute later', async (afterWrites) => {
    const [me, sessionId] = [await one(), await paidClass()];
    city.killNext('sessions', { afterWrites });
    expect((await book(me, sessionId)).status).toBe(500);
    await sweepIn(61);
    await until('the place is free', async () => (await storedSession(sessionId)).taken === 0);
    expect((await book(await one(), sessionId)).status).toBe(201);
    expect(await stateOf(me)).toEqual([]);
  });

  test('after it is held, before its row, is shown as held by the stream, and can be paid', async () => {
    const [me, sessionId] = [await one(), await paidClass()];
    const key = randomUUID();
    city.killNext('sessions', { afterWrites: 4 });
    expect((await book(me, sessionId, 'refuse', key)).status).toBe(500);
    await until('the row says held', async () => (await stateOf(me)).join() === 'held');
    const again = await book(me, sessionId, 'refuse', key);
    expect(again.body.bookings).toMatchObject([{ state: 'held', heldFor: 'payment' }]);
    expect((await confirm(me, again.body.orderId, PRICE_FEN)).body.order.status).toBe('booked');
    await afterQuiet({ sessionIds: [sessionId], dates: [date], personIds: [me.personId] });
  });

  test.each([1, 2, 3])(
    'confirmed, the function dying after write %i: it is booked, and no sweep takes it',
    async (afterWrites) => {
      const [me, sessionId] = [await one(), await paidClass()];
      const { orderId } = (await book(me, sessionId)).body;
      city.killNext('bookings', { afterWrites });
      const { status } = await confirm(me, orderId, PRICE_FEN);
      // What comes after the decision the stream may have written before the function could: then it is not there to die after.
      if (afterWrites === 1) expect(status).toBe(500);
      else expect([200, 500]).toContain(status);
      city.killNext('bookings', { afterWrites: Number.MAX_SAFE_INTEGER });
      await until('the row says booked', async () => (await stateOf(me)).join() === 'booked');
      await until(
        'the seat has no end',
        async () => (await storedSession(sessionId)).seats[me.personId]?.heldUntilEpochSeconds === undefined,
      );
      await sweepIn(3_600);
      expect((await confirm(me, orderId, PRICE_FEN)).status).toBe(200);
      await afterQuiet({ sessionIds: [sessionId], dates: [date], personIds: [me.personId] });
    },
  );

  test('lapsing, the sweep dying after the decision: the place is free all the same', async () => {
    const [me, sessionId] = [await one(), await paidClass()];
    const { orderId } = (await book(me, sessionId)).body;
    city.killNext('bookings-schedule', { afterWrites: 1 });
    await city.fireSchedule('bookings-schedule').catch(() => undefined);
    expect((await storedOrder(orderId))?.status).toBe('held');
    await sweepIn(601);
    await until('the row says lapsed', async () => (await stateOf(me)).join() === 'lapsed');
    await afterQuiet({ sessionIds: [sessionId], dates: [date], personIds: [me.personId] });
  });
});

describe('the waitlist while functions die', () => {
  async function oneWaits() {
    const [holder, waiting] = [await one(), await one()];
    const sessionId = await session('yuhu', date, { slug: slug(), capacity: 1 });
    const { bookingId } = (await book(holder, sessionId)).body.bookings[0];
    return { holder, waiting, sessionId, bookingId };
  }
  const cancel = (as: Someone, bookingId: string) =>
    city.post(`/v1/people/${as.personId}/bookings/${bookingId}/cancel`, { as, body: { refundFen: 0 } });

  test.each([1, 2])(
    'joining that dies after write %i leaves nothing, or a place in line with its number',
    async (afterWrites) => {
      const { waiting, sessionId } = await oneWaits();
      const key = randomUUID();
      city.killNext('sessions', { afterWrites });
      expect((await book(waiting, sessionId, 'wait', key)).status).toBe(500);
      const again = await book(waiting, sessionId, 'wait', key);
      expect(again.body.waiting).toMatchObject({ position: 1 });
      expect(await storedWaitlist(sessionId)).toHaveLength(1);
      await until('it has its number', async () => {
        const { waiting: mine } = (await city.get('/v1/waiting', { as: waiting })).body;
        return mine[0]?.number === 1;
      });
    },
  );

  test.each([1, 2, 3])(
    'the stream dying after write %i of a promotion: offered once, within seconds',
    async (afterWrites) => {
      const { holder, waiting, sessionId, bookingId } = await oneWaits();
      expect((await book(waiting, sessionId, 'wait')).body.waiting.number).toBe(1);
      // What the joining itself brings must be over, or its records are what dies.
      await until(
        'the number is filed',
        async () => (await city.get('/v1/waiting', { as: waiting })).body.waiting[0]?.number === 1,
      );
      city.killNext('stream', { afterWrites });
      expect((await cancel(holder, bookingId)).status).toBe(200);
      await until('the offer is there', async () => (await stateOf(waiting)).includes('held'));
      const { decisions, taken } = await storedSession(sessionId);
      expect([decisions, taken, await storedWaitlist(sessionId)]).toEqual([1, 1, []]);
      const [row] = await storedRows(waiting.personId);
      expect((await confirm(waiting, row?.orderId ?? '')).body.order.status).toBe('booked');
      const scene = { sessionIds: [sessionId], dates: [date], personIds: [holder.personId, waiting.personId] };
      await afterQuiet(scene);
      expect(await differences(scene)).toEqual([]);
    },
  );

  test('a cancellation leads to an offer within five seconds', async () => {
    const { holder, waiting, sessionId, bookingId } = await oneWaits();
    await book(waiting, sessionId, 'wait');
    const canceledAt = Date.now();
    await cancel(holder, bookingId);
    await until('the offer is there', async () => (await stateOf(waiting)).includes('held'));
    expect(Date.now() - canceledAt).toBeLessThan(5_000);
  });
});
