import { randomUUID } from 'node:crypto';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '../../../shared/access/authorize.ts';
import { claimSeats } from '../../../shared/booking/claim/seats.ts';
import { decideOrder, openOrder } from '../../../shared/booking/order/order.ts';
import { bookingIdFor, randomId } from '../../../shared/kernel/ids.ts';
import { tableClient, tableName } from '../../../shared/table/client.ts';
import { keys } from '../../../shared/table/keys.ts';
import { center, people, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { type CityUnderTest, eventually, startTestCity, warmUp } from '../../support/city.ts';
import { storedOrder, storedRows } from '../../support/claims.ts';
import { tenants } from '../../support/tenants.ts';
import { afterQuiet, calm, hurricane, seeds, settled, storm } from './storm.ts';

const dates = ['2026-03-09', '2026-03-10', '2026-03-11'];

let city: CityUnderTest;

beforeAll(async () => {
  city = await startTestCity();
  await center('yuhu');
  await warmUp(city);
});
afterEach(() => calm(city));
afterAll(() => city.stop());

/** One session a day on three days, of a class of its own. */
const threeDays = (capacity: number | readonly number[]) => {
  const slug = `class-${randomUUID().slice(0, 8)}`;
  const places = (index: number) => (typeof capacity === 'number' ? capacity : (capacity[index] ?? 0));
  return Promise.all(dates.map((date, index) => session('yuhu', date, { slug, capacity: places(index) })));
};

const order = (
  as: Someone,
  sessionIds: readonly string[],
  persons: readonly Someone[] = [as],
  key = `${randomUUID()}`,
) =>
  city.post('/v1/session-bookings', {
    as,
    idempotencyKey: key,
    body: { sessionIds, beneficiaryIds: persons.map(({ personId }) => personId) },
  });

const idsOf = (persons: readonly Someone[]) => persons.map(({ personId }) => personId);

/** On how many of the days each person has a place. */
async function placesOf(persons: readonly Someone[], sessionIds: readonly string[]): Promise<number[]> {
  const stored = await Promise.all(sessionIds.map(storedSession));
  return persons.map(({ personId }) => stored.filter(({ seats }) => personId in seats).length);
}

/** A minute passes for an order, and the clock of the city strikes. */
async function aMinuteLater(orderIds: readonly string[]): Promise<void> {
  for (const orderId of orderIds) {
    if ((await storedOrder(orderId))?.status !== 'claiming') continue;
    const { pk, sk } = keys.booking.order(tenants()[0], orderId);
    await tableClient().send(
      new UpdateItemCommand({
        TableName: tableName(),
        Key: { pk: { S: pk }, sk: { S: sk } },
        UpdateExpression: 'SET dueAtEpochSeconds = :past',
        ConditionExpression: '#status = :claiming',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':past': { N: '1' }, ':claiming': { S: 'claiming' } },
      }),
    );
  }
  await city.fireSchedule('bookings-schedule');
}

describe.each(seeds)('in storm %i', (seed) => {
  test('three days are all or none for everybody, and everybody was told the truth', async () => {
    const crowd = await people(12);
    const sessionIds = await threeDays([4, 2, 4]);
    storm(city, seed);
    const answers = await Promise.all(
      crowd.map((one) => {
        const key = randomUUID();
        return settled(city, () => order(one, sessionIds, [one], key));
      }),
    );
    calm(city);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(refused.map(() => [409, 'session-full']));
    expect(await placesOf(crowd, sessionIds)).toEqual(answers.map(({ status }) => (status === 201 ? 3 : 0)));
    expect(answers.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(2);
    await afterQuiet({ sessionIds, dates, personIds: idsOf(crowd) });
  });

  test('who gives up on a “try again” has all three days or, a minute later, none', async () => {
    const crowd = await people(12);
    const sessionIds = await threeDays([4, 3, 4]);
    hurricane(city, seed);
    const answers = await Promise.all(crowd.map((one) => order(one, sessionIds)));
    calm(city);
    expect(answers.filter(({ status }) => ![201, 409, 503].includes(status)).map(({ text }) => text)).toEqual([]);
    expect(
      answers.some(({ status }) => status === 503),
      'somebody was left without an answer',
    ).toBe(true);
    await aMinuteLater(await ordersOf(sessionIds));
    // An order that was released while a place of it could not be given back is the stream's to finish.
    await afterQuiet({ sessionIds, dates, personIds: idsOf(crowd) });
    const places = await placesOf(crowd, sessionIds);
    for (const [index, { status, text }] of answers.entries()) {
      if (status === 201) expect(places[index], text).toBe(3);
      else if (status === 409) expect(places[index], text).toBe(0);
      else expect([0, 3], text).toContain(places[index]);
    }
  });
});

/** The orders whose places stand in these sessions. */
async function ordersOf(sessionIds: readonly string[]): Promise<string[]> {
  const stored = await Promise.all(sessionIds.map(storedSession));
  const ids = stored.flatMap(({ seats }) => Object.values(seats).flatMap(({ orderId }) => orderId ?? []));
  return [...new Set(ids)];
}

describe('an order whose function dies', () => {
  const personOrder = async (capacity: number | readonly number[] = 5) => {
    const [one] = await people(1);
    if (!one) throw new Error('nobody');
    const sessionIds = await threeDays(capacity);
    const key = randomUUID();
    return { one, sessionIds, send: () => order(one, sessionIds, [one], key) };
  };

  test.each([2, 4, 7])(
    'after write %i of eleven is nobody’s booking, and a minute later its places are free',
    async (afterWrites) => {
      const { one, sessionIds, send } = await personOrder();
      city.killNext('sessions', { afterWrites });
      expect((await send()).status).toBe(500);
      const open = await ordersOf(sessionIds);
      expect(open).toHaveLength(1);
      expect(await storedRows(one.personId)).toEqual([]);
      await aMinuteLater(open);
      expect(await placesOf([one], sessionIds)).toEqual([0]);
      await afterQuiet({ sessionIds, dates, personIds: [one.personId] });
      expect((await send()).body).toMatchObject({ status: 409, code: 'order-released' });
    },
  );

  test('and whose person tries again within the minute is booked whole', async () => {
    const { one, sessionIds, send } = await personOrder();
    city.killNext('sessions', { afterWrites: 4 });
    expect((await send()).status).toBe(500);
    expect((await send()).status).toBe(201);
    expect(await placesOf([one], sessionIds)).toEqual([3]);
    await afterQuiet({ sessionIds, dates, personIds: [one.personId] });
  });

  test('after it was booked, before the rows, gets all its rows from the stream', async () => {
    const { one, sessionIds, send } = await personOrder();
    city.killNext('sessions', { afterWrites: 8 });
    expect((await send()).status).toBe(500);
    const rows = await eventually('three rows', 5_000, async () => {
      const seen = await storedRows(one.personId);
      return seen.length === 3 ? seen : undefined;
    });
    const again = await send();
    expect(again.status).toBe(201);
    expect(again.body.bookings.map(({ bookingId }: { bookingId: string }) => bookingId)).toEqual(
      rows.map(({ bookingId }) => bookingId),
    );
    await afterQuiet({ sessionIds, dates, personIds: [one.personId] });
  });
});

describe('places that an order still holds after it was given up', () => {
  /** What a function that dies leaves behind: the seat of one day, of an order over three. */
  const heldByAnOrder = async () => {
    const [one] = await people(1);
    if (!one) throw new Error('nobody');
    const { personId } = one;
    const sessionIds = await threeDays(5);
    const by = asSystem(tenants()[0], city.now());
    const [orderId, createdAt, h] = [randomId('o'), by.now.toISOString(), 'h'];
    const bookingIds = dates.map((date) => bookingIdFor(date, orderId));
    const places = sessionIds.map((sessionId, day) => ({
      sessionId,
      personId,
      bookingId: bookingIds[day] ?? '',
      endsAt: '18:00',
    }));
    await openOrder(by, { orderId, actorId: personId, requestHash: h, createdAt, places });
    const claim = async () => {
      const seat = {
        bookingId: bookingIds[0] ?? '',
        actorId: personId,
        bookedAt: createdAt,
        requestHash: h,
        orderId: orderId,
      };
      await claimSeats(by, await storedSession(sessionIds[0] ?? ''), { [personId]: seat });
    };
    const giveUp = () => decideOrder(by, orderId, { to: 'released', because: 'session-full' });
    const everythingFree = () =>
      eventually('the place is free', 5_000, async () => {
        const [places] = await placesOf([one], sessionIds);
        return places === 0 ? true : undefined;
      });
    return { claim, giveUp, everythingFree, scene: { sessionIds, dates, personIds: [personId] } };
  };

  test('are free again when the function died before it freed them', async () => {
    const { claim, giveUp, everythingFree, scene } = await heldByAnOrder();
    await claim();
    await giveUp();
    await everythingFree();
    await afterQuiet(scene);
  });

  test('are free again when they were claimed by a function that woke up too late', async () => {
    const { claim, giveUp, everythingFree, scene } = await heldByAnOrder();
    await giveUp();
    await claim();
    await everythingFree();
    await afterQuiet(scene);
  });
});

describe('two siblings in one session', () => {
  const family = async () => {
    const child = await someone({ name: '小明', birthDate: '2018-06-01' });
    const sister = await someone({ name: '小红', birthDate: '2020-03-05' });
    const parent = await someone({ birthDate: '1988-01-01', guardianOf: [child, sister] });
    const sessionId = await session('yuhu', '2026-03-09', { slug: `class-${randomUUID().slice(0, 8)}` });
    const key = randomUUID();
    const children = [child, sister];
    return { children, sessionId, send: () => order(parent, [sessionId], children, key) };
  };

  test.each([1, 2, 3])('whose function dies after write %i are both free a minute later', async (afterWrites) => {
    const { children, sessionId, send } = await family();
    city.killNext('sessions', { afterWrites });
    expect((await send()).status).toBe(500);
    await aMinuteLater(await ordersOf([sessionId]));
    expect(await placesOf(children, [sessionId])).toEqual([0, 0]);
    await afterQuiet({ sessionIds: [sessionId], dates, personIds: idsOf(children) });
  });

  test('whose parent tries again are both booked', async () => {
    const { children, sessionId, send } = await family();
    city.killNext('sessions', { afterWrites: 2 });
    expect((await send()).status).toBe(500);
    expect((await send()).status).toBe(201);
    expect(await placesOf(children, [sessionId])).toEqual([1, 1]);
    await afterQuiet({ sessionIds: [sessionId], dates, personIds: idsOf(children) });
  });
});
