import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import * as rooms from '../../../functions/rooms/handler.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { releaseRoom } from '../../../shared/booking/claim/release.ts';
import { claimRoom } from '../../../shared/booking/claim/room.ts';
import { roomDayAttributes } from '../../../shared/booking/items/day-sheet.ts';
import { clockTimeOf } from '../../../shared/kernel/days.ts';
import { isRefusal } from '../../../shared/kernel/refusal.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { writable } from '../../../shared/table/claim-key.ts';
import { keys } from '../../../shared/table/keys.ts';
import { center, room, someone } from '../../support/builders.ts';
import { cityOf, setClock } from '../../support/invoke.ts';
import { tenants } from '../../support/tenants.ts';

const city = cityOf(rooms);
/** Friday 13 February 2026, 10:00 in Putian. */
const friday = '2026-02-13T02:00:00Z';
const weekdays = Object.fromEntries(
  ['1', '2', '3', '4', '5'].map((day) => [day, [{ opensAt: '09:00', closesAt: '17:00' }]]),
);

const availability = (roomId: string, query: string) => city.get(`/v1/rooms/${roomId}/availability?${query}`);
const callsOf = (answer: { headers: Readonly<Record<string, string>> }) =>
  Number(/calls=(\d+)/.exec(answer.headers['linli-table'] ?? '')?.[1]);

beforeAll(async () => {
  setClock(friday);
  await center('yuhu', { weekly: weekdays });
});

describe('a week of a room', () => {
  test('A08: shows each day’s hours and why: a make-up Saturday has weekday hours, the holiday none', async () => {
    const roomId = await room('yuhu', 'calendar');
    const { status, body } = await availability(roomId, 'from=2026-02-13&days=7');
    expect(status).toBe(200);
    const days = Object.fromEntries(body.days.map((day: { date: string }) => [day.date, day]));
    expect(Object.keys(days)).toHaveLength(7);
    expect(days['2026-02-14']).toMatchObject({ reason: 'workday', hours: [{ opensAt: '09:00', closesAt: '17:00' }] });
    expect(days['2026-02-14'].freeStarts).toHaveLength(32);
    expect(days['2026-02-16']).toMatchObject({ reason: 'holiday', hours: [], freeStarts: [] });
  });

  test('offers today only what is still to come', async () => {
    const roomId = await room('yuhu', 'today');
    const { body } = await availability(roomId, 'from=2026-02-12&days=2');
    expect(body.days[0].freeStarts).toEqual([]);
    expect(body.days[1].freeStarts[0]).toBe('10:00');
  });

  test('from Monday to Sunday costs one read and one query; across two weeks one query more', async () => {
    const roomId = await room('yuhu', 'cost');
    expect(callsOf(await availability(roomId, 'from=2026-02-23&days=7'))).toBe(2);
    expect(callsOf(await availability(roomId, 'from=2026-02-25&days=7'))).toBe(3);
    expect(callsOf(await availability(roomId, 'from=2026-02-25&days=1'))).toBe(2);
  });

  test('shows bookings of both weeks it touches, and nobody’s name', async () => {
    const roomId = await room('yuhu', 'two-weeks');
    const me = await someone();
    for (const date of ['2026-02-27', '2026-03-02']) {
      const body = { date, startsAt: '10:00', endsAt: '11:30', purpose: '读书会' };
      expect((await city.post(`/v1/rooms/${roomId}/bookings`, { as: me, body })).status).toBe(201);
    }
    const { body, text } = await availability(roomId, 'from=2026-02-27&days=7');
    const busy = body.days.filter((day: { busy: unknown[] }) => day.busy.length > 0);
    expect(busy.map((day: { date: string }) => day.date)).toEqual(['2026-02-27', '2026-03-02']);
    expect(busy[0].busy).toEqual([{ startsAt: '10:00', endsAt: '11:30' }]);
    expect(text).not.toContain(me.personId);
    expect(text).not.toContain('读书会');
  });

  test('refuses a room that is not there, more than a week, and a date that does not exist', async () => {
    const roomId = await room('yuhu', 'limits');
    expect((await availability('yuhu.nowhere', 'from=2026-02-23')).body.code).toBe('not-found');
    expect((await availability(roomId, 'from=2026-02-23&days=8')).body.code).toBe('invalid-input');
    expect((await availability(roomId, 'from=2026-02-30')).body.code).toBe('invalid-input');
  });
});

describe('a start is listed exactly when a claim of 15 minutes there succeeds', () => {
  const stretch = fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 6 })).map(([first, length]) => ({
    startsAt: clockTimeOf(first * 15),
    endsAt: clockTimeOf(Math.min(96, first + length) * 15),
  }));
  const minutes = fc.constantFrom(0, 15, 30);
  const date = '2026-02-25';
  let slug = 0;

  test('for sheets as they come', async () => {
    const by = asSystem(tenants()[0], new Date(friday));
    await fc.assert(
      fc.asyncProperty(fc.array(stretch, { maxLength: 5 }), minutes, minutes, async (taken, before, after) => {
        slug += 1;
        const facts = { bufferBeforeMinutes: before, bufferAfterMinutes: after };
        const roomId = await room('yuhu', `any-${slug}`, facts);
        const entries = Object.fromEntries(taken.map((entry, index) => [`20260225-${index}`, entry]));
        await putMany([
          { key: writable(keys.booking.roomDay(by.tenantId, roomId, date)), item: roomDayAttributes(entries) },
        ]);
        const { body } = await availability(roomId, `from=${date}&days=1`);
        const claimable: string[] = [];
        for (let quarter = 36; quarter < 68; quarter += 1) {
          const entry = { startsAt: clockTimeOf(quarter * 15), endsAt: clockTimeOf(quarter * 15 + 15) };
          const buffers: [number, number] = [before / 15, after / 15];
          const claim = { roomId, date, bookingId: '20260225-probe', entry };
          try {
            await claimRoom(by, { ...claim, buffers });
            claimable.push(entry.startsAt);
            await releaseRoom(by, { ...claim, startsAt: entry.startsAt, endsAt: entry.endsAt, buffers });
          } catch (error) {
            if (!isRefusal(error, 'slot-taken')) throw error;
          }
        }
        expect(body.days[0].freeStarts).toEqual(claimable);
      }),
      { numRuns: 8 },
    );
  });
});
