import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '../../../shared/access/authorize.ts';
import { claimSeats } from '../../../shared/booking/claim/seats.ts';
import type { BookingRow } from '../../../shared/booking/items/booking-row.ts';
import { shortCodeOf } from '../../../shared/contracts/ids.ts';
import { center, room, session, someone, storedSession } from '../../support/builders.ts';
import { type CityUnderTest, eventually, startTestCity } from '../../support/city.ts';
import { differences, storedRoomDay, storedRows } from '../../support/claims.ts';
import { type Resident, resident } from '../../support/residents.ts';
import { tenants } from '../../support/tenants.ts';

const date = '2026-03-04';
let city: CityUnderTest;

beforeAll(async () => {
  city = await startTestCity();
  await center('yuhu');
  // The first event of each function loads its bundle; no promise of five seconds is about that.
  const early = await resident();
  await bookSession(early, await fresh(), randomUUID());
  await toldOnce(early);
});
afterAll(() => city.stop());

const fresh = () => session('yuhu', date, { slug: `class-${randomUUID().slice(0, 8)}` });

const bookSession = (as: Resident, sessionId: string, idempotencyKey: string) =>
  city.post('/v1/session-bookings', {
    as,
    idempotencyKey,
    body: { sessionIds: [sessionId], beneficiaryIds: [as.personId] },
  });

const bookRoom = (as: Resident, roomId: string, idempotencyKey: string) =>
  city.post(`/v1/rooms/${roomId}/bookings`, {
    as,
    idempotencyKey,
    body: { date, startsAt: '10:00', endsAt: '11:00', purpose: '读书会' },
  });

const cancel = (as: Resident, { bookingId }: Pick<BookingRow, 'bookingId'>) =>
  city.post(`/v1/people/${as.personId}/bookings/${bookingId}/cancel`, { as });

/** The one row of this person, as soon as it is there; nobody else may have written it but the stream. */
const rowOf = ({ personId }: Resident) =>
  eventually('the row is there', 5_000, async () => (await storedRows(personId))[0]);

const messagesTo = ({ phone }: Resident) => city.messages(phone).map(({ parameters }) => parameters);

/** Waits for a message to this person, then long enough for a second one to show itself. */
async function toldOnce(to: Resident, times = 1): Promise<void> {
  await eventually('a message is sent', 10_000, async () => (messagesTo(to).length >= times ? true : undefined));
  await sleep(1_000);
  expect(messagesTo(to)).toHaveLength(times);
}

/** What was written before the function died, and the number of writes it lived for. */
const deathsOfBooking = [
  ['the claim, before the person’s day', 1],
  ['the person’s day, before the record of the request', 2],
  ['the record of the request, before the row', 3],
  ['the row, before the answer', 4],
] as const;

describe.each(deathsOfBooking)('a function that dies after %s', (_, afterWrites) => {
  test('leaves a session’s booking that completes itself within five seconds, once', async () => {
    const [parent, sessionId, key] = [await resident(), await fresh(), randomUUID()];
    city.killNext('sessions', { afterWrites });
    expect((await bookSession(parent, sessionId, key)).status).toBe(500);
    const { seats } = await storedSession(sessionId);
    const row = await rowOf(parent);
    expect(row).toMatchObject({ bookingId: seats[parent.personId]?.bookingId, sessionId, state: 'booked' });

    const again = await bookSession(parent, sessionId, key);
    expect(again).toMatchObject({ status: 201, body: { bookings: [{ bookingId: row.bookingId }] } });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await storedRows(parent.personId)).toHaveLength(1);
    await toldOnce(parent);
    expect(messagesTo(parent)[0]).toContain(shortCodeOf(row.bookingId));
    expect(await differences({ sessionIds: [sessionId], dates: [date], personIds: [parent.personId] })).toEqual([]);
  });

  test('leaves a room’s booking that completes itself within five seconds, once', async () => {
    const [guest, key] = [await resident(), randomUUID()];
    const roomId = await room('yuhu', `room-${randomUUID().slice(0, 8)}`);
    city.killNext('rooms', { afterWrites });
    expect((await bookRoom(guest, roomId, key)).status).toBe(500);
    const { entries } = await storedRoomDay(roomId, date);
    const row = await rowOf(guest);
    expect(row).toMatchObject({ bookingId: Object.keys(entries)[0], roomId, state: 'booked' });

    const again = await bookRoom(guest, roomId, key);
    expect(again).toMatchObject({ status: 201, body: { booking: { bookingId: row.bookingId } } });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await storedRows(guest.personId)).toHaveLength(1);
    await toldOnce(guest);
    expect(await differences({ roomIds: [roomId], dates: [date], personIds: [guest.personId] })).toEqual([]);
  });
});

test('a person who tries again at once, before the stream has come, gets the same booking', async () => {
  const [parent, sessionId, key] = [await resident(), await fresh(), randomUUID()];
  city.killNext('sessions', { afterWrites: 1 });
  expect((await bookSession(parent, sessionId, key)).status).toBe(500);
  const again = await bookSession(parent, sessionId, key);
  expect(again.status).toBe(201);
  await toldOnce(parent);
  const rows = await storedRows(parent.personId);
  expect(rows.map(({ bookingId }) => bookingId)).toEqual([again.body.bookings[0].bookingId]);
});

test('the stream’s own function may die as well: the row is there once, and is told once', async () => {
  const [parent, sessionId] = [await resident(), await fresh()];
  city.killNext('sessions', { afterWrites: 1 });
  city.killNext('stream', { afterWrites: 2 });
  expect((await bookSession(parent, sessionId, randomUUID())).status).toBe(500);
  await rowOf(parent);
  await toldOnce(parent);
  expect(await differences({ sessionIds: [sessionId], dates: [date], personIds: [parent.personId] })).toEqual([]);
});

test.each([1, 2, 3])('a cancellation that dies after write %i is completed, and told once', async (afterWrites) => {
  const [parent, sessionId] = [await resident(), await fresh()];
  await bookSession(parent, sessionId, randomUUID());
  const row = await rowOf(parent);
  await toldOnce(parent);
  city.killNext('bookings', { afterWrites });
  const { status } = await cancel(parent, row);
  // What comes after the claim the stream may have written before the function could: then it is not there to die after.
  if (afterWrites === 1) expect(status).toBe(500);
  else expect([200, 500]).toContain(status);
  city.killNext('bookings', { afterWrites: Number.MAX_SAFE_INTEGER });
  await eventually('the row says so', 5_000, async () => {
    const [seen] = await storedRows(parent.personId);
    return seen?.state === 'canceled' ? seen : undefined;
  });
  await toldOnce(parent, 2);
  expect((await cancel(parent, row)).body.booking).toMatchObject({ state: 'canceled' });
  expect(await differences({ sessionIds: [sessionId], dates: [date], personIds: [parent.personId] })).toEqual([]);
});

test('a double of the request that wakes up after the cancellation holds nothing', async () => {
  const [parent, sessionId] = [await resident(), await fresh()];
  await bookSession(parent, sessionId, randomUUID());
  const row = await rowOf(parent);
  const stored = await storedSession(sessionId);
  const seat = stored.seats[parent.personId];
  if (!seat) throw new Error('nobody has the place');
  expect((await cancel(parent, row)).status).toBe(200);
  await claimSeats(asSystem(tenants()[0], city.now()), stored, { [parent.personId]: seat });
  await eventually('the place is free', 5_000, async () =>
    (await storedSession(sessionId)).taken === 0 ? true : undefined,
  );
  expect(await differences({ sessionIds: [sessionId], dates: [date], personIds: [parent.personId] })).toEqual([]);
});

test('someone without a phone is booked all the same, and nothing is sent', async () => {
  const elder = await someone({ name: '林阿婆', birthDate: '1940-01-01' });
  const sessionId = await fresh();
  city.killNext('sessions', { afterWrites: 1 });
  const answer = await bookSession({ ...elder, phone: '' }, sessionId, randomUUID());
  expect(answer.status).toBe(500);
  await rowOf({ ...elder, phone: '' });
  expect(await differences({ sessionIds: [sessionId], dates: [date], personIds: [elder.personId] })).toEqual([]);
});

test('a name with rare characters is written in the message, and stops nobody behind it in the stream', async () => {
  const [rare, next] = [await resident('欧阳\u{2CC56}😀\uFFFE'), await resident()];
  for (const person of [rare, next]) expect((await bookSession(person, await fresh(), randomUUID())).status).toBe(201);
  await toldOnce(next);
  await toldOnce(rare);
  expect(messagesTo(rare)[0]).toContain('欧阳\u{2CC56}😀\uFFFE');
});
