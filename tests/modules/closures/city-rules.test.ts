import { afterAll, expect, test } from 'vitest';
import { usualRules } from '../../../shared/booking/items/city-rules.ts';
import type { CityRules } from '../../../shared/contracts/city-rules.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { keys } from '../../../shared/table/keys.ts';
import { room, session } from '../../support/builders.ts';
import { resident } from '../../support/residents.ts';
import { tenants } from '../../support/tenants.ts';
import { bookRoom, bookSession, city, closed, inCentersOfTheirOwn, reportOf, untilDone } from './support.ts';

const DAY = '2026-03-06';

const here = inCentersOfTheirOwn('ruled', '规');
afterAll(() => cityHas(usualRules));

const cityHas = (rules: Partial<CityRules>) =>
  putMany([{ key: keys.rules.city(tenants()[0]), item: { ...usualRules, ...rules } }]);

test('A13: an equal place is within the day’s limit of rooms that the city has set, not the usual one', async () => {
  await cityHas({ roomMinutesPerDay: 60 });
  const roomId = await room(here.own, 'a');
  const person = await resident();
  expect((await bookRoom(person, roomId, DAY, '09:00', '10:00')).status).toBe(201);
  expect((await bookRoom(person, roomId, '2026-03-07', '14:00', '15:00')).status).toBe(201);
  const closure = await closed(here.staff, here.own, { kind: 'resource', roomId, from: DAY, to: DAY });
  await untilDone(here.staff, closure);
  // The next day is nearest, and the hour of that day is used.
  const { rows } = await reportOf(here.staff, closure);
  expect(rows).toMatchObject([{ offer: { date: '2026-03-05', startsAt: '09:00' } }]);
});

test('a city that allows more than the usual four hours offers as much', async () => {
  await cityHas({ roomMinutesPerDay: 480 });
  const [roomId, other] = [await room(here.own, 'a'), await room(here.own, 'b')];
  const person = await resident();
  expect((await bookRoom(person, roomId, DAY, '09:00', '13:00')).status).toBe(201);
  expect((await bookRoom(person, other, DAY, '14:00', '17:00')).status).toBe(201);
  const closure = await closed(here.staff, here.own, { kind: 'resource', roomId, from: DAY, to: DAY });
  await untilDone(here.staff, closure);
  const { rows } = await reportOf(here.staff, closure);
  expect(rows).toMatchObject([{ offer: { roomId: other, date: DAY, startsAt: '09:00' } }]);
});

test('two rooms lost on two days are not both offered on one, where the day’s limit would refuse the second', async () => {
  await cityHas({ roomMinutesPerDay: 60 });
  const roomId = await room(here.own, 'a');
  const like = await room(here.own, 'b');
  const neighbor = await resident();
  const person = await resident();
  for (const date of ['2026-03-04', '2026-03-05']) {
    expect((await bookRoom(person, roomId, date, '09:00', '10:00')).status).toBe(201);
    await bookRoom(neighbor, like, date, '09:00', '10:00');
  }
  const closure = await closed(here.staff, here.own, {
    kind: 'resource',
    roomId,
    from: '2026-03-04',
    to: '2026-03-05',
  });
  await untilDone(here.staff, closure);
  const { rows } = await reportOf(here.staff, closure);
  const days = rows.map(({ offer }) => offer?.date);
  expect(new Set(days).size).toBe(2);
  for (const { orderId } of (await city.get('/v1/bookings', { as: person })).body.bookings.filter(
    ({ state }: { state: string }) => state === 'held',
  ))
    expect((await city.post(`/v1/orders/${orderId}/confirm`, { as: person, body: {} })).status).toBe(200);
});

test('no place is offered farther ahead than the city lets people book, but for what they had booked as far', async () => {
  await cityHas({ sessionDaysAhead: 4 });
  const lost = await session(here.own, DAY);
  await session(here.own, '2026-03-08');
  const person = await resident();
  expect((await bookSession(person, lost)).status).toBe(201);
  await cityHas({ sessionDaysAhead: 3 });
  const same = await session(here.own, DAY, { startsAt: '10:00', endsAt: '11:30', capacity: 1 });
  const closure = await closed(here.staff, here.own, { kind: 'session', sessionId: lost });
  await untilDone(here.staff, closure);
  expect((await reportOf(here.staff, closure)).rows).toMatchObject([{ offer: { sessionId: same } }]);
  const again = await closed(here.staff, here.own, { kind: 'session', sessionId: same });
  await untilDone(here.staff, again);
  expect((await reportOf(here.staff, again)).rows).toMatchObject([{ outcome: 'none' }]);
});
