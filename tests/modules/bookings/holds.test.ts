import { randomUUID } from 'node:crypto';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as bookings from '../../../functions/bookings/handler.ts';
import { releaseOverdueOrders } from '../../../functions/bookings/schedule.ts';
import * as rooms from '../../../functions/rooms/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { handler } from '../../../functions/stream/handler.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { decideOrder } from '../../../shared/booking/order/order.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import {
  center,
  offering,
  people,
  room,
  type Someone,
  session,
  someone,
  storedSession,
} from '../../support/builders.ts';
import { differences, storedRoomDay, storedRows } from '../../support/claims.ts';
import { cityOf, setClock, tenants, wait } from '../../support/invoke.ts';
import { StreamReader } from '../../support/stream.ts';

const city = cityOf(sessions, rooms, bookings);
const system = () => asSystem(tenants()[0], clockNow());
const DATE = '2026-03-04';
let staff: Someone;

beforeAll(async () => {
  setClock('2026-03-02T01:00:00Z');
  await center('yuhu');
  staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
});
beforeEach(() => setClock('2026-03-02T01:00:00Z'));

const unique = () => `x${randomUUID().slice(0, 8)}`;

const stream = new StreamReader();

async function follow(): Promise<void> {
  const records = await stream.next();
  // Twice, and the second time backwards: nothing depends on how records come.
  const Records = [...records, ...[...records].reverse()];
  const answer = await handler({ Records } satisfies DynamoDBStreamEvent, {} as Context, () => undefined);
  expect(answer).toEqual({ batchItemFailures: [] });
}

/** A class that is paid within ten minutes, or that the center approves within a day, with so many places. */
async function classWith(policy: object, capacity = 1, priceFen = 0): Promise<string> {
  const slug = unique();
  await offering('yuhu', slug, { policy, residentPriceFen: priceFen });
  return session('yuhu', DATE, { slug, capacity, residentPriceFen: priceFen });
}
const paid = (capacity = 1) => classWith({ payment: { withinMinutes: 10 } }, capacity, 2_500);
const approved = (capacity = 1) => classWith({ approval: { withinHours: 24 } }, capacity);

const book = (as: Someone, sessionId: string, idempotencyKey = randomUUID()) =>
  city.post('/v1/session-bookings', {
    as,
    idempotencyKey,
    body: { sessionIds: [sessionId], beneficiaryIds: [as.personId] },
  });
const confirm = (as: Someone, orderId: string, body: object = { amountFen: 2_500 }) =>
  city.post(`/v1/orders/${orderId}/confirm`, { as, body });
const mine = async (as: Someone) => (await city.get('/v1/bookings', { as })).body.bookings;

describe('A03: a place is held while somebody pays', () => {
  test('given up by a function that died: canceling it again ends what it began, and a hold that ran out has lapsed', async () => {
    const [me, late] = [await someone(), await someone()];
    const sessionId = await paid(2);
    const given = (await book(me, sessionId)).body;
    const lapsed = (await book(late, sessionId)).body;
    // The decision, and nothing after it.
    await decideOrder(system(), given.orderId, { to: 'released', because: 'withdrawn', decidedBy: me.personId });
    await decideOrder(system(), lapsed.orderId, { to: 'released', because: 'hold-expired' });
    const cancel = (as: Someone, { bookingId }: { bookingId: string }, body: object = {}) =>
      city.post(`/v1/people/${as.personId}/bookings/${bookingId}/cancel`, { as, body });
    expect((await cancel(me, given.bookings[0], { refundFen: 0 })).body.booking).toMatchObject({
      state: 'canceled',
      because: 'withdrawn',
      endedBy: me.personId,
    });
    expect((await cancel(late, lapsed.bookings[0])).body.booking).toMatchObject({ state: 'lapsed' });
    expect((await storedSession(sessionId)).taken).toBe(0);
    const personIds = [me.personId, late.personId];
    expect(await differences({ sessionIds: [sessionId], dates: [DATE], personIds })).toEqual([]);
  });

  test('A03: and frees itself: the second books it, the first is told hold-expired', async () => {
    const [first, second] = [await someone(), await someone()];
    const sessionId = await paid();
    const held = await book(first, sessionId);
    expect(held.status).toBe(201);
    expect(held.body.bookings).toMatchObject([{ state: 'held', heldFor: 'payment', residentPriceFen: 2_500 }]);
    expect((await book(second, sessionId)).body.code).toBe('session-full');
    wait(9 * 60 + 50);
    expect((await book(second, sessionId)).body.code).toBe('session-full');
    wait(11);
    // The sweep has not come by: whoever wants the place finds it free all the same.
    expect((await book(second, sessionId)).status).toBe(201);
    expect((await confirm(first, held.body.orderId)).body.code).toBe('hold-expired');
    await follow();
    expect(await mine(first)).toMatchObject([{ state: 'lapsed', because: 'hold-expired' }]);
    expect((await storedSession(sessionId)).taken).toBe(1);
  });

  test('confirmed in time it is a booking that no sweep takes back, however late', async () => {
    const me = await someone();
    const sessionId = await paid();
    const { orderId } = (await book(me, sessionId)).body;
    expect((await confirm(me, orderId, { amountFen: 1 })).body).toMatchObject({
      code: 'amount-changed',
      facts: { amountFen: 2_500 },
    });
    expect((await confirm(me, orderId)).body.order).toMatchObject({
      status: 'booked',
      bookings: [{ state: 'booked' }],
    });
    expect((await confirm(me, orderId)).status).toBe(200);
    wait(3_600);
    await follow();
    await releaseOverdueOrders(system());
    expect(await storedRows(me.personId)).toMatchObject([{ state: 'booked' }]);
    const { seats } = await storedSession(sessionId);
    expect(seats[me.personId]).not.toHaveProperty('u');
  });

  test('the very second decides: one of fifty confirmations and lapses at the same time, never both', async () => {
    const me = await someone();
    const sessionId = await paid();
    const { orderId } = (await book(me, sessionId)).body;
    wait(10 * 60 - 1);
    const early = clockNow();
    wait(2);
    const answers = await Promise.all([
      ...Array.from({ length: 25 }, () => confirm(me, orderId)),
      ...Array.from({ length: 25 }, () => releaseOverdueOrders(asSystem(tenants()[0], early))),
    ]);
    const statuses = answers.flatMap((answer) => (typeof answer === 'number' ? [] : [answer.status]));
    expect(new Set(statuses)).toEqual(new Set([409]));
    expect(await releaseOverdueOrders(system())).toBeGreaterThan(0);
    await follow();
    expect((await storedSession(sessionId)).taken).toBe(0);
    expect(await differences({ sessionIds: [sessionId], dates: [DATE], personIds: [me.personId] })).toEqual([]);
  });

  test('given up it is free at once, and the order cannot be confirmed any more', async () => {
    const [me, other] = [await someone(), await someone()];
    const sessionId = await paid();
    const { orderId } = (await book(me, sessionId)).body;
    expect((await city.post(`/v1/orders/${orderId}/decline`, { as: me })).body.order.status).toBe('released');
    expect((await book(other, sessionId)).status).toBe(201);
    expect((await confirm(me, orderId)).body.code).toBe('already-decided');
    expect((await city.post(`/v1/orders/${orderId}/decline`, { as: me })).status).toBe(200);
    expect((await city.get(`/v1/orders/${orderId}`, { as: other })).body.code).toBe('not-found');
  });
});

describe('A02: what the center must approve holds its place', () => {
  test('A02: the second for the same slot is refused; of two approvals at once one counts', async () => {
    const [one, two] = [await someone(), await someone()];
    const roomId = await room('yuhu', unique());
    const offeringId = await offering('yuhu', unique(), { policy: { approval: { withinHours: 24 } } });
    const body = { date: DATE, startsAt: '10:00', endsAt: '11:00', purpose: '宴会', offeringId };
    const first = await city.post(`/v1/rooms/${roomId}/bookings`, { as: one, body });
    expect(first.body.booking).toMatchObject({ state: 'held', heldFor: 'approval' });
    expect((await city.post(`/v1/rooms/${roomId}/bookings`, { as: two, body })).body.code).toBe('slot-taken');
    const { orderId } = first.body.booking;
    await follow();
    const listed = await city.get('/v1/centers/yuhu/approvals', { as: staff });
    expect(listed.body.orders.map((order: { orderId: string }) => order.orderId)).toContain(orderId);
    expect((await city.post(`/v1/orders/${orderId}/approve`, { as: one })).body.code).toBe('forbidden');
    const both = await Promise.all([1, 2].map(() => city.post(`/v1/orders/${orderId}/approve`, { as: staff })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('already-decided');
    await follow();
    expect(await mine(one)).toMatchObject([{ state: 'booked', orderId }]);
    expect((await city.get('/v1/centers/yuhu/approvals', { as: staff })).text).not.toContain(orderId);
    expect(await differences({ roomIds: [roomId], dates: [DATE], personIds: [one.personId, two.personId] })).toEqual(
      [],
    );
  });

  test('refused by the center, its time is free; approved too late, it has gone', async () => {
    const [one, two] = [await someone(), await someone()];
    const sessionId = await approved();
    const { orderId } = (await book(one, sessionId)).body;
    expect((await city.post(`/v1/orders/${orderId}/reject`, { as: staff })).body.order.status).toBe('released');
    const again = await book(two, sessionId);
    expect(again.status).toBe(201);
    wait(24 * 3_600 + 1);
    const nextDay = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
    const late = await city.post(`/v1/orders/${again.body.orderId}/approve`, { as: nextDay });
    expect(late.body.code).toBe('hold-expired');
    await releaseOverdueOrders(system());
    await follow();
    expect((await storedSession(sessionId)).taken).toBe(0);
    expect(await storedRows(one.personId)).toMatchObject([{ state: 'canceled', because: 'rejected' }]);
    expect(await storedRows(two.personId)).toMatchObject([{ state: 'lapsed' }]);
  });
});

describe('A04: a room with what comes with it', () => {
  const withAll = async () => {
    const roomId = await room('yuhu', unique());
    const projector = await room('yuhu', unique(), { kind: 'equipment' });
    const teacher = await room('yuhu', unique(), { kind: 'teacher' });
    return { roomId, projector, teacher };
  };
  const ask = (as: Someone, roomId: string, others: string[], startsAt = '10:00', idempotencyKey = randomUUID()) =>
    city.post(`/v1/rooms/${roomId}/bookings`, {
      as,
      idempotencyKey,
      body: { date: DATE, startsAt, endsAt: '12:00', purpose: '讲座', with: others },
    });
  const starts = async (resourceId: string) =>
    (await city.get(`/v1/rooms/${resourceId}/availability?from=${DATE}&days=1`)).body.days[0].freeStarts;

  test('A04: one of three is busy: 409, and the other two are as free as before', async () => {
    const { roomId, projector, teacher } = await withAll();
    const elsewhere = await room('yuhu', unique());
    expect((await ask(await someone(), elsewhere, [teacher])).status).toBe(201);
    const before = [await starts(roomId), await starts(projector)];
    const answer = await ask(await someone(), roomId, [projector, teacher], '11:00');
    expect(answer.body).toMatchObject({ code: 'slot-taken', facts: { roomId: teacher } });
    expect([await starts(roomId), await starts(projector)]).toEqual(before);
    expect(await mine(await someone())).toEqual([]);
  });

  test('x50 for the last projector: one, and nothing of the others stays', async () => {
    const { projector } = await withAll();
    const roomIds = await Promise.all(Array.from({ length: 5 }, () => room('yuhu', unique())));
    const crowd = await people(50);
    const answers = await Promise.all(
      crowd.map((as, index) => ask(as, roomIds[index % roomIds.length] ?? '', [projector])),
    );
    const won = answers.filter(({ status }) => status === 201);
    // Fifty transactions on one sheet: a few are told to come again, none is told a lie.
    expect(won.length).toBe(1);
    expect(new Set(answers.map(({ body }) => body.code))).not.toContain('internal');
    await follow();
    const scene = { roomIds, dates: [DATE], personIds: crowd.map(({ personId }) => personId) };
    expect(await differences(scene)).toEqual([]);
    expect(Object.keys((await storedRoomDay(projector, DATE)).entries)).toHaveLength(1);
  });

  test('canceled, everything that came with it is free; repeated, it is the same booking', async () => {
    const { roomId, projector, teacher } = await withAll();
    const me = await someone();
    const key = randomUUID();
    const first = await ask(me, roomId, [projector, teacher], '10:00', key);
    const again = await ask(me, roomId, [projector, teacher], '10:00', key);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const { bookingId } = first.body.booking;
    await city.post(`/v1/people/${me.personId}/bookings/${bookingId}/cancel`, { as: me });
    for (const resource of [roomId, projector, teacher])
      expect((await storedRoomDay(resource, DATE)).busy.size, resource).toBe(0);
  });

  test('a class in a room and a booking of it see each other', async () => {
    const { roomId, projector } = await withAll();
    const first = await ask(await someone(), roomId, []);
    expect(first.status).toBe(201);
    expect((await ask(await someone(), roomId, [projector], '11:00')).body.code).toBe('slot-taken');
    const second = await room('yuhu', unique());
    expect((await ask(await someone(), second, [roomId])).body.code).toBe('not-with-room');
  });
});

describe('A07: buffers of each use, and nobody else’s booking in them', () => {
  test('A07: with 15 minutes before and 10 after, the two adjacent slots are missing', async () => {
    const roomId = await room('yuhu', unique());
    const policy = { buffers: { beforeMinutes: 15, afterMinutes: 10 } };
    const offeringId = await offering('yuhu', unique(), { policy });
    const free = async () =>
      (await city.get(`/v1/rooms/${roomId}/availability?from=${DATE}&days=1&offeringId=${offeringId}`)).body.days[0]
        .freeStarts;
    const before: string[] = await free();
    const body = { date: DATE, startsAt: '10:00', endsAt: '11:00', purpose: '排练', offeringId };
    expect((await city.post(`/v1/rooms/${roomId}/bookings`, { as: await someone(), body })).status).toBe(201);
    const gone = before.filter((start) => !['10:00', '10:15', '10:30', '10:45'].includes(start));
    const after: string[] = await free();
    expect(gone.filter((start) => !after.includes(start))).toEqual(['09:45', '11:00']);
  });

  test('buffers of neighbors may overlap each other, never a booking', async () => {
    const roomId = await room('yuhu', unique());
    const policy = { buffers: { beforeMinutes: 30, afterMinutes: 30 } };
    const offeringId = await offering('yuhu', unique(), { policy });
    const at = async (startsAt: string, endsAt: string, use: object = { offeringId }) =>
      (
        await city.post(`/v1/rooms/${roomId}/bookings`, {
          as: await someone(),
          body: { date: DATE, startsAt, endsAt, purpose: '排练', ...use },
        })
      ).status;
    expect(await at('10:00', '11:00')).toBe(201);
    expect(await at('11:15', '12:00')).toBe(409);
    expect(await at('11:30', '12:00')).toBe(201);
    // Without a buffer of one's own one may not sit in somebody else's.
    expect(await at('09:30', '10:00', {})).toBe(409);
    expect(await at('09:00', '09:30', {})).toBe(201);
  });
});
