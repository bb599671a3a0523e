import { beforeAll, beforeEach, expect, test } from 'vitest';
import * as rooms from '../../../functions/rooms/handler.ts';
import { center, room, someone } from '../../support/builders.ts';
import { cityOf, setClock } from '../../support/invoke.ts';

const city = cityOf(rooms);
const week = (centerId: string, name = '2026-W10') => city.get(`/v1/centers/${centerId}/rooms-week?week=${name}`);

beforeAll(async () => {
  setClock('2026-03-02T01:00:00Z');
  await center('yuhu');
});
beforeEach(() => setClock('2026-03-02T01:00:00Z'));

test('a week of a center with sixty rooms comes with two queries and one read of when it is open', async () => {
  await center('many');
  const roomIds = await Promise.all(
    Array.from({ length: 60 }, (_, index) => room('many', `room-${String(index).padStart(2, '0')}`)),
  );
  await room('many', 'projector', { kind: 'equipment' });
  await room('many', 'store', { bookable: false });
  const me = await someone();
  for (const [roomId, date] of [
    [roomIds[7], '2026-03-03'],
    [roomIds[59], '2026-03-08'],
  ]) {
    const body = { date, startsAt: '10:00', endsAt: '11:00', purpose: '练琴' };
    expect((await city.post(`/v1/rooms/${roomId}/bookings`, { as: me, body })).status).toBe(201);
  }
  const { status, body, headers } = await week('many');
  expect(status).toBe(200);
  expect(headers['linli-table']).toMatch(/^calls=3;/);
  expect(body.rooms.map(({ roomId }: { roomId: string }) => roomId)).toEqual(roomIds);
  expect(body.days.map(({ date }: { date: string }) => date)).toEqual([
    '2026-03-02',
    '2026-03-03',
    '2026-03-04',
    '2026-03-05',
    '2026-03-06',
    '2026-03-07',
    '2026-03-08',
  ]);
  expect(body.rooms[7].days[1]).toEqual({
    date: '2026-03-03',
    busy: [{ startsAt: '10:00', endsAt: '11:00' }],
    free: [
      { startsAt: '08:00', endsAt: '10:00' },
      { startsAt: '11:00', endsAt: '21:00' },
    ],
  });
  expect(body.rooms[59].days[6].busy).toHaveLength(1);
});

test('says the same as each room’s own week', async () => {
  const roomId = await room('yuhu', 'choir', { bufferAfterMinutes: 30 });
  const me = await someone();
  const body = { date: '2026-03-04', startsAt: '10:00', endsAt: '11:00', purpose: '练琴' };
  await city.post(`/v1/rooms/${roomId}/bookings`, { as: me, body });
  const own = (await city.get(`/v1/rooms/${roomId}/availability?from=2026-03-02&days=7`)).body.days;
  const [shown] = (await week('yuhu')).body.rooms;
  for (const [index, day] of own.entries()) {
    const { free, busy } = shown.days[index];
    expect(busy).toEqual(day.busy);
    const isFree = (start: string) =>
      free.some(({ startsAt, endsAt }: { startsAt: string; endsAt: string }) => startsAt <= start && start < endsAt);
    expect(day.freeStarts.every(isFree)).toBe(true);
    expect(day.freeStarts.length > 0).toBe(free.length > 0);
  }
});

test('a week that there is not, and a center that there is not, are told apart', async () => {
  expect((await week('yuhu', '2026-W54')).body.code).toBe('invalid-input');
  expect((await week('yuhu', '2026-10')).body.code).toBe('invalid-input');
  expect((await week('nowhere')).body.code).toBe('not-found');
});
