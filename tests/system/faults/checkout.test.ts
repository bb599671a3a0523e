import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asSystem } from '../../../shared/access/authorize.ts';
import { readAmounts } from '../../../shared/booking/row/amounts.ts';
import type { OfferingPolicy } from '../../../shared/contracts/policy.ts';
import { center, offering, session, storedSession } from '../../support/builders.ts';
import { type CityUnderTest, eventually, startTestCity } from '../../support/city.ts';
import { differences, storedRows } from '../../support/claims.ts';
import { type Resident, resident } from '../../support/residents.ts';
import { tenants } from '../../support/tenants.ts';

const date = '2026-03-06';
let city: CityUnderTest;

beforeAll(async () => {
  city = await startTestCity();
  await center('yuhu');
});
afterAll(() => city.stop());

/** A parent with children, the eldest first. */
async function home(children: number): Promise<{ parent: Resident; childIds: string[] }> {
  const parent = await resident('陈大明', { birthDate: '1988-01-01' });
  const { householdId } = (await city.post('/v1/households', { as: parent, body: { name: '陈家' } })).body;
  const childIds: string[] = [];
  for (let year = 2014; childIds.length < children; year += 1) {
    const body = { name: `孩子${year}`, birthDate: `${year}-01-01`, role: 'child' };
    const answer = await city.post(`/v1/households/${householdId}/members`, { as: parent, body });
    childIds.push(answer.body.person.personId);
  }
  return { parent, childIds };
}

/** A session of an offering with these rules, at 25 yuan. */
async function classAt(startsAt: string, endsAt: string, title: string, policy: OfferingPolicy): Promise<string> {
  const slug = `class-${randomUUID().slice(0, 8)}`;
  await offering('yuhu', slug, { residentPriceFen: 2500, policy });
  return session('yuhu', date, { slug, startsAt, endsAt, residentPriceFen: 2500, title: { zh: title, en: title } });
}

const messagesTo = ({ phone }: Resident) => city.messages(phone);

/** Waits for so many messages, then long enough for one more to show itself. */
async function told(to: Resident, times: number): Promise<void> {
  await eventually('a message is sent', 10_000, async () => (messagesTo(to).length >= times ? true : undefined));
  await sleep(1_000);
  expect(messagesTo(to)).toHaveLength(times);
}

async function sixPlaces() {
  const { parent, childIds } = await home(2);
  const family = { percentByChild: [100, 80] };
  const sessionIds = await Promise.all([
    classAt('15:00', '16:00', '四点半课堂', { family }),
    classAt('16:00', '17:00', '书法', { family }),
    classAt('17:00', '18:00', '合唱', {}),
  ]);
  const places = sessionIds.flatMap((sessionId) => childIds.map((beneficiaryId) => ({ sessionId, beneficiaryId })));
  return { parent, childIds, sessionIds, body: { places } };
}

test('B04: one POST with 6 items: one order, 6 bookings, one message', async () => {
  const { parent, childIds, sessionIds, body } = await sixPlaces();
  const quote = (await city.post('/v1/session-bookings/quote', { as: parent, body })).body;
  expect(quote.lines).toHaveLength(6);
  expect(quote.totalFen).toBe(2 * (2500 + 2000) + 2 * 2500);
  const answer = await city.post('/v1/session-bookings', { as: parent, body, idempotencyKey: randomUUID() });
  expect(answer.status, answer.text).toBe(201);
  expect(answer.body.bookings).toHaveLength(6);
  const { order } = (await city.get(`/v1/orders/${answer.body.orderId}`, { as: parent })).body;
  expect(order).toMatchObject({ status: 'booked', totalFen: quote.totalFen });
  await told(parent, 1);
  expect(messagesTo(parent)[0]?.parameters).toEqual([
    '孩子2014、孩子2015',
    '6',
    '四点半课堂、书法等',
    date,
    '15:00',
    '140.00',
  ]);
  expect(await differences({ sessionIds, dates: [date], personIds: childIds })).toEqual([]);
});

test('one place that is gone is named, and none of the others is kept', async () => {
  const { parent, sessionIds, body } = await sixPlaces();
  const full = await session('yuhu', date, {
    slug: `full-${randomUUID().slice(0, 8)}`,
    startsAt: '18:00',
    endsAt: '19:00',
    capacity: 1,
  });
  const other = await resident();
  await city.post('/v1/session-bookings', {
    as: other,
    body: { sessionIds: [full], beneficiaryIds: [other.personId] },
  });
  const places = [...body.places, { sessionId: full, beneficiaryId: body.places[0]?.beneficiaryId }];
  const answer = await city.post('/v1/session-bookings', { as: parent, body: { places } });
  expect(answer).toMatchObject({ status: 409, body: { code: 'session-full', facts: { sessionId: full } } });
  for (const sessionId of sessionIds) expect((await storedSession(sessionId)).taken).toBe(0);
});

test('an order whose function dies right after its decision is told once all the same', async () => {
  const { parent, childIds, sessionIds, body } = await sixPlaces();
  // The order, three sessions, six days, the decision.
  city.killNext('sessions', { afterWrites: 11 });
  expect((await city.post('/v1/session-bookings', { as: parent, body })).status).toBe(500);
  await told(parent, 1);
  expect(await differences({ sessionIds, dates: [date], personIds: childIds })).toEqual([]);
});

/** What was written before the function died: the place with the new prices, the day, the row that stays, the row that ended. */
test.each([1, 2, 3, 4])(
  'A15: a part canceled by a function that dies after write %i is whole, to the fen, and told once',
  async (afterWrites) => {
    const { parent, childIds } = await home(2);
    const policy = { family: { percentByChild: [100, 80] }, cancellation: [{ underHours: 200, keepPercent: 10 }] };
    const sessionId = await classAt('15:00', '16:00', '四点半课堂', policy);
    const body = { sessionIds: [sessionId], beneficiaryIds: childIds };
    const booked = await city.post('/v1/session-bookings', { as: parent, body, idempotencyKey: randomUUID() });
    const { orderId, bookings } = booked.body;
    await told(parent, 1);
    const [eldest, younger] = bookings;
    const cancel = () =>
      city.post(`/v1/people/${eldest.beneficiaryId}/bookings/${eldest.bookingId}/cancel`, {
        as: parent,
        body: { refundFen: 1800 },
      });
    city.killNext('bookings', { afterWrites });
    const { status } = await cancel();
    // What comes after the place the stream may have written before the function could: then it is not there to die after.
    if (afterWrites === 1) expect(status).toBe(500);
    else expect([200, 500]).toContain(status);
    city.killNext('bookings', { afterWrites: Number.MAX_SAFE_INTEGER });
    const rows = await eventually('both rows say so', 5_000, async () => {
      const found = (await Promise.all(childIds.map(storedRows))).flat();
      return found[0]?.state === 'canceled' && found[1]?.residentPriceFen === 2500 ? found : undefined;
    });
    expect(rows[0]).toMatchObject({ refundFen: 1800, keptFen: 200 });
    expect((await cancel()).body.booking).toMatchObject({ state: 'canceled', refundFen: 1800, keptFen: 200 });
    await told(parent, 2);
    expect(messagesTo(parent)[0]?.parameters.slice(-2)).toEqual(['18.00', '2.00']);
    const movements = await readAmounts(asSystem(tenants()[0], city.now()), orderId);
    expect(movements.map(({ kind, from, to, amountFen }) => [kind, from, to, amountFen]).sort()).toEqual(
      [
        ['charge', 'resident', `booking.${eldest.bookingId}`, 2500],
        ['charge', 'resident', `booking.${younger.bookingId}`, 2000],
        ['kept', `booking.${eldest.bookingId}`, 'fees', 200],
        ['refund', `booking.${eldest.bookingId}`, 'resident', 1800],
        ['repriced', `booking.${eldest.bookingId}`, `booking.${younger.bookingId}`, 500],
      ].sort(),
    );
    expect(await differences({ sessionIds: [sessionId], dates: [date], personIds: childIds })).toEqual([]);
  },
);
