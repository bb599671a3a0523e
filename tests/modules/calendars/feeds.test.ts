import { randomUUID } from 'node:crypto';
import nodeIcal, { type VEvent } from 'node-ical';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as bookings from '../../../functions/bookings/handler.ts';
import * as calendars from '../../../functions/calendars/handler.ts';
import { offeringItem } from '../../../functions/centers/index.ts';

import * as people from '../../../functions/people/handler.ts';
import * as rooms from '../../../functions/rooms/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { reopenSession, shutSession } from '../../../shared/booking/claim/shut.ts';
import { bookingRow, encodeBookingRow } from '../../../shared/booking/items/booking-row.ts';
import { signAccessToken } from '../../../shared/http/token.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { keys, sessionIdFor } from '../../../shared/table/keys.ts';
import { get } from '../../../shared/table/read.ts';
import { center, room, type Someone, session, someone } from '../../support/builders.ts';
import { cityOf, setClock, tenants } from '../../support/invoke.ts';

const city = cityOf(calendars, bookings, sessions, rooms, people);
const monday = '2026-03-02T01:00:00Z';
const tenantId = tenants()[0];

let child: Someone;
let parent: Someone;
let sessionId: string;
let count = 0;

beforeAll(async () => {
  setClock(monday);
  await center('yuhu');
});
beforeEach(async () => {
  setClock(monday);
  count += 1;
  child = await someone({ name: '小明', birthDate: '2018-01-01' });
  parent = await someone({ name: '陈大明', guardianOf: [child] });
  sessionId = await session('yuhu', '2026-03-10', {
    slug: `class-${count}`,
    title: { zh: '书法, 初级; 一班', en: 'Calligraphy' },
  });
});

async function booked(who: Someone, sessionIds = [sessionId]) {
  const answer = await city.post('/v1/session-bookings', {
    as: parent,
    body: { sessionIds, beneficiaryIds: [who.personId] },
  });
  expect(answer.status).toBe(201);
  return answer.body.bookings[0] as { bookingId: string };
}

async function feed(as: Someone, body: object, headers = {}) {
  const answer = await city.post('/v1/calendar-feeds', { as, body, headers });
  expect(answer.status, answer.text).toBe(201);
  return answer.body as { feedId: string; path: string };
}

const eventsOf = (text: string): VEvent[] =>
  Object.values(nodeIcal.sync.parseICS(text)).filter((it): it is VEvent => it?.type === 'VEVENT');

describe('N06: a calendar feed', () => {
  test('fetched twice unchanged: equal bytes, and 304 to who has them; canceled: STATUS:CANCELLED under the same UID; revoked: 404', async () => {
    const { bookingId } = await booked(child);
    const { feedId, path } = await feed(parent, { kind: 'circle' });
    const first = await city.get(path);
    expect(first.headers['content-type']).toBe('text/calendar; charset=utf-8');
    setClock('2026-03-04T07:30:00Z');
    const second = await city.get(path);
    expect(second.text).toBe(first.text);
    const etag = first.headers['etag'] ?? '';
    expect((await city.get(path, { headers: { 'if-none-match': etag } })).status).toBe(304);

    await city.post(`/v1/people/${child.personId}/bookings/${bookingId}/cancel`, { as: await anew(parent) });
    const canceled = await city.get(path, { headers: { 'if-none-match': etag } });
    expect(canceled.status).toBe(200);
    const [before] = eventsOf(first.text);
    const [after] = eventsOf(canceled.text);
    expect(after?.uid).toBe(before?.uid);
    expect([before?.status, after?.status]).toEqual(['CONFIRMED', 'CANCELLED']);
    expect(Number(after?.sequence)).toBeGreaterThan(Number(before?.sequence));
    setClock('2026-06-01T01:00:00Z');
    expect(eventsOf((await city.get(path)).text)).toEqual([]);

    expect((await city.post(`/v1/calendar-feeds/${feedId}/revoke`, { as: await anew(parent) })).status).toBe(204);
    const revoked = await city.get(path);
    expect([revoked.status, revoked.body.code]).toEqual([404, 'not-found']);
  });

  test('says its zone as RFC 5545 wants it, in local times, UTC stamps, lines of 75 octets, whatever the title holds', async () => {
    await booked(child);
    const { path } = await feed(parent, { kind: 'circle' });
    const { text } = await city.get(path);
    expect(text).toContain('BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\n');
    expect(text).toContain('DTSTART;TZID=Asia/Shanghai:20260310T163000\r\n');
    expect(text).toMatch(/\r\nDTSTAMP:\d{8}T\d{6}Z\r\n/);
    expect(text.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    const [event] = eventsOf(text);
    expect(event?.summary).toBe('书法, 初级; 一班 · 小明');
    expect(event?.start.toISOString()).toBe('2026-03-10T08:30:00.000Z');
    expect(event?.end?.toISOString()).toBe('2026-03-10T10:00:00.000Z');
  });

  test('of a series has one UID, and each occurrence its RECURRENCE-ID: a moved one stands at its new time for the old', async () => {
    const two = [sessionId, await session('yuhu', '2026-03-17', { slug: `class-${count}` })];
    const answer = await city.post('/v1/session-bookings', {
      as: parent,
      body: { sessionIds: two, beneficiaryIds: [child.personId] },
    });
    const seriesId = `q${child.personId.slice(1)}`;
    for (const { bookingId, date } of answer.body.bookings) {
      const key = keys.booking.booking(tenantId, child.personId, bookingId);
      const row = await get(key, bookingRow);
      if (!row) throw new Error('no row');
      const recurrence = { date, startsAt: date === '2026-03-10' ? '09:00' : '16:30' };
      await putMany([
        { key, item: encodeBookingRow({ ...row, seriesId, recurrence, sequence: date === '2026-03-10' ? 1 : 0 }) },
      ]);
    }
    const { text } = await city.get((await feed(parent, { kind: 'person', of: child.personId })).path);
    expect(text.match(/\r\nUID:.*/g)).toEqual(Array(2).fill(`\r\nUID:${seriesId}@${tenantId}.linli`));
    expect(text).toContain('RECURRENCE-ID;TZID=Asia/Shanghai:20260310T090000\r\n');
    expect(text).toContain('RECURRENCE-ID;TZID=Asia/Shanghai:20260317T163000\r\n');
    expect(text).toMatch(/SEQUENCE:4\r\n[\s\S]*DTSTART;TZID=Asia\/Shanghai:20260310T163000/);
  });

  test('of a moved occurrence shows where it stands now, not the booking that it was moved from', async () => {
    const { bookingId } = await booked(child);
    const moved = await session('yuhu', '2026-03-12', { slug: `class-${count}` });
    const { bookingId: movedId } = await booked(child, [moved]);
    await city.post(`/v1/people/${child.personId}/bookings/${bookingId}/cancel`, { as: parent });
    for (const [id, sequence] of [
      [bookingId, 0],
      [movedId, 1],
    ] as const) {
      const key = keys.booking.booking(tenantId, child.personId, id);
      const row = await get(key, bookingRow);
      if (!row) throw new Error('no row');
      const recurrence = { date: '2026-03-10', startsAt: '16:30' };
      await putMany([{ key, item: encodeBookingRow({ ...row, seriesId: 'q1', recurrence, sequence }) }]);
    }
    const { text } = await city.get((await feed(parent, { kind: 'circle' })).path);
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    expect(text).toContain('STATUS:CONFIRMED');
    expect(text).toContain('DTSTART;TZID=Asia/Shanghai:20260312T163000\r\n');
    expect(text).toContain('RECURRENCE-ID;TZID=Asia/Shanghai:20260310T163000\r\n');
  });

  test('shrinks when a right ends', async () => {
    await booked(child);
    const { path } = await feed(parent, { kind: 'circle' });
    const { path: ofChild } = await feed(parent, { kind: 'person', of: child.personId });
    expect(eventsOf((await city.get(path)).text)).toHaveLength(1);
    const access = keys.people.access(tenantId, parent.personId);
    await putMany([{ key: access, item: { personId: parent.personId, actsFor: {}, posts: {} } }]);
    expect(eventsOf((await city.get(path)).text)).toEqual([]);
    expect(eventsOf((await city.get(ofChild)).text)).toEqual([]);
  });

  test('of a room shows its center’s staff when it is taken and nobody’s name; others get none', async () => {
    const roomId = await room('yuhu', `room-${count}`);
    const body = { date: '2026-03-05', startsAt: '14:00', endsAt: '15:00', purpose: '合唱团' };
    await city.post(`/v1/rooms/${roomId}/bookings`, { as: parent, body });
    const staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
    const { text } = await city.get((await feed(staff, { kind: 'room', of: roomId })).path);
    expect(eventsOf(text).map(({ summary, start }) => [summary, start.toISOString()])).toEqual([
      ['已占用', '2026-03-05T06:00:00.000Z'],
    ]);
    for (const secret of ['陈大明', '合唱团', parent.personId]) expect(text).not.toContain(secret);
    const [{ bookingId }] = (await city.get('/v1/bookings', { as: parent })).body.bookings;
    await city.post(`/v1/people/${parent.personId}/bookings/${bookingId}/cancel`, {
      as: parent,
      body: { refundFen: 0 },
    });
    const after = (await city.get((await feed(staff, { kind: 'room', of: roomId })).path)).text;
    expect(after).toContain('STATUS:CANCELLED');
    expect(after.match(/^UID:.*$/gm)).toEqual(text.match(/^UID:.*$/gm));
    const refused = await city.post('/v1/calendar-feeds', { as: parent, body: { kind: 'room', of: roomId } });
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
  });

  test('of a class shows its sessions to anybody who asks for one', async () => {
    const offeringId = `yuhu.center.class-${count}`;
    const item = offeringItem.parse({
      offeringId,
      centerId: 'yuhu',
      providerId: 'center',
      providerName: { zh: '中心', en: 'Center' },
      service: 'leisure',
      title: { zh: '书法', en: 'Calligraphy' },
      grossPriceFen: 0,
      residentPriceFen: 0,
      fundingMode: 'welfare',
    });
    await putMany([{ key: keys.centers.offering(tenantId, offeringId), item }]);
    await session('yuhu', '2026-03-17', { slug: `class-${count}` });
    const { path } = await feed(await someone(), { kind: 'class', of: offeringId }, { 'accept-language': 'en' });
    const { text } = await city.get(path);
    expect(eventsOf(text).map(({ start }) => start.toISOString().slice(0, 10))).toEqual(['2026-03-10', '2026-03-17']);
    expect(text).toContain('X-WR-CALNAME:Calligraphy');
    expect((await city.get(path)).text).toBe(text);
    const by = asSystem(tenantId, clockNow());
    const sessionId = sessionIdFor(offeringId, '2026-03-17', '16:30');
    await shutSession(by, sessionId, 'x0000000000000001');
    const shut = (await city.get(path)).text;
    expect(shut).toContain('STATUS:CANCELLED');
    await reopenSession(by, sessionId, 'x0000000000000001', async () => false);
    const open = (await city.get(path)).text;
    expect(open).not.toContain('STATUS:CANCELLED');
    expect(open.match(/^SEQUENCE:.*$/gm)).toContain('SEQUENCE:2');
  });

  test('is for oneself and whom one acts for; its address is told once, and a repeat of the request tells a new one', async () => {
    const stranger = await someone();
    const refused = await city.post('/v1/calendar-feeds', {
      as: stranger,
      body: { kind: 'person', of: child.personId },
    });
    expect([refused.status, refused.body.code]).toEqual([403, 'no-authority']);
    const idempotencyKey = randomUUID();
    const make = (kind: string) =>
      city.post('/v1/calendar-feeds', { as: stranger, body: { kind }, idempotencyKey, headers: {} });
    const [first, again] = [await make('circle'), await make('circle')];
    expect(again.body.feedId).toBe(first.body.feedId);
    expect((await city.get(first.body.path)).status).toBe(404);
    expect((await city.get(again.body.path)).status).toBe(200);
    const listed = await city.get('/v1/calendar-feeds', { as: stranger });
    expect(listed.body.feeds).toEqual([{ feedId: first.body.feedId, kind: 'circle', createdAt: expect.any(String) }]);
    expect(listed.text).not.toContain(again.body.path.slice(-36, -4));
    const other = await city.post('/v1/calendar-feeds', {
      as: stranger,
      body: { kind: 'person', of: stranger.personId },
      idempotencyKey,
    });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
    const foreign = await city.post(`/v1/calendar-feeds/${first.body.feedId}/revoke`, { as: parent });
    expect([foreign.status, foreign.body.code]).toEqual([404, 'not-found']);
    for (const file of ['0'.repeat(32), 'nonsense'])
      expect((await city.get(`/v1/calendar-feeds/${file}.ics`)).status).toBe(404);
  });
});

/** The same person with a token of now: the clock has moved on. */
async function anew(who: Someone): Promise<Someone> {
  return { ...who, token: await signAccessToken({ ...who, signInId: 's' }, clockNow()) };
}
