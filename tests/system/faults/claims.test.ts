import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { center, people, room, type Someone, session, storedSession } from '../../support/builders.ts';
import { type CityUnderTest, startTestCity, warmUp } from '../../support/city.ts';
import { storedRoomDay } from '../../support/claims.ts';
import type { Answer } from '../../support/invoke.ts';
import { afterQuiet, calm, seeds, settled, storm } from './storm.ts';

let city: CityUnderTest;

beforeAll(async () => {
  city = await startTestCity();
  await center('yuhu');
  await warmUp(city);
});
afterAll(() => city.stop());

const fresh = (date: string, facts: Parameters<typeof session>[2] = {}) =>
  session('yuhu', date, { slug: `class-${randomUUID().slice(0, 8)}`, ...facts });

const book = (as: Someone, sessionIds: string[], key: string = randomUUID()) =>
  settled(city, () =>
    city.post('/v1/session-bookings', {
      as,
      idempotencyKey: key,
      body: { sessionIds, beneficiaryIds: [as.personId] },
    }),
  );

const bookRoom = (as: Someone, roomId: string, startsAt: string, endsAt: string) => {
  const idempotencyKey = randomUUID();
  const body = { date: '2026-03-05', startsAt, endsAt, purpose: '棋牌' };
  return settled(city, () => city.post(`/v1/rooms/${roomId}/bookings`, { as, idempotencyKey, body }));
};

const cancel = (as: Someone, bookingId: string) =>
  settled(city, () => city.post(`/v1/people/${as.personId}/bookings/${bookingId}/cancel`, { as }));

const idsOf = (persons: readonly Someone[]) => persons.map(({ personId }) => personId);
const booked = ({ status }: Answer) => status === 201;
/** Who was told what, by person. */
const toldBooked = (persons: readonly Someone[], answers: readonly Answer[]) =>
  idsOf(persons.filter((_, index) => answers[index]?.status === 201)).sort();

describe.each(seeds)('in storm %i', (seed) => {
  let crowd: Someone[];

  beforeEach(async () => {
    crowd = await people(16);
    storm(city, seed);
  });
  afterEach(() => {
    const { throttle, conflict, lostAnswer } = city.faults.injected;
    calm(city);
    expect(throttle + conflict + lostAnswer, 'there was a storm').toBeGreaterThan(0);
  });

  test('three places are sold to three people, and everybody was told the truth', async () => {
    const sessionId = await fresh('2026-03-04', { capacity: 3 });
    const answers = await Promise.all(crowd.map((one) => book(one, [sessionId])));
    refusedOnlyFor(answers, 'session-full');
    const { seats, taken } = await storedSession(sessionId);
    expect(taken).toBe(3);
    expect(Object.keys(seats).sort()).toEqual(toldBooked(crowd, answers));
    await afterQuiet({ sessionIds: [sessionId], dates: ['2026-03-04'], personIds: idsOf(crowd) });
  });

  test('a double tap books once, and both answers name the same booking', async () => {
    const sessionId = await fresh('2026-03-04', { capacity: 2 });
    const pairs = await Promise.all(
      crowd.map(async (one) => {
        const key = randomUUID();
        return Promise.all([book(one, [sessionId], key), book(one, [sessionId], key)]);
      }),
    );
    const winners = pairs.filter(([first]) => booked(first));
    for (const [first, second] of pairs) {
      // A refused twin may have come before a place was given up; a booked one has its booking for good.
      if (booked(first) && booked(second)) expect(second.body).toEqual(first.body);
    }
    expect(winners).toHaveLength(2);
    expect((await storedSession(sessionId)).taken).toBe(2);
    await afterQuiet({ sessionIds: [sessionId], dates: ['2026-03-04'], personIds: idsOf(crowd) });
  });

  test('no quarter-hour of a room is sold twice', async () => {
    const roomId = await room('yuhu', `room-${randomUUID().slice(0, 8)}`);
    const stretches = [
      ['09:00', '10:00'],
      ['09:45', '10:30'],
      ['10:15', '11:15'],
    ] as const;
    const answers = await Promise.all(
      crowd.map((one, index) => {
        const [startsAt, endsAt] = stretches[index % 3] ?? stretches[0];
        return bookRoom(one, roomId, startsAt, endsAt);
      }),
    );
    refusedOnlyFor(answers, 'slot-taken');
    const { entries } = await storedRoomDay(roomId, '2026-03-05');
    const holders = Object.values(entries).map(({ personId = '' }) => personId);
    expect(holders.sort()).toEqual(toldBooked(crowd, answers));
    await afterQuiet({ roomIds: [roomId], dates: ['2026-03-05'], personIds: idsOf(crowd) });
  });

  test('places that some give up go to others, and every answer stays true', async () => {
    const sessionId = await fresh('2026-03-06', { capacity: 6 });
    const [first, second] = [crowd.slice(0, 6), crowd.slice(6)];
    const bookings = await Promise.all(first.map((one) => book(one, [sessionId])));
    expect(bookings.map(({ status }) => status)).toEqual(first.map(() => 201));
    const [canceled, late] = await Promise.all([
      Promise.all(first.map((one, index) => cancel(one, bookings[index]?.body.bookings[0].bookingId))),
      Promise.all(second.map((one) => book(one, [sessionId]))),
    ]);
    expect(canceled.map(({ status, body }) => [status, body.booking?.state])).toEqual(
      first.map(() => [200, 'canceled']),
    );
    const { seats, taken } = await storedSession(sessionId);
    expect(Object.keys(seats).sort()).toEqual(toldBooked(second, late));
    expect(taken).toBeLessThanOrEqual(6);
    await afterQuiet({ sessionIds: [sessionId], dates: ['2026-03-06'], personIds: idsOf(crowd) });
  });

  test('a room that is given up is free again, for the room and for the person', async () => {
    const roomId = await room('yuhu', `room-${randomUUID().slice(0, 8)}`);
    const guests = crowd.slice(0, 6);
    const slot = (index: number) =>
      [`${String(9 + index).padStart(2, '0')}:00`, `${String(10 + index).padStart(2, '0')}:00`] as const;
    const bookings = await Promise.all(guests.map((one, index) => bookRoom(one, roomId, ...slot(index))));
    expect(bookings.map(({ status }) => status)).toEqual(guests.map(() => 201));
    const answers = await Promise.all(guests.map((one, index) => cancel(one, bookings[index]?.body.booking.bookingId)));
    expect(answers.map(({ status }) => status)).toEqual(guests.map(() => 200));
    expect((await storedRoomDay(roomId, '2026-03-05')).busy.size).toBe(0);
    await afterQuiet({ roomIds: [roomId], dates: ['2026-03-05'], personIds: idsOf(guests) });
  });
});

/** Nobody was refused for a reason that is not theirs. */
function refusedOnlyFor(answers: readonly Answer[], code: string): void {
  const refused = answers.filter((answer) => !booked(answer));
  expect(refused.map(({ status, body }) => [status, body.code])).toEqual(refused.map(() => [409, code]));
}
