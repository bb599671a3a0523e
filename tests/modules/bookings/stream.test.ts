import { randomUUID } from 'node:crypto';
import type { Context, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as bookings from '../../../functions/bookings/handler.ts';
import { auditCenter, releaseOverdueOrders } from '../../../functions/bookings/schedule.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { handler } from '../../../functions/stream/handler.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { releaseSeat } from '../../../shared/booking/claim/release.ts';
import { claimSeats } from '../../../shared/booking/claim/seats.ts';
import { agendaDayItem } from '../../../shared/booking/items/day-sheet.ts';
import type { Seat } from '../../../shared/booking/items/session.ts';
import { decideOrder, openOrder, order } from '../../../shared/booking/order/order.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { bookingIdFor, randomId } from '../../../shared/kernel/ids.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get } from '../../../shared/table/read.ts';
import { center, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { cityOf, setClock, tenants, wait } from '../../support/invoke.ts';
import { streamRecords } from '../../support/stream.ts';

const city = cityOf(sessions, bookings);
const system = () => asSystem(tenants()[0], clockNow());
const DATE = '2026-03-04';
let person: Someone;

beforeAll(async () => {
  await center('yuhu');
});
beforeEach(async () => {
  setClock('2026-03-02T01:00:00Z');
  person = await someone();
});

const fresh = (facts: Parameters<typeof session>[2] = {}, date = DATE) =>
  session('yuhu', date, { slug: `class-${randomUUID().slice(0, 8)}`, ...facts });

const seatFor = (facts: Partial<Seat> = {}): Seat => ({
  b: bookingIdFor(DATE, randomUUID()),
  a: person.personId,
  t: clockNow().toISOString(),
  h: 'request',
  ...facts,
});

async function follow(records: readonly DynamoDBRecord[]): Promise<void> {
  const answer = await handler({ Records: [...records] } satisfies DynamoDBStreamEvent, {} as Context, () => undefined);
  expect(answer).toEqual({ batchItemFailures: [] });
}

const mine = async () => (await city.get('/v1/bookings', { as: person })).body.bookings;
const agenda = () => get(keys.booking.agendaDay(tenants()[0], person.personId, DATE), agendaDayItem);

describe('a function that dies between the claim and the row', () => {
  test('leaves a row and a taken day all the same, once, however often the record comes', async () => {
    const sessionId = await fresh();
    const seat = seatFor();
    await claimSeats(system(), await storedSession(sessionId), { [person.personId]: seat });
    expect(await mine()).toEqual([]);
    const records = await streamRecords();
    await follow([...records, ...records, ...[...records].reverse()]);
    expect(await mine()).toMatchObject([{ bookingId: seat.b, sessionId, state: 'booked' }]);
    expect((await agenda())?.entries).toEqual({ [seat.b]: { s: '16:30', e: '18:00', of: sessionId } });
  });

  test('gives the place back when the person turns out to be elsewhere at that time', async () => {
    const first = await fresh();
    const body = { sessionIds: [first], beneficiaryIds: [person.personId] };
    expect((await city.post('/v1/session-bookings', { as: person, body })).status).toBe(201);
    const second = await fresh();
    await claimSeats(system(), await storedSession(second), { [person.personId]: seatFor() });
    await follow(await streamRecords());
    expect(await storedSession(second)).toMatchObject({ taken: 0, seats: {} });
    expect((await mine()).map((row: { sessionId: string }) => row.sessionId)).toEqual([first]);
  });

  test('in the middle of a cancellation leaves a canceled row and a free day', async () => {
    const sessionId = await fresh();
    const body = { sessionIds: [sessionId], beneficiaryIds: [person.personId] };
    const { bookingId } = (await city.post('/v1/session-bookings', { as: person, body })).body.bookings[0];
    await releaseSeat(system(), sessionId, person.personId, bookingId);
    await follow(await streamRecords());
    expect(await mine()).toMatchObject([{ bookingId, state: 'canceled' }]);
    expect((await agenda())?.busy.size).toBe(0);
  });
});

describe('an order over several sessions', () => {
  async function halfPlaced() {
    const [one, two] = [await fresh(), await fresh({ startsAt: '18:00', endsAt: '19:00' })];
    const orderId = randomId('o');
    const seat = seatFor({ o: orderId });
    await openOrder(system(), {
      orderId,
      actorId: person.personId,
      h: 'request',
      createdAt: seat.t,
      places: [
        { sessionId: one, personId: person.personId, bookingId: seat.b, endsAt: '18:00' },
        { sessionId: two, personId: person.personId, bookingId: seat.b, endsAt: '19:00' },
      ],
    });
    await claimSeats(system(), await storedSession(one), { [person.personId]: seat });
    return { one, two, orderId };
  }

  test('whose function died is nobody’s booking, and a minute later its places are free', async () => {
    const { one, orderId } = await halfPlaced();
    await follow(await streamRecords());
    expect(await mine()).toEqual([]);
    expect(await releaseOverdueOrders(system())).toBe(0);
    wait(61);
    expect(await releaseOverdueOrders(system())).toBe(1);
    expect(await storedSession(one)).toMatchObject({ taken: 0, seats: {} });
    expect(await get(keys.booking.order(tenants()[0], orderId), order)).toMatchObject({ status: 'released' });
    expect(await releaseOverdueOrders(system())).toBe(0);
  });

  test('once committed gets all its rows from the stream', async () => {
    const { one, two, orderId } = await halfPlaced();
    const held = (await storedSession(one)).seats[person.personId];
    if (!held) throw new Error('no seat');
    await claimSeats(system(), await storedSession(two), { [person.personId]: held });
    await decideOrder(system(), orderId, { to: 'booked' });
    await follow(await streamRecords());
    expect((await storedSession(two)).taken).toBe(1);
    expect((await mine()).length).toBeGreaterThan(0);
  });
});

test('the audit of a center finds a claim without its row, mends it, and is quiet the next time', async () => {
  const sessionId = await fresh();
  const seat = seatFor();
  await claimSeats(system(), await storedSession(sessionId), { [person.personId]: seat });
  wait(120);
  expect(await auditCenter(system(), 'yuhu')).toContain(seat.b);
  expect(await auditCenter(system(), 'yuhu')).not.toContain(seat.b);
  expect((await mine()).map((row: { bookingId: string }) => row.bookingId)).toContain(seat.b);
});
