import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { handler as schedule } from '../../../functions/series/schedule.ts';
import { handler as stream } from '../../../functions/stream/handler.ts';
import type { Series } from '../../../shared/contracts/series.ts';
import { center, room, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { setClock } from '../../support/invoke.ts';
import { streamRecords } from '../../support/stream.ts';
import { storedDay, storedSheet } from '../rooms/stored.ts';
import {
  anew,
  april,
  change,
  city,
  counted,
  expectReportIsTrue,
  inRoom,
  make,
  offering,
  reason,
  rowsOf,
  seriesNow,
  weekly,
} from './city.ts';

let resident: Someone;
let roomId: string;
let count = 0;

beforeAll(async () => {
  setClock(april);
  await center('yuhu');
});
beforeEach(async () => {
  setClock(april);
  count += 1;
  resident = await someone();
  roomId = await room('yuhu', `changing-${count}`);
});

const places = ({ occurrences }: Series) => occurrences.map(({ date, startsAt }) => `${date} ${startsAt}`);
const places5 = ['2026-04-15', '2026-04-22', '2026-04-29', '2026-05-06', '2026-05-13'];

/** The entries of the file as it is, by the RECURRENCE-ID they carry; that of the series itself, with its rule, under none. */
async function entriesOf(who: Someone): Promise<Map<string, string>> {
  const answer = await city.post('/v1/calendar-feeds', { as: who, body: { kind: 'circle' } });
  const { text } = await city.get(answer.body.path);
  const blocks = text.replaceAll('\r\n ', '').match(/BEGIN:VEVENT[\s\S]*?END:VEVENT/g) ?? [];
  const ids = blocks.map((block) => /RECURRENCE-ID;TZID=Asia\/Shanghai:(\S+)/.exec(block)?.[1] ?? '');
  expect(new Set(ids).size).toBe(ids.length);
  return new Map(blocks.map((block, index) => [ids[index] ?? '', block]));
}

describe('one occurrence', () => {
  test('A06: moving occurrence 5 only: the calendar shows one RECURRENCE-ID override, and occurrences 1-4 are unchanged', async () => {
    const made = await make(resident, { target: inRoom(roomId), rule: weekly(6) });
    const before = await entriesOf(resident);
    expect([...before.keys()]).toEqual(['']);
    expect(before.get('')).toContain('RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=WE;COUNT=6\r\n');
    const rows = await rowsOf(resident.personId);
    const move = { scope: 'this', recurrence: '2026-05-13', move: { date: '2026-05-14', startsAt: '16:00' } };
    const moved = await change(resident, made.seriesId, move);
    expect(moved.occurrences[4]).toMatchObject({
      recurrence: '2026-05-13',
      date: '2026-05-14',
      startsAt: '16:00',
      endsAt: '17:00',
      outcome: 'booked',
      sequence: 1,
    });
    const after = await entriesOf(resident);
    expect([...after.keys()]).toEqual(['', '20260513T140000']);
    expect(after.get('')).toBe(before.get(''));
    const override = after.get('20260513T140000') ?? '';
    expect(override).toContain('DTSTART;TZID=Asia/Shanghai:20260514T160000');
    const sequenceOf = (entry = '') => Number(/SEQUENCE:(\d+)/.exec(entry)?.[1]);
    expect(sequenceOf(override)).toBeGreaterThan(sequenceOf(before.get('')));
    const still = await rowsOf(resident.personId);
    for (const row of rows.filter(({ date }) => date !== '2026-05-13')) expect(still).toContainEqual(row);
    expect(still.find(({ date }) => date === '2026-05-13')).toMatchObject({ state: 'canceled', because: 'moved' });
    expect((await storedSheet(roomId, '2026-05-13')).busy).toEqual([]);
    await expectReportIsTrue(resident, [made.seriesId], resident.personId);
    // The same again changes nothing.
    expect((await change(resident, made.seriesId, move)).occurrences[4]).toEqual(moved.occurrences[4]);
  });

  test('moves by a quarter of an hour over its own old time, buffers and all, and the day counts the new length', async () => {
    const buffered = await room('yuhu', `buffered-${count}`, { bufferBeforeMinutes: 15, bufferAfterMinutes: 15 });
    const made = await make(resident, { target: inRoom(buffered), rule: weekly(2) });
    const move = { scope: 'this', recurrence: '2026-04-15', move: { startsAt: '14:15', endsAt: '15:30' } };
    const moved = await change(resident, made.seriesId, move);
    expect(moved.occurrences[0]).toMatchObject({ startsAt: '14:15', endsAt: '15:30', outcome: 'booked', sequence: 1 });
    const sheet = await storedSheet(buffered, '2026-04-15');
    expect(sheet.busy).toEqual([57, 58, 59, 60, 61]);
    expect(Object.keys(sheet.entries)).toEqual([moved.occurrences[0]?.bookingId]);
    const day = await storedDay(resident.personId, '2026-04-15');
    expect([day.busy.length, day.roomQuarters, Object.keys(day.entries)]).toEqual([
      5,
      5,
      [moved.occurrences[0]?.bookingId],
    ]);
    // The stream sees all of it, twice, and finds everything in order.
    const records = await streamRecords();
    for (let round = 0; round < 2; round += 1)
      await stream({ Records: records }, { awsRequestId: 't' } as never, () => undefined);
    expect((await storedSheet(buffered, '2026-04-15')).busy).toEqual([57, 58, 59, 60, 61]);
    await expectReportIsTrue(resident, [made.seriesId], resident.personId);
  });

  test('keeps its old place when the new one is taken, and says why', async () => {
    const other = await someone();
    const body = { date: '2026-04-22', startsAt: '16:00', endsAt: '17:00', purpose: '读书会' };
    await city.post(`/v1/rooms/${roomId}/bookings`, { as: other, body });
    const made = await make(resident, { target: inRoom(roomId), rule: weekly(3) });
    for (const [recurrence, startsAt] of [
      ['2026-04-22', '16:30'],
      ['2026-04-15', '16:00'],
    ]) {
      const move = { scope: 'this', recurrence, move: { date: '2026-04-22', startsAt } };
      const kept = await change(resident, made.seriesId, move);
      const one = kept.occurrences.find((it) => it.recurrence === recurrence);
      expect(one).toMatchObject({
        date: recurrence,
        startsAt: '14:00',
        outcome: 'booked',
        code: 'slot-taken',
        sequence: 0,
      });
    }
    await expectReportIsTrue(resident, [made.seriesId], resident.personId);
    const moved = await change(resident, made.seriesId, {
      scope: 'this',
      recurrence: '2026-04-22',
      move: { startsAt: '18:00' },
    });
    expect(moved.occurrences[1]).toMatchObject({ startsAt: '18:00', outcome: 'booked', sequence: 1 });
    expect(moved.occurrences[1]?.code).toBeUndefined();
  });

  test('takes the time of a hold that has run out, whether or not anybody has released it', async () => {
    const other = await someone();
    const offeringId = await offering('yuhu', `asked-${count}`, { policy: { approval: { withinHours: 1 } } });
    const body = { date: '2026-04-22', startsAt: '16:00', endsAt: '17:00', purpose: '宴会', offeringId };
    const held = await city.post(`/v1/rooms/${roomId}/bookings`, { as: other, body });
    expect(held.body.booking.state).toBe('held');
    const made = await make(resident, { target: inRoom(roomId), rule: weekly(3) });
    const move = { scope: 'this', recurrence: '2026-04-22', move: { startsAt: '15:30' } };
    expect((await change(resident, made.seriesId, move)).occurrences[1]).toMatchObject({ code: 'slot-taken' });
    setClock('2026-04-01T02:01:00Z');
    const me = await anew(resident);
    const [, moved] = (await change(me, made.seriesId, move)).occurrences;
    expect(moved).toMatchObject({ startsAt: '15:30', endsAt: '16:30', outcome: 'booked', sequence: 1 });
    expect(Object.keys((await storedSheet(roomId, '2026-04-22')).entries)).toEqual([moved?.bookingId]);
  });

  test('moved within its day keeps the rule of canceling that it was moved under', async () => {
    const paid = { residentPriceFen: 2_000, fundingMode: 'market' };
    const offeringId = await offering('yuhu', `paid-${count}`, paid);
    const made = await make(resident, { target: inRoom(roomId, { offeringId }), rule: weekly(2) });
    const move = { scope: 'this', recurrence: '2026-04-22', move: { startsAt: '16:00' } };
    const [, moved] = (await change(resident, made.seriesId, move)).occurrences;
    await offering('yuhu', `paid-${count}`, {
      ...paid,
      policy: { cancellation: [{ underHours: 900, keepPercent: 50 }] },
    });
    const path = `/v1/people/${resident.personId}/bookings/${moved?.bookingId}/cancellation`;
    expect((await city.get(path, { as: resident })).body.cancellation).toMatchObject({ refundFen: 2_000, keptFen: 0 });
  });

  test('that was skipped takes the free time that was named', async () => {
    const other = await someone();
    const body = { date: '2026-04-22', startsAt: '14:00', endsAt: '15:00', purpose: '读书会' };
    await city.post(`/v1/rooms/${roomId}/bookings`, { as: other, body });
    const made = await make(resident, { target: inRoom(roomId), rule: weekly(3) });
    const { alternative } = made.occurrences[1] ?? {};
    expect(alternative).toBeDefined();
    const move = { scope: 'this', recurrence: '2026-04-22', move: alternative };
    expect((await change(resident, made.seriesId, move)).occurrences[1]).toMatchObject({
      ...alternative,
      outcome: 'booked',
    });
    await expectReportIsTrue(resident, [made.seriesId], resident.personId);
  });

  test('ten times the same move at once is one move', async () => {
    const made = await make(resident, { target: inRoom(roomId), rule: weekly(3) });
    const body = { scope: 'this', recurrence: '2026-04-22', move: { date: '2026-04-23' } };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => city.patch(`/v1/series/${made.seriesId}`, { as: resident, body })),
    );
    expect(answers.filter(({ status }) => status !== 200 && status !== 503).map(({ text }) => text)).toEqual([]);
    await city.post(`/v1/series/${made.seriesId}/continue`, { as: resident });
    const after = await seriesNow(resident, made.seriesId);
    expect(after.occurrences[1]).toMatchObject({ date: '2026-04-23', sequence: 1 });
    await expectReportIsTrue(resident, [made.seriesId], resident.personId);
  });

  test('that still waits is put elsewhere, and waits there', async () => {
    const made = await make(resident, { target: inRoom(roomId), rule: weekly(12) });
    const move = { date: '2026-06-18', startsAt: '10:00' };
    const moved = await change(resident, made.seriesId, { scope: 'this', recurrence: '2026-06-17', move });
    expect(moved.occurrences[9]).toMatchObject({ ...move, outcome: 'waiting' });
    expect(moved.next).toBe(false);
    setClock('2026-05-20T01:00:00Z');
    await schedule();
    const me = await anew(resident);
    expect((await seriesNow(me, made.seriesId)).occurrences[9]).toMatchObject({ ...move, outcome: 'booked' });
    await expectReportIsTrue(me, [made.seriesId], resident.personId);
  });

  test('is canceled alone, also one that still waits', async () => {
    const made = await make(resident, { target: inRoom(roomId), rule: weekly(12) });
    for (const recurrence of ['2026-04-22', '2026-06-17'])
      await change(resident, made.seriesId, { scope: 'this', recurrence, cancel: true });
    setClock('2026-05-20T01:00:00Z');
    await schedule();
    const after = await seriesNow(await anew(resident), made.seriesId);
    expect(counted(after)).toEqual({ booked: 10, canceled: 2 });
    await expectReportIsTrue(await anew(resident), [made.seriesId], resident.personId);
  });
});

describe('this and following, and all', () => {
  test('A06: this and following: the series is cut, what came before is untouched, each that follows has moved', async () => {
    const made = await make(resident, { target: inRoom(roomId), rule: weekly(12) });
    const rows = await rowsOf(resident.personId);
    const after = await change(resident, made.seriesId, {
      scope: 'this-and-following',
      recurrence: '2026-04-29',
      move: { startsAt: '15:30' },
    });
    expect(after.seriesId).not.toBe(made.seriesId);
    expect(after).toMatchObject({
      follows: made.seriesId,
      rule: { dtstart: '2026-04-29', rrule: 'FREQ=WEEKLY;UNTIL=20260701' },
      target: { startsAt: '15:30', endsAt: '16:30' },
    });
    expect(counted(after)).toEqual({ booked: 5, waiting: 5 });
    expect(new Set(after.occurrences.map(({ startsAt }) => startsAt))).toEqual(new Set(['15:30']));
    const before = await seriesNow(resident, made.seriesId);
    expect(before).toMatchObject({
      continuedBy: after.seriesId,
      rule: { rrule: 'FREQ=WEEKLY;UNTIL=20260428' },
      lastDate: '2026-04-22',
    });
    expect(places(before)).toEqual(['2026-04-15 14:00', '2026-04-22 14:00']);
    const still = await rowsOf(resident.personId);
    for (const row of rows.filter(({ date }) => date < '2026-04-29')) expect(still).toContainEqual(row);
    const both = [made.seriesId, after.seriesId];
    await expectReportIsTrue(resident, both, resident.personId);
    // Again through the old one, it is found in the new one, and nothing changes.
    const again = await change(resident, made.seriesId, {
      scope: 'this-and-following',
      recurrence: '2026-04-29',
      move: { startsAt: '15:30' },
    });
    expect(again.occurrences).toEqual(after.occurrences);
    expect((await city.get('/v1/series', { as: resident })).body.series).toHaveLength(2);
    setClock('2026-05-10T01:00:00Z');
    await schedule();
    expect(counted(await seriesNow(await anew(resident), after.seriesId))).toEqual({ booked: 10 });
    await expectReportIsTrue(await anew(resident), both, resident.personId);
  });

  test('A06: all: past ones stay as they are, what is to come has moved, what waits will be booked at the new time', async () => {
    const made = await make(resident, { target: inRoom(roomId), rule: weekly(10) });
    setClock('2026-04-23T01:00:00Z');
    const me = await anew(resident);
    const past = (await rowsOf(resident.personId)).filter(({ date }) => date < '2026-04-23');
    const after = await change(me, made.seriesId, { scope: 'all', move: { startsAt: '16:00' } });
    expect(after.seriesId).toBe(made.seriesId);
    expect(after.occurrences.map(({ startsAt }) => startsAt)).toEqual(['14:00', '14:00', ...Array(8).fill('16:00')]);
    const still = await rowsOf(resident.personId);
    for (const row of past) expect(still).toContainEqual(row);
    const purpose = await change(me, made.seriesId, { scope: 'all', purpose: '舞蹈队' });
    expect(purpose.target).toMatchObject({ purpose: '舞蹈队' });
    const named = (await rowsOf(resident.personId)).filter(({ state }) => state === 'booked');
    expect(named.map(({ purpose: what }) => what)).toEqual([
      '合唱团',
      '合唱团',
      ...Array(named.length - 2).fill('舞蹈队'),
    ]);
    const coming = named.at(-1);
    expect((await storedSheet(roomId, coming?.date ?? '')).entries[coming?.bookingId ?? '']?.u).toBe('舞蹈队');
    setClock('2026-05-20T01:00:00Z');
    await schedule();
    const last = (await seriesNow(await anew(resident), made.seriesId)).occurrences.at(-1);
    expect(last).toMatchObject({ outcome: 'booked', startsAt: '16:00' });
    const canceled = await change(await anew(resident), made.seriesId, { scope: 'all', cancel: true });
    expect(counted(canceled)).toEqual({ booked: 5, canceled: 5 });
    await expectReportIsTrue(await anew(resident), [made.seriesId], resident.personId);
  });

  test('A06: what costs something that would be kept never changes with the series; the rest is canceled', async () => {
    const offeringId = await offering('yuhu', `paid-${count}`, {
      residentPriceFen: 2000,
      grossPriceFen: 2000,
      policy: { cancellation: [{ underHours: 24 * 10, keepPercent: 50 }] },
    });
    for (const date of places5) {
      const facts = { slug: `paid-${count}`, residentPriceFen: 2000 };
      await session('yuhu', date, facts);
      await session('yuhu', date, { ...facts, startsAt: '19:00', endsAt: '20:00' });
    }
    const target = { kind: 'sessions', offeringId, startsAt: '16:30' };
    const made = await make(resident, { target, rule: weekly(5) });
    expect(counted(made)).toEqual({ booked: 5 });
    setClock('2026-04-14T01:00:00Z'); // 15 and 22 April are nearer than ten days
    const me = await anew(resident);
    const rows = await rowsOf(resident.personId);
    const moved = await change(me, made.seriesId, { scope: 'all', move: { startsAt: '19:00' } });
    expect(moved.occurrences.map(({ startsAt, code }) => [startsAt, code])).toEqual([
      ['16:30', 'not-free-to-change'],
      ['16:30', 'not-free-to-change'],
      ...Array(3).fill(['19:00', undefined]),
    ]);
    const still = await rowsOf(resident.personId);
    for (const row of rows.slice(0, 2)) expect(still).toContainEqual(row);
    const one = { scope: 'this', recurrence: '2026-04-15', move: { startsAt: '19:00' } };
    const refused = await city.patch(`/v1/series/${made.seriesId}`, { as: me, body: one });
    expect([refused.status, refused.body.code]).toEqual([409, 'not-free-to-change']);
    const cut = await change(me, made.seriesId, {
      scope: 'this-and-following',
      recurrence: '2026-04-22',
      cancel: true,
    });
    expect(counted(cut)).toEqual({ booked: 2, canceled: 3 });
    expect(cut.rule.rrule).toBe('FREQ=WEEKLY;UNTIL=20260421');
    await expectReportIsTrue(me, [made.seriesId], resident.personId);
  });
});

describe('a clinic', () => {
  test('E07: 12 monthly visits made, one moved, calendar consistent', async () => {
    const slug = `visits-${count}`;
    const offeringId = await offering('yuhu', slug);
    const staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
    // The second Tuesday of each month, except that February's falls into the holiday of the next year's calendar.
    const dates = [
      ...['2026-04-14', '2026-05-12', '2026-06-09', '2026-07-14', '2026-08-11', '2026-09-08'],
      ...['2026-10-13', '2026-11-10', '2026-12-08', '2027-01-12', '2027-02-09', '2027-03-09'],
    ];
    const facts = { slug, service: 'medical' as const, startsAt: '09:00', endsAt: '09:30' };
    for (const date of [...dates, '2026-06-10']) await session('yuhu', date, facts);
    setClock('2026-04-10T01:00:00Z');
    const [nurse, patient] = await Promise.all([anew(staff), anew(resident)]);
    const rule = { dtstart: '2026-04-14', rrule: 'FREQ=MONTHLY;BYDAY=2TU;COUNT=12' };
    const target = { kind: 'sessions', offeringId, startsAt: '09:00' };
    const made = await make(nurse, { target, beneficiaryId: resident.personId, rule, reason });
    expect(counted(made)).toEqual({ booked: 12 });
    expect(made.occurrences.map(({ date }) => date)).toEqual(dates);
    const before = await entriesOf(patient);
    const moved = await change(patient, made.seriesId, {
      scope: 'this',
      recurrence: '2026-06-09',
      move: { date: '2026-06-10' },
    });
    expect(moved.occurrences[2]).toMatchObject({ date: '2026-06-10', outcome: 'booked', sequence: 1 });
    const after = await entriesOf(patient);
    expect([...after.keys()]).toEqual(['', '20260609T090000']);
    expect(after.get('')).toBe(before.get(''));
    expect(after.get('')).toContain('RRULE:FREQ=MONTHLY;INTERVAL=1;BYDAY=2TU;COUNT=12\r\n');
    expect(after.get('20260609T090000')).toContain('DTSTART;TZID=Asia/Shanghai:20260610T090000');
    expect([...after.values()].every((entry) => entry.includes(`UID:${made.seriesId}@`))).toBe(true);
    expect([...after.values()].every((entry) => entry.includes('STATUS:CONFIRMED'))).toBe(true);
    expect((await storedSession(`${offeringId}.20260609t0900`)).taken).toBe(0);
    expect((await storedSession(`${offeringId}.20260610t0900`)).seats[resident.personId]?.z).toEqual([
      made.seriesId,
      '2026-06-09T09:00',
      1,
    ]);
    await expectReportIsTrue(patient, [made.seriesId], resident.personId);
  });
});
