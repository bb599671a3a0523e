import { beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { occurrenceItem } from '../../../functions/series/occurrences/items.ts';

import { handler as schedule } from '../../../functions/series/schedule.ts';
import { setDue } from '../../../functions/series/store.ts';
import { handler as stream } from '../../../functions/stream/handler.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import type { Series } from '../../../shared/contracts/series.ts';
import { clockNow, epochSeconds } from '../../../shared/kernel/clock.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get } from '../../../shared/table/read.ts';
import { center, room, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { differences } from '../../support/claims.ts';
import { setClock, wait } from '../../support/invoke.ts';
import { StreamReader } from '../../support/stream.ts';
import { storedDay, storedSheet } from '../rooms/stored.ts';
import { anew, april, change, city, inRoom, make, offering, rowsOf, seriesNow, weekly } from './city.ts';

let resident: Someone;
let staff: Someone;
let roomId: string;
let count = 0;

beforeAll(async () => {
  setClock(april);
  await center('yuhu');
  staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
});
beforeEach(async () => {
  setClock(april);
  count += 1;
  resident = await someone();
  roomId = await room('yuhu', `confirming-${count}`);
});

const approval = { policy: { approval: { withinHours: 48 } } };
const payment = { policy: { payment: { withinMinutes: 10 } }, residentPriceFen: 2_000, grossPriceFen: 2_000 };
const move = (recurrence: string, to: object) => ({ scope: 'this', recurrence, move: to });
const first = '2026-04-15';
const dates = [first, '2026-04-16', '2026-04-22', '2026-04-29'];

/** A series of three weeks under a use that asks for somebody's word. */
async function held(facts: object): Promise<Series> {
  const offeringId = await offering('yuhu', `use-${count}`, facts);
  const made = await make(resident, { target: inRoom(roomId, { offeringId }), rule: weekly(3) });
  expect(made.occurrences.map(({ outcome, state }) => [outcome, state])).toEqual(Array(3).fill(['booked', 'held']));
  return made;
}

const orderOf = async (bookingId: string | undefined) =>
  (await rowsOf(resident.personId)).find((row) => row.bookingId === bookingId)?.orderId;
const say = async (word: 'approve' | 'reject', bookingId: string | undefined) =>
  city.post(`/v1/orders/${await orderOf(bookingId)}/${word}`, { as: staff });
const pay = async (bookingId: string | undefined) =>
  city.post(`/v1/orders/${await orderOf(bookingId)}/confirm`, { as: resident, body: { amountFen: 2_000 } });
const stateOf = async (bookingId: string | undefined) =>
  (await rowsOf(resident.personId)).find((row) => row.bookingId === bookingId)?.state;

const reader = new StreamReader();

/** The stream twice, then nothing that claims and rows would differ in. */
async function expectSound(sessionIds: readonly string[] = [], others: readonly Someone[] = []): Promise<void> {
  const Records = await reader.next();
  for (let round = 0; round < 2; round += 1) await stream({ Records }, { awsRequestId: 't' } as never, () => undefined);
  const scene = {
    roomIds: [roomId],
    sessionIds,
    dates,
    personIds: [resident, ...others].map(({ personId }) => personId),
  };
  expect(await differences(scene)).toEqual([]);
}

describe('a date that still waits for the center’s word', () => {
  test('moves over its own old time as a request of the new one: approved, it is there; the old request is over', async () => {
    const made = await held(approval);
    const [was] = made.occurrences;
    const moved = await change(resident, made.seriesId, move(first, { startsAt: '14:15' }));
    const [now] = moved.occurrences;
    expect(now).toMatchObject({ startsAt: '14:15', endsAt: '15:15', outcome: 'booked', state: 'held', sequence: 1 });
    expect(Object.keys((await storedSheet(roomId, first)).entries)).toEqual([now?.bookingId]);
    expect(await stateOf(was?.bookingId)).toBe('canceled');
    expect((await say('approve', was?.bookingId)).body.code).toMatch(/not-held|already-decided/);
    expect((await say('approve', now?.bookingId)).status).toBe(200);
    expect(await stateOf(now?.bookingId)).toBe('booked');
    await expectSound();
  });

  test('moved to another date its old request ends too, and nobody can approve what is no longer there', async () => {
    const made = await held(approval);
    const moved = await change(resident, made.seriesId, move(first, { date: '2026-04-16' }));
    expect(moved.occurrences[0]).toMatchObject({ date: '2026-04-16', state: 'held' });
    await expectSound();
    const waiting = await city.get('/v1/centers/yuhu/approvals', { as: staff });
    const asked = waiting.body.orders
      .flatMap((order: { bookings: { date: string; roomId: string }[] }) => order.bookings)
      .filter((one: { roomId: string }) => one.roomId === roomId)
      .map(({ date }: { date: string }) => date);
    expect(asked.sort()).toEqual(['2026-04-16', '2026-04-22', '2026-04-29']);
    await expectSound();
  });

  test('an approval and a move of the same date at once: it ends held at the new time or approved there or where it was, once', async () => {
    const made = await held(approval);
    const [was] = made.occurrences;
    await Promise.all([
      say('approve', was?.bookingId),
      city.patch(`/v1/series/${made.seriesId}`, { as: resident, body: move(first, { startsAt: '14:15' }) }),
    ]);
    await city.post(`/v1/series/${made.seriesId}/continue`, { as: resident });
    const { occurrences } = await seriesNow(resident, made.seriesId);
    expect(Object.keys((await storedSheet(roomId, first)).entries)).toEqual([occurrences[0]?.bookingId]);
    expect(occurrences[0]?.outcome).toBe('booked');
    await expectSound();
  });
});

test('a death after the new place is recorded: the old one is noted with it, and given up by the schedule', async () => {
  const made = await make(resident, { target: inRoom(roomId), rule: weekly(1) });
  const [{ bookingId } = {}] = made.occurrences;
  // As the function left it: the occurrence is at its new time, and another booking still holds the old one.
  const body = { date: first, startsAt: '17:00', endsAt: '18:00', purpose: '合唱团' };
  const old = (await city.post(`/v1/rooms/${roomId}/bookings`, { as: resident, body })).body.booking;
  const key = keys.series.occurrence(resident.tenantId, made.seriesId, first);
  const item = await get(key, occurrenceItem);
  await putMany([{ key, item: { ...item, leaves: old.bookingId } }]);
  await setDue(asSystem(resident.tenantId, clockNow()), made.seriesId, epochSeconds(clockNow()));
  wait(1);
  await schedule();
  expect(await stateOf(old.bookingId)).toBe('canceled');
  expect((await get(key, occurrenceItem))?.leaves).toBeUndefined();
  expect((await storedSheet(roomId, first)).busy).toEqual([56, 57, 58, 59]);
  expect((await seriesNow(resident, made.seriesId)).occurrences).toMatchObject([{ bookingId, outcome: 'booked' }]);
  await expectSound();
});

describe('a date that counts already, under a use that asks for a word', () => {
  async function approvedSeries(): Promise<Series> {
    const made = await held(approval);
    for (const { bookingId } of made.occurrences) expect((await say('approve', bookingId)).status).toBe(200);
    return seriesNow(resident, made.seriesId);
  }

  test('keeps its time while the new one of the same day waits; once that is approved it is given up', async () => {
    const made = await approvedSeries();
    const [was] = made.occurrences;
    const asked = move(first, { startsAt: '16:00' });
    const waiting = await change(resident, made.seriesId, asked);
    const [kept] = waiting.occurrences;
    expect(kept).toMatchObject({
      ...{ startsAt: '14:00', outcome: 'booked', state: 'booked', bookingId: was?.bookingId, sequence: 0 },
      next: { date: first, startsAt: '16:00', endsAt: '17:00', heldFor: 'approval' },
    });
    expect(waiting.next).toBe(false);
    expect((await storedSheet(roomId, first)).busy).toEqual([56, 57, 58, 59, 64, 65, 66, 67]);
    // Asked again it is the same request, and the calendar still has the time that counts.
    expect((await change(resident, made.seriesId, asked)).occurrences).toEqual(waiting.occurrences);
    const feed = await city.post('/v1/calendar-feeds', { as: resident, body: { kind: 'circle' } });
    const entryOf = (text: string) => {
      const entries = text.split('BEGIN:VEVENT');
      const own = entries.find((one) => one.includes(`RECURRENCE-ID;TZID=Asia/Shanghai:20260415T140000`));
      // Where it stands at its place, the entry of the series says so.
      return own ?? entries.find((one) => one.includes('RRULE:') && !one.includes('EXDATE'));
    };
    const before = entryOf((await city.get(feed.body.path)).text);
    expect(before).toContain('DTSTART;TZID=Asia/Shanghai:20260415T140000');
    expect(before).toContain('STATUS:CONFIRMED');

    expect((await say('approve', kept?.next?.bookingId)).status).toBe(200);
    wait(61);
    await schedule();
    const [moved] = (await seriesNow(resident, made.seriesId)).occurrences;
    expect(moved).toMatchObject({ startsAt: '16:00', state: 'booked', bookingId: kept?.next?.bookingId, sequence: 1 });
    expect(moved?.next).toBeUndefined();
    expect((await storedSheet(roomId, first)).busy).toEqual([64, 65, 66, 67]);
    expect((await storedDay(resident.personId, first)).roomQuarters).toBe(4);
    expect(await stateOf(was?.bookingId)).toBe('canceled');
    const after = entryOf((await city.get(feed.body.path)).text);
    expect(after).toContain('DTSTART;TZID=Asia/Shanghai:20260415T160000');
    await expectSound();
  });

  test.each(['rejected', 'lapsed'] as const)(
    'the new time is %s: the old one was never lost, and it says why',
    async (end) => {
      const made = await approvedSeries();
      const waiting = await change(resident, made.seriesId, move(first, { date: '2026-04-16' }));
      const others = [];
      if (end === 'rejected') expect((await say('reject', waiting.occurrences[0]?.next?.bookingId)).status).toBe(200);
      else {
        wait(49 * 3_600);
        const other = await someone();
        others.push(other);
        const body = { date: '2026-04-16', startsAt: '14:00', endsAt: '15:00', purpose: '读书会' };
        expect((await city.post(`/v1/rooms/${roomId}/bookings`, { as: other, body })).status).toBe(201);
      }
      await expectSound([], others);
      wait(61);
      await schedule();
      expect((await seriesNow(await anew(resident), made.seriesId)).occurrences[0]).toMatchObject({
        ...{ date: first, startsAt: '14:00', outcome: 'booked', state: 'booked' },
        code: 'move-not-confirmed',
      });
      await expectSound([], others);
    },
  );

  test('cannot move to a time that touches its own: both would have to stand; the refusal says so', async () => {
    const made = await approvedSeries();
    const kept = await change(resident, made.seriesId, move(first, { startsAt: '14:15' }));
    expect(kept.occurrences[0]).toMatchObject({ startsAt: '14:00', state: 'booked', code: 'move-overlaps' });
    expect(kept.occurrences[0]?.why?.zh).toContain('错开');
    await expectSound();
  });

  test('moved twice, then canceled, before anybody has said a word: nothing stays held', async () => {
    const made = await approvedSeries();
    await change(resident, made.seriesId, move(first, { startsAt: '16:00' }));
    const second = await change(resident, made.seriesId, move(first, { startsAt: '18:00' }));
    expect(second.occurrences[0]).toMatchObject({ startsAt: '14:00', next: { startsAt: '18:00' } });
    expect((await storedSheet(roomId, first)).busy).toEqual([56, 57, 58, 59, 72, 73, 74, 75]);
    const over = await change(resident, made.seriesId, { scope: 'this', recurrence: first, cancel: true });
    expect(over.occurrences[0]).toMatchObject({ outcome: 'canceled' });
    expect((await storedSheet(roomId, first)).busy).toEqual([]);
    await expectSound();
  });

  test('paid: the new time is paid for while the old one stands, then the old one is given back whole', async () => {
    const made = await held(payment);
    for (const { bookingId } of made.occurrences) expect((await pay(bookingId)).status).toBe(200);
    const waiting = await change(resident, made.seriesId, move(first, { startsAt: '17:00' }));
    const { next } = waiting.occurrences[0] ?? {};
    expect(next).toMatchObject({ startsAt: '17:00', heldFor: 'payment' });
    expect((await pay(next?.bookingId)).status).toBe(200);
    const after = await city.post(`/v1/series/${made.seriesId}/continue`, { as: resident });
    expect(after.body.series.occurrences[0]).toMatchObject({ startsAt: '17:00', state: 'booked' });
    expect((await storedSheet(roomId, first)).busy).toEqual([68, 69, 70, 71]);
    await expectSound();
  });

  test('of a class: the old place is kept until the new one is approved', async () => {
    const slug = `class-${count}`;
    const offeringId = await offering('yuhu', slug, approval);
    const [early, late] = [await session('yuhu', first, { slug }), await session('yuhu', '2026-04-16', { slug })];
    const target = { kind: 'sessions', offeringId, startsAt: '16:30' };
    const made = await make(resident, { target, rule: weekly(1) });
    await say('approve', made.occurrences[0]?.bookingId);
    const waiting = await change(resident, made.seriesId, move(first, { date: '2026-04-16' }));
    expect(waiting.occurrences[0]).toMatchObject({ date: first, next: { date: '2026-04-16' } });
    expect([(await storedSession(early)).taken, (await storedSession(late)).taken]).toEqual([1, 1]);
    await say('approve', waiting.occurrences[0]?.next?.bookingId);
    await city.post(`/v1/series/${made.seriesId}/continue`, { as: resident });
    expect([(await storedSession(early)).taken, (await storedSession(late)).taken]).toEqual([0, 1]);
    await expectSound([early, late]);
  });
});
