import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import * as desk from '../../../functions/desk/handler.ts';
import * as rooms from '../../../functions/rooms/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { keys } from '../../../shared/table/keys.ts';
import { queryAll } from '../../../shared/table/read.ts';
import { center, room, type Someone, session, someone } from '../../support/builders.ts';
import { cityOf, setClock, wait } from '../../support/invoke.ts';
import { tenants } from '../../support/tenants.ts';

const city = cityOf(desk, rooms, sessions);
/** Thursday 26 February 2026, 10:00 in Putian. */
const thursday = '2026-02-26T02:00:00Z';
const today = '2026-02-26';
const board = (centerId: string, as: Someone, date = today) =>
  city.get(`/v1/centers/${centerId}/board?date=${date}`, { as });
const readsOf = ({ personId }: Someone) =>
  queryAll(
    { pk: keys.people.partition(tenants()[0], personId), begins: 'READ#' },
    z.object({ at: z.string(), byId: z.string(), as: z.string(), what: z.string() }),
  );
const use = (headers: Readonly<Record<string, string>>) => {
  const [, calls, write] = /calls=(\d+); read=[\d.]+; write=([\d.]+)/.exec(headers['linli-table'] ?? '') ?? [];
  return { calls: Number(calls), writeUnits: Number(write) };
};

let staff: Someone;
beforeAll(async () => {
  setClock(thursday);
  await center('yuhu');
  await center('beida');
  staff = await someone({ name: '林社工', posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
});

describe('the board', () => {
  test('shows the sessions of the day in order of time, who has a place and how old they are, and the rooms', async () => {
    const child = await someone({ name: '陈小明', birthDate: '2018-02-27' });
    const parent = await someone({ name: '陈大明', guardianOf: [child] });
    const late = await session('yuhu', today, { slug: 'late' });
    const early = await session('yuhu', today, { slug: 'early', startsAt: '11:00', endsAt: '12:00' });
    await session('yuhu', '2026-02-27', { slug: 'tomorrow' });
    await session('beida', today, { slug: 'elsewhere' });
    const roomId = await room('yuhu', 'hall', { name: { zh: '礼堂', en: 'Hall' } });
    const order = await city.post('/v1/session-bookings', {
      as: parent,
      body: { sessionIds: [late], beneficiaryIds: [child.personId] },
    });
    const [booking] = order.body.bookings;
    const rehearsal = { date: today, startsAt: '14:00', endsAt: '15:00', purpose: '排练' };
    const ofRoom = await city.post(`/v1/rooms/${roomId}/bookings`, { as: parent, body: rehearsal });

    const { status, body } = await board('yuhu', staff);
    expect(status).toBe(200);
    expect(body.sessions.map((one: { sessionId: string }) => one.sessionId)).toEqual([early, late]);
    expect(body.sessions[1]).toMatchObject({ placesLeft: 9, capacity: 10 });
    expect(body.sessions[1].seats).toEqual([
      {
        bookingId: booking.bookingId,
        personId: child.personId,
        name: '陈小明',
        ageYears: 7,
        state: 'booked',
        shortCode: booking.shortCode,
        byStaff: false,
      },
    ]);
    expect(body.roomBookings).toEqual([
      {
        bookingId: ofRoom.body.booking.bookingId,
        roomId,
        roomName: { zh: '礼堂', en: 'Hall' },
        startsAt: '14:00',
        endsAt: '15:00',
        personId: parent.personId,
        name: '陈大明',
        purpose: '排练',
        shortCode: ofRoom.body.booking.shortCode,
      },
    ]);
  });

  test('is for the staff of this very center: nobody else, not even another center’s', async () => {
    const elsewhere = await someone({ posts: [{ kind: 'center-staff', centerId: 'beida' }] });
    const operator = await someone({ posts: [{ kind: 'operator-staff', operatorId: 'morning-light' }] });
    const foreigner = await someone({ tenantId: tenants()[1], posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
    for (const one of [elsewhere, operator, await someone()]) {
      const answer = await board('yuhu', one);
      expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    }
    expect((await board('yuhu', foreigner)).status).toBe(401);
    const there = await city.get(`/v1/centers/yuhu/board?date=${today}`, { as: foreigner, tenantId: tenants()[1] });
    expect(there.body.code).toBe('not-found');
    expect((await city.get(`/v1/centers/yuhu/board?date=${today}`)).status).toBe(401);
    expect((await board('beida', elsewhere)).status).toBe(200);
  });

  test('every person on it finds one line a day in their log of reads, however often it refreshes', async () => {
    const elder = await someone({ name: '王奶奶', birthDate: '1950-01-01' });
    const sessionId = await session('beida', today, { slug: 'day-care' });
    const clerk = await someone({ posts: [{ kind: 'center-staff', centerId: 'beida' }] });
    const body = { sessionIds: [sessionId], beneficiaryIds: [elder.personId] };
    await city.post('/v1/session-bookings', { as: elder, body });
    const first = await board('beida', clerk);
    wait(120);
    const refreshed = await board('beida', clerk);
    expect(refreshed.body).toEqual(first.body);
    expect(use(refreshed.headers)).toEqual({ calls: 4, writeUnits: 0 });
    expect(await readsOf(elder)).toMatchObject([{ byId: clerk.personId, as: 'center-staff', what: 'desk beida' }]);
    const colleague = await someone({ posts: [{ kind: 'center-staff', centerId: 'beida' }] });
    await board('beida', colleague);
    expect(await readsOf(elder)).toHaveLength(2);
  });
});
