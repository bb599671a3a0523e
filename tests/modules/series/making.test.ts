import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { create } from '../../../functions/series/commands.ts';
import { handler as schedule } from '../../../functions/series/schedule.ts';
import { usualRules } from '../../../shared/booking/items/city-rules.ts';
import { seriesRequest } from '../../../shared/contracts/series.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { clockNow, epochSeconds } from '../../../shared/kernel/clock.ts';
import { addDays } from '../../../shared/kernel/days.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { keys } from '../../../shared/table/keys.ts';
import { center, room, type Someone, session, someone } from '../../support/builders.ts';
import { setClock, tenants } from '../../support/invoke.ts';
import {
  anew,
  april,
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
let staff: Someone;
let roomId: string;
let count = 0;

const weekdays = Object.fromEntries(
  ['1', '2', '3', '4', '5'].map((day) => [day, [{ opensAt: '08:00', closesAt: '21:00' }]]),
);

beforeAll(async () => {
  setClock(april);
  await center('yuhu');
  await center('weekdays', { weekly: weekdays });
});
beforeEach(async () => {
  setClock(april);
  count += 1;
  [resident, staff] = await Promise.all([
    someone({ name: '林晚晴' }),
    someone({
      name: '社区工作者',
      posts: [
        { kind: 'center-staff', centerId: 'yuhu' },
        { kind: 'center-staff', centerId: 'weekdays' },
      ],
    }),
  ]);
  roomId = await room('yuhu', `series-${count}`);
});

const contextOf = (who: Someone, idempotencyKey: string): RequestContext => ({
  tenantId: who.tenantId,
  actor: {
    tenantId: who.tenantId,
    personId: who.personId,
    signInId: 's',
    issuedAtEpochSeconds: epochSeconds(clockNow()),
  },
  now: clockNow(),
  traceId: 't',
  idempotencyKey,
  ifMatch: undefined,
  sourceIp: '',
  language: 'zh',
});

describe('making a series', () => {
  test('A05: weekly x16 across a holiday: 15 made, 1 skipped with its reason', async () => {
    // Mondays from 20 April; 1 to 5 May are the holiday of Labor Day.
    const rule = { dtstart: '2026-04-20', rrule: 'FREQ=WEEKLY;COUNT=16' };
    const body = { target: inRoom(roomId), beneficiaryId: resident.personId, rule, reason };
    const made = await make(staff, body);
    expect(made).toMatchObject({ done: 16, of: 16, waiting: 0, next: false, byStaff: true });
    // Who acted for whom, and why, is kept and shown to the person.
    const seenBy = await seriesNow(resident, made.seriesId);
    expect(seenBy).toMatchObject({
      ...{
        actorId: staff.personId,
        actorName: '社区工作者',
        beneficiaryId: resident.personId,
        beneficiaryName: '林晚晴',
      },
      reason,
    });
    expect(counted(made)).toEqual({ booked: 15, skipped: 1 });
    const skipped = made.occurrences.filter(({ outcome }) => outcome === 'skipped');
    expect(skipped).toMatchObject([{ recurrence: '2026-05-04', code: 'holiday', why: { zh: '劳动节放假，不开放。' } }]);
    // The day after is a holiday too, and so is the one before.
    expect(skipped[0]?.alternative).toEqual({ date: '2026-05-06', startsAt: '14:00', endsAt: '15:00' });
    const [row] = await rowsOf(resident.personId);
    expect(row).toMatchObject({
      seriesId: made.seriesId,
      recurrence: { date: '2026-04-20', startsAt: '14:00' },
      sequence: 0,
      actorId: staff.personId,
    });
    await expectReportIsTrue(resident, [made.seriesId], resident.personId);
    expect((await city.get('/v1/series', { as: resident })).body.series).toMatchObject([{ seriesId: made.seriesId }]);
  });

  test('A05: dates taken out are not booked, dates added are, and a make-up workday has weekday hours', async () => {
    const workday = await room('weekdays', `makeup-${count}`);
    // Saturday 9 May is a make-up workday, Saturday 16 May is none.
    const rule = weekly(4, { exdates: ['2026-04-22'], rdates: ['2026-05-09', '2026-05-16', '2026-04-15'] });
    const made = await make(staff, { target: inRoom(workday), beneficiaryId: resident.personId, rule, reason });
    expect(made.occurrences.map(({ recurrence, outcome, code }) => [recurrence, outcome, code])).toEqual([
      ['2026-04-15', 'booked', undefined],
      ['2026-04-29', 'booked', undefined],
      ['2026-05-06', 'booked', undefined],
      ['2026-05-09', 'booked', undefined],
      ['2026-05-16', 'skipped', 'outside-opening-hours'],
    ]);
    expect(made.occurrences.at(-1)?.alternative?.date).toBe('2026-05-15');
  });

  test('a resident’s series books what may be booked today; the rest waits, and is booked as its days come into reach', async () => {
    const made = await make(resident, { target: inRoom(roomId), rule: weekly(12) });
    // 60 days from 1 April is 31 May: seven Wednesdays from 15 April to 27 May.
    expect(counted(made)).toEqual({ booked: 7, waiting: 5 });
    expect(made.next).toBe(false);
    await schedule();
    expect(counted(await seriesNow(resident, made.seriesId))).toEqual({ booked: 7, waiting: 5 });
    setClock('2026-04-03T16:00:30Z'); // midnight of 4 April: 3 June is in reach
    await schedule();
    expect(counted(await seriesNow(await anew(resident), made.seriesId))).toEqual({ booked: 8, waiting: 4 });
    setClock('2026-05-20T01:00:00Z');
    await schedule();
    await schedule();
    const last = await seriesNow(await anew(resident), made.seriesId);
    expect(counted(last)).toEqual({ booked: 12 });
    await expectReportIsTrue(await anew(resident), [made.seriesId], resident.personId);
  });

  test('each date that cannot be had says why, with the nearest free time of the same length', async () => {
    const other = await someone();
    const taken = { date: '2026-04-22', startsAt: '13:30', endsAt: '14:30', purpose: '读书会' };
    await city.post(`/v1/rooms/${roomId}/bookings`, { as: other, body: taken });
    const elsewhere = await room('yuhu', `else-${count}`);
    const busy = { date: '2026-04-29', startsAt: '14:30', endsAt: '15:30', purpose: '读书会' };
    await city.post(`/v1/rooms/${elsewhere}/bookings`, { as: resident, body: busy });
    const body = { target: inRoom(roomId), rule: weekly(3) };
    const before = (await rowsOf(resident.personId)).length;
    const preview = await city.post('/v1/series/preview', { as: resident, body });
    expect(preview.status, preview.text).toBe(200);
    expect((await rowsOf(resident.personId)).length).toBe(before);
    const made = await make(resident, body);
    expect(made.occurrences).toMatchObject([
      { outcome: 'booked' },
      {
        outcome: 'skipped',
        code: 'slot-taken',
        alternative: { date: '2026-04-22', startsAt: '14:30', endsAt: '15:30' },
      },
      { outcome: 'skipped', code: 'person-busy', alternative: { date: '2026-04-29', startsAt: '13:30' } },
    ]);
    const fates = preview.body.occurrences.map((one: { fate: string; code?: string }) => [one.fate, one.code]);
    expect(fates).toEqual([
      ['free', undefined],
      ['skipped', 'slot-taken'],
      ['skipped', 'person-busy'],
    ]);
    expect(preview.body.occurrences[1].alternative).toEqual(made.occurrences[1]?.alternative);
  });

  test('of a class: no session that day, a full one, one not published yet; the nearest session with places is named', async () => {
    const offeringId = await offering('yuhu', `class-${count}`);
    const slug = `class-${count}`;
    for (const date of ['2026-04-15', '2026-04-22', '2026-04-23']) await session('yuhu', date, { slug });
    const full = await session('yuhu', '2026-05-06', { slug, capacity: 1 });
    await session('yuhu', '2026-05-06', { slug, startsAt: '19:00', endsAt: '20:00' });
    const other = await someone();
    await city.post('/v1/session-bookings', {
      as: other,
      body: { sessionIds: [full], beneficiaryIds: [other.personId] },
    });
    const body = { target: { kind: 'sessions', offeringId, startsAt: '16:30' }, rule: weekly(8) };
    const made = await make(resident, body);
    expect(made.occurrences.map(({ recurrence, outcome, code }) => [recurrence, outcome, code])).toEqual([
      ['2026-04-15', 'booked', undefined],
      ['2026-04-22', 'booked', undefined],
      ['2026-04-29', 'skipped', 'not-found'],
      ['2026-05-06', 'skipped', 'session-full'],
      ['2026-05-13', 'skipped', 'not-found'],
      ['2026-05-20', 'skipped', 'not-found'], // seven weeks away: published by now, were there one
      ['2026-05-27', 'waiting', undefined],
      ['2026-06-03', 'waiting', undefined],
    ]);
    expect(made.occurrences[2]?.alternative).toMatchObject({ date: '2026-04-23' });
    expect(made.occurrences[3]?.alternative).toMatchObject({ date: '2026-05-06', startsAt: '19:00', placesLeft: 10 });
    await session('yuhu', '2026-05-27', { slug });
    setClock('2026-04-02T01:00:00Z');
    await schedule();
    const after = await seriesNow(await anew(resident), made.seriesId);
    expect(after.occurrences[6]).toMatchObject({ outcome: 'booked', date: '2026-05-27' });
  });

  test('twice under one key is once; another body under it is refused; nobody books for a stranger, staff only at their desk', async () => {
    const body = { target: inRoom(roomId), rule: weekly(2) };
    const first = await make(resident, body, { idempotencyKey: 'one' });
    const again = await city.post('/v1/series', { as: resident, body, idempotencyKey: 'one' });
    expect([again.body.series.seriesId, again.headers['idempotency-replayed']]).toEqual([first.seriesId, 'true']);
    const other = { ...body, rule: weekly(3) };
    const reused = await city.post('/v1/series', { as: resident, body: other, idempotencyKey: 'one' });
    expect(reused.body.code).toBe('idempotency-key-reused');
    const stranger = await someone();
    const forAnother = { ...body, beneficiaryId: resident.personId };
    for (const path of ['/v1/series', '/v1/series/preview'])
      expect((await city.post(path, { as: stranger, body: forAnother })).body.code).toBe('no-authority');
    expect((await city.post('/v1/series', { as: stranger, body: { ...forAnother, reason } })).body.code).toBe(
      'forbidden',
    );
    expect((await city.get(`/v1/series/${first.seriesId}`, { as: stranger })).body.code).toBe('no-authority');
    expect((await city.post(`/v1/series/${first.seriesId}/continue`, { as: stranger })).body.code).toBe('no-authority');
    const bad = [
      [{ ...body, rule: weekly(2, { rrule: 'FREQ=HOURLY;COUNT=3' }) }, 'series-rule'],
      [{ ...body, rule: weekly(2, { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2' }) }, 'series-empty'],
      [{ ...body, rule: weekly(2, { rrule: 'FREQ=DAILY' }) }, 'series-too-long'],
      [{ ...body, target: inRoom('yuhu.nowhere') }, 'not-found'],
    ] as const;
    for (const [wrong, code] of bad)
      expect((await city.post('/v1/series', { as: resident, body: wrong })).body.code).toBe(code);
  });
});

describe('a long series', () => {
  test('A05: 200 dates, a client that dies in the middle, ten others that ask for the rest at once: all booked, none twice', async () => {
    const parent = await someone({ guardianOf: [resident] });
    const rule = { dtstart: '2026-05-06', rrule: 'FREQ=DAILY;COUNT=200' };
    const request = seriesRequest.parse({ target: inRoom(roomId), beneficiaryId: resident.personId, rule, reason });
    const { series: first } = await create(contextOf(staff, 'long'), request, 50);
    expect(first.next).toBe(true);
    expect(first.done).toBeGreaterThan(0);
    expect(first.done).toBeLessThan(200);
    expect(await seriesNow(parent, first.seriesId)).toMatchObject({ done: first.done, of: 200, next: true });
    // Any of them may be the client that asks for the rest: all do the same dates at once.
    const askers = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? parent : staff));
    const go = (as: Someone) => city.post(`/v1/series/${first.seriesId}/continue`, { as });
    for (const { status, text } of await Promise.all(askers.map(go))) expect(status, text).toBe(200);
    for (let round = 0; (await go(parent)).body.series.next; round += 1) expect(round).toBeLessThan(20);
    const after = await seriesNow(parent, first.seriesId);
    expect(after).toMatchObject({ done: 200, next: false });
    const rows = await rowsOf(resident.personId);
    expect(new Set(rows.map(({ date }) => date)).size).toBe(rows.length);
    expect(rows.every(({ state }) => state === 'booked')).toBe(true);
    expect(counted(after)).toEqual({ booked: rows.length, skipped: 200 - rows.length });
    expect(after.occurrences.filter(({ outcome }) => outcome === 'skipped').map(({ code }) => code)).toEqual(
      Array(200 - rows.length).fill('holiday'),
    );
    expect(rows.at(-1)?.date).toBe(addDays('2026-05-06', 199));
    await expectReportIsTrue(parent, [first.seriesId], resident.personId);
  }, 120_000);

  test('a city that lets people book less far ahead is waited for that long', async () => {
    const [tenantId] = tenants();
    await putMany([{ key: keys.rules.city(tenantId), item: { ...usualRules, roomDaysAhead: 10 } }]);
    const request = seriesRequest.parse({
      target: inRoom(roomId),
      rule: { dtstart: '2026-04-07', rrule: 'FREQ=WEEKLY;COUNT=3' },
    });
    const { series: made } = await create(contextOf(resident, 'near'), request);
    await putMany([{ key: keys.rules.city(tenantId), item: usualRules }]);
    expect(made.occurrences.map(({ outcome }) => outcome)).toEqual(['booked', 'waiting', 'waiting']);
  });

  test('what a client left off is finished by the schedule', async () => {
    const request = seriesRequest.parse({
      target: inRoom(roomId),
      rule: { dtstart: '2026-04-07', rrule: 'FREQ=DAILY;COUNT=20' },
    });
    const { series: first } = await create(contextOf(resident, 'left'), request, 1);
    expect(first.next).toBe(true);
    setClock('2026-04-01T01:03:00Z');
    await schedule();
    const after = await seriesNow(resident, first.seriesId);
    expect(after.next).toBe(false);
    await expectReportIsTrue(resident, [first.seriesId], resident.personId);
  });
});
