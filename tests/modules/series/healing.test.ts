import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rebookAfterClosure } from '../../../functions/series/index.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { releaseAgenda, releaseRoom } from '../../../shared/booking/claim/release.ts';
import type { BookingRow } from '../../../shared/booking/items/booking-row.ts';
import { roomDayAttributes } from '../../../shared/booking/items/day-sheet.ts';
import { moveRow } from '../../../shared/booking/row/rows.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { writable } from '../../../shared/table/claim-key.ts';
import { keys } from '../../../shared/table/keys.ts';
import { update } from '../../../shared/table/write.ts';
import { center, room, type Someone, session, someone } from '../../support/builders.ts';
import { setClock, tenants } from '../../support/invoke.ts';
import {
  april,
  change,
  counted,
  expectReportIsTrue,
  inRoom,
  make,
  offering,
  rowsOf,
  seriesNow,
  weekly,
} from './city.ts';

const centerId = 'yuhu';
let resident: Someone;
let roomId: string;
let count = 0;

beforeAll(async () => {
  setClock(april);
  await center(centerId);
});
beforeEach(async () => {
  setClock(april);
  count += 1;
  resident = await someone();
  roomId = await room(centerId, `healing-${count}`);
});

const by = () => asSystem(tenants()[0], clockNow());
const heal = (from: string, to: string) => rebookAfterClosure(by(), { centerId, from, to });

/** Shuts a room's afternoon, as a closure does, and opens it again. */
const shut = (date: string) =>
  putMany([
    {
      key: writable(keys.booking.roomDay(tenants()[0], roomId, date)),
      item: { ...roomDayAttributes({}), closed: new Set([56, 57, 58, 59]) },
    },
  ]);
const reopen = (date: string) =>
  update({ key: writable(keys.booking.roomDay(tenants()[0], roomId, date)), update: 'REMOVE closed', conditions: [] });

/** Ends a booking of the room as a closure does. */
async function endByClosure({ bookingId, beneficiaryId, date, startsAt, endsAt }: BookingRow): Promise<void> {
  const gone = { bookingId, because: 'closure' };
  await releaseRoom(by(), { roomId, date, bookingId, startsAt, endsAt }, gone);
  await releaseAgenda(by(), { personId: beneficiaryId, date, bookingId, startsAt, endsAt, ofRoom: true });
  await moveRow(by(), { beneficiaryId, bookingId }, 'canceled', { gone });
}

describe('a closure that is lifted', () => {
  test('brings the dates it took back to the series that asked for it, and only to those; twice is once', async () => {
    await shut('2026-04-22');
    const rule = weekly(3);
    const healing = await make(resident, { target: inRoom(roomId), rule, healAfterClosures: true });
    const other = await someone();
    const beside = inRoom(roomId, { startsAt: '14:30', endsAt: '14:45' });
    const dates = { ...rule, exdates: ['2026-04-15', '2026-04-29'] };
    const not = await make(other, { target: beside, rule: dates });
    for (const one of [healing, not])
      expect(one.occurrences).toContainEqual(expect.objectContaining({ code: 'closed' }));
    await heal('2026-04-22', '2026-04-22');
    expect(counted(await seriesNow(resident, healing.seriesId))).toEqual({ booked: 2, skipped: 1 });
    await reopen('2026-04-22');
    await heal('2026-05-01', '2026-05-30');
    expect(counted(await seriesNow(resident, healing.seriesId))).toEqual({ booked: 2, skipped: 1 });
    await Promise.all(Array.from({ length: 5 }, () => heal('2026-04-20', '2026-04-26')));
    await heal('2026-04-20', '2026-04-26');
    const after = await seriesNow(resident, healing.seriesId);
    expect(counted(after)).toEqual({ booked: 3 });
    expect(after.occurrences[1]?.code).toBeUndefined();
    expect(counted(await seriesNow(other, not.seriesId))).toEqual({ skipped: 1 });
    await expectReportIsTrue(resident, [healing.seriesId], resident.personId);
  });

  test('brings back what it had canceled, under the same date of the rule', async () => {
    const made = await make(resident, { target: inRoom(roomId), rule: weekly(2), healAfterClosures: true });
    const [row] = await rowsOf(resident.personId);
    if (!row) throw new Error('no row');
    const { date } = row;
    await endByClosure(row);
    expect((await seriesNow(resident, made.seriesId)).occurrences[0]).toMatchObject({
      outcome: 'canceled',
      code: 'closure',
      why: { zh: '因中心临时关闭而取消。' },
    });
    await heal(date, date);
    await heal(date, date);
    const after = await seriesNow(resident, made.seriesId);
    expect(after.occurrences[0]).toMatchObject({ outcome: 'booked', recurrence: date, sequence: 1 });
    await expectReportIsTrue(resident, [made.seriesId], resident.personId);
  });

  test('brings it back also where the series was cut meanwhile: to the one that the date went over to', async () => {
    const made = await make(resident, { target: inRoom(roomId), rule: weekly(3), healAfterClosures: true });
    const body = { scope: 'this-and-following', recurrence: '2026-04-22', purpose: '舞蹈队' };
    const after = await change(resident, made.seriesId, body);
    const row = (await rowsOf(resident.personId)).find(({ date }) => date === '2026-04-22');
    if (!row) throw new Error('no row');
    await endByClosure(row);
    await heal('2026-04-22', '2026-04-22');
    expect(counted(await seriesNow(resident, after.seriesId))).toEqual({ booked: 2 });
    await expectReportIsTrue(resident, [made.seriesId, after.seriesId], resident.personId);
  });

  test('of a class opens its session again: the place is taken, or the reason is now another', async () => {
    const slug = `class-${count}`;
    const offeringId = await offering(centerId, slug);
    await session(centerId, '2026-04-15', { slug, status: 'closed' });
    await session(centerId, '2026-04-22', { slug, status: 'closed' });
    const target = { kind: 'sessions', offeringId, startsAt: '16:30' };
    const made = await make(resident, { target, rule: weekly(2), healAfterClosures: true });
    expect(made.occurrences.map(({ code }) => code)).toEqual(['session-closed', 'session-closed']);
    await session(centerId, '2026-04-15', { slug });
    await session(centerId, '2026-04-22', { slug, capacity: 0 });
    await heal('2026-04-15', '2026-04-22');
    const after = await seriesNow(resident, made.seriesId);
    expect(after.occurrences.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['booked', undefined],
      ['skipped', 'session-full'],
    ]);
  });
});
