import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { quartersBetween } from '../../../shared/kernel/days.ts';
import { center, people, room, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { type CityUnderTest, startTestCity, warmUp } from '../../support/city.ts';
import { storedRoomDay } from '../../support/claims.ts';
import { generateClient, importClient } from '../../support/generated-client.ts';
import type { Answer } from '../../support/invoke.ts';

let city: CityUnderTest;
let crowd: Someone[];

beforeAll(async () => {
  city = await startTestCity();
  await center('yuhu');
  crowd = await people(50);
  await warmUp(city);
});
afterAll(() => city.stop());

const bookSession = (as: Someone, sessionId: string, beneficiaries = [as], idempotencyKey: string = randomUUID()) =>
  city.post('/v1/session-bookings', {
    as,
    idempotencyKey,
    body: { sessionIds: [sessionId], beneficiaryIds: beneficiaries.map(({ personId }) => personId) },
  });

const bookRoom = (
  as: Someone,
  roomId: string,
  startsAt: string,
  endsAt: string,
  idempotencyKey: string = randomUUID(),
) =>
  city.post(`/v1/rooms/${roomId}/bookings`, {
    as,
    idempotencyKey,
    body: { date: '2026-03-05', startsAt, endsAt, purpose: '合唱排练' },
  });

/** A session of a class of its own. */
const fresh = (date: string, facts: Parameters<typeof session>[2] = {}) =>
  session('yuhu', date, { slug: `class-${randomUUID().slice(0, 8)}`, ...facts });

/** One winner; everybody else is refused by this very code, in the one shape that a refusal has. */
function oneWinner(answers: readonly Answer[], code: string): Answer {
  const [winner, ...others] = answers.filter(({ status }) => status === 201);
  expect(others).toEqual([]);
  const refused = answers.filter((answer) => answer !== winner);
  expect(refused.map(({ body }) => body.code)).toEqual(refused.map(() => code));
  for (const { status, headers, body } of refused) {
    expect(status).toBe(409);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ type: `/problems/${code}`, status: 409, code, traceId: headers['trace-id'] });
    expect(body.title).toMatch(/\p{Script=Han}/u);
  }
  expect(new Set(refused.map(({ body }) => body.traceId)).size).toBe(refused.length);
  if (!winner) throw new Error('nobody won');
  return winner;
}

describe('A01: fifty people at once', () => {
  test('for the last place of a session: one gets it, 49 are told it is full, and the table agrees', async () => {
    const sessionId = await fresh('2026-03-04', { capacity: 2 });
    const [early] = await people(1);
    if (!early) throw new Error('nobody came early');
    expect((await bookSession(early, sessionId)).status).toBe(201);
    const winner = oneWinner(await Promise.all(crowd.map((one) => bookSession(one, sessionId))), 'session-full');
    const stored = await storedSession(sessionId);
    expect(stored.taken).toBe(2);
    expect(Object.keys(stored.seats).sort()).toEqual([early.personId, winner.body.bookings[0].beneficiaryId].sort());
  });

  test('for one slot of a room: one gets it, 49 are told it is taken, and the sheet agrees', async () => {
    const roomId = await room('yuhu', 'music');
    // Not all the same stretch, but every one of them wants 10:00 to 10:15.
    const answers = await Promise.all(
      crowd.map((one, index) =>
        index % 2 ? bookRoom(one, roomId, '09:00', '10:15') : bookRoom(one, roomId, '10:00', '11:00'),
      ),
    );
    const { booking } = oneWinner(answers, 'slot-taken').body;
    const { entries, busy } = await storedRoomDay(roomId, '2026-03-05');
    expect(
      Object.entries(entries).map(([id, { personId, startsAt, endsAt }]) => [id, personId, startsAt, endsAt]),
    ).toEqual([[booking.bookingId, booking.beneficiaryId, booking.startsAt, booking.endsAt]]);
    expect([...busy].sort((a, b) => a - b)).toEqual(quartersBetween(booking.startsAt, booking.endsAt));
  });

  test('for the last three places: three get one each', async () => {
    const sessionId = await fresh('2026-03-06', { capacity: 3 });
    const answers = await Promise.all(crowd.map((one) => bookSession(one, sessionId)));
    const won = answers.filter(({ status }) => status === 201);
    expect(won).toHaveLength(3);
    expect(answers.filter(({ body }) => body.code === 'session-full')).toHaveLength(47);
    const stored = await storedSession(sessionId);
    expect(stored.taken).toBe(3);
    expect(Object.keys(stored.seats).sort()).toEqual(won.map(({ body }) => body.bookings[0].beneficiaryId).sort());
  });
});

describe('a request that is sent fifty times under one Idempotency-Key', () => {
  test('books one place, and every answer is the same', async () => {
    const [person] = crowd;
    if (!person) throw new Error('nobody');
    const sessionId = await fresh('2026-03-09');
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => bookSession(person, sessionId, [person], key)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await storedSession(sessionId)).toMatchObject({ taken: 1 });
  });

  test('books one slot, and every answer is the same', async () => {
    const [, person] = crowd;
    if (!person) throw new Error('nobody');
    const roomId = await room('yuhu', 'dance');
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => bookRoom(person, roomId, '14:00', '15:00', key)),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(Object.keys((await storedRoomDay(roomId, '2026-03-05')).entries)).toHaveLength(1);
  });
});

test('two siblings and one last place: neither is booked, and the place stays free for one of them', async () => {
  const child = await someone({ name: '小明', birthDate: '2018-06-01' });
  const sister = await someone({ name: '小红', birthDate: '2020-03-05' });
  const parent = await someone({ birthDate: '1988-01-01', guardianOf: [child, sister] });
  const sessionId = await fresh('2026-03-10', { capacity: 1 });
  const both = await bookSession(parent, sessionId, [child, sister]);
  expect(both).toMatchObject({ status: 409, body: { code: 'session-full', facts: { placesLeft: 1 } } });
  expect(await storedSession(sessionId)).toMatchObject({ taken: 0, seats: {} });
  expect((await bookSession(parent, sessionId, [child])).status).toBe(201);
});

type Call = (...given: readonly unknown[]) => Promise<{ readonly status: number; readonly data: Answer['body'] }>;

test('P19: a client made from the city’s own document books, is told who was faster, and takes its booking for what it is', async () => {
  const roomId = await room('yuhu', 'generated');
  const client = await generateClient((await city.get('/v1/openapi.json')).body);
  onTestFinished(client.remove);
  const { bookRoom: book, readBooking: read, defaults } = await importClient(client);
  const as = (one: Someone) => {
    Object.assign(defaults as object, { baseUrl: city.url, headers: { authorization: `Bearer ${one.token}` } });
  };
  const wanted = { date: '2026-03-05', startsAt: '09:00', endsAt: '10:00', purpose: '合唱排练' };
  // People of their own: whoever of the crowd won a slot above is busy at this hour.
  as(await someone({ birthDate: '1988-01-01' }));
  const booked = await (book as Call)(roomId, wanted, { idempotencyKey: randomUUID() });
  expect([booked.status, booked.data.booking.state]).toEqual([201, 'booked']);
  const { bookingId, beneficiaryId } = booked.data.booking;
  const seen = await (read as Call)(beneficiaryId, bookingId);
  expect([seen.status, seen.data.booking.bookingId]).toEqual([200, bookingId]);
  as(await someone({ birthDate: '1988-01-01' }));
  const late = await (book as Call)(roomId, wanted, { idempotencyKey: randomUUID() });
  expect([late.status, late.data.code]).toEqual([409, 'slot-taken']);
});
