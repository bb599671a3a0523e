import { beforeAll, describe, expect, test } from 'vitest';
import * as rooms from '../../../functions/rooms/handler.ts';
import { type Authorized, asSystem } from '../../../shared/access/authorize.ts';
import { claimAgenda } from '../../../shared/booking/claim/agenda.ts';
import { claimRoom } from '../../../shared/booking/claim/room.ts';
import { reconcileRoomEntry } from '../../../shared/booking/heal/reconcile.ts';
import type { RoomEntry } from '../../../shared/booking/items/day-sheet.ts';
import { center, room, type Someone, someone } from '../../support/builders.ts';
import { cityOf, setClock } from '../../support/invoke.ts';
import { tenants } from '../../support/tenants.ts';
import { storedDay, storedRow, storedSheet } from './stored.ts';

const city = cityOf(rooms);
const now = '2026-02-13T02:00:00Z';
const date = '2026-02-26';
const bookingId = '20260226-aaaaaaaaaaaaa';
let by: Authorized;

beforeAll(async () => {
  setClock(now);
  by = asSystem(tenants()[0], new Date(now));
  await center('yuhu');
});

/** What a function leaves behind that died right after its claim on the room. */
async function claimedOnly(roomId: string, { personId }: Someone): Promise<RoomEntry> {
  const entry = {
    startsAt: '14:00',
    endsAt: '15:00',
    personId: personId,
    actorId: personId,
    bookedAt: now,
    requestHash: 'h',
    purpose: '读书会',
  };
  await claimRoom(by, { roomId, date, bookingId, entry, buffers: [0, 0] });
  return entry;
}

const healed = (roomId: string, entry: RoomEntry) =>
  reconcileRoomEntry(by, roomId, async () => ({ zh: '活动室', en: 'Activity room' }), date, bookingId, {
    claim: entry,
  });

describe('a room that was claimed by a function that died', () => {
  test('becomes a whole booking: the person’s time and the row', async () => {
    const [roomId, me] = [await room('yuhu', 'whole'), await someone()];
    const entry = await claimedOnly(roomId, me);
    expect(await healed(roomId, entry)).toBe('mended');
    expect((await storedDay(me.personId, date)).roomQuarters).toBe(4);
    expect(await storedRow(me.personId, bookingId)).toMatchObject({ state: 'booked', roomId, purpose: '读书会' });
    expect(await healed(roomId, entry)).toBe('in order');
  });

  test('is given back when the person is elsewhere at that time', async () => {
    const [roomId, me] = [await room('yuhu', 'elsewhere'), await someone()];
    const entry = await claimedOnly(roomId, me);
    const other = { startsAt: '14:30', endsAt: '15:30', of: 'yuhu.center.class.20260226t1430' };
    await claimAgenda(by, { personId: me.personId, date, bookingId: '20260226-bbbbbbbbbbbbb', entry: other });
    await healed(roomId, entry);
    expect((await storedSheet(roomId, date)).busy).toEqual([]);
    expect(await storedRow(me.personId, bookingId)).toBeUndefined();
  });

  test('is given back when the person has had four hours of rooms that day', async () => {
    const [roomId, me] = [await room('yuhu', 'enough'), await someone()];
    const body = { date, startsAt: '08:00', endsAt: '12:00', purpose: '排练' };
    expect((await city.post(`/v1/rooms/${roomId}/bookings`, { as: me, body })).status).toBe(201);
    const entry = await claimedOnly(roomId, me);
    await healed(roomId, entry);
    expect((await storedSheet(roomId, date)).busy).toHaveLength(16);
    expect((await storedDay(me.personId, date)).roomQuarters).toBe(16);
    expect(await storedRow(me.personId, bookingId)).toBeUndefined();
  });
});
