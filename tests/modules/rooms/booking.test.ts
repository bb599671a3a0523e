import { beforeAll, describe, expect, test } from 'vitest';
import * as rooms from '../../../functions/rooms/handler.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { claimAgenda } from '../../../shared/booking/claim/agenda.ts';
import { releaseAgenda, releaseRoom } from '../../../shared/booking/claim/release.ts';
import { claimRoom } from '../../../shared/booking/claim/room.ts';
import { moveRow } from '../../../shared/booking/row/rows.ts';
import { bookingIdFor, fingerprint } from '../../../shared/kernel/ids.ts';
import { center, people, room, type Someone, someone } from '../../support/builders.ts';
import { interrupted } from '../../support/interrupted.ts';
import { type Call, cityOf, setClock } from '../../support/invoke.ts';
import { tenants } from '../../support/tenants.ts';
import { storedDay, storedRow, storedSheet } from './stored.ts';

const city = cityOf(rooms);
/** Friday 13 February 2026, 10:00 in Putian. */
const friday = '2026-02-13T02:00:00Z';
const weekdays = Object.fromEntries(
  ['1', '2', '3', '4', '5'].map((day) => [day, [{ opensAt: '08:00', closesAt: '21:00' }]]),
);
const date = '2026-02-26';
const afternoon = { date, startsAt: '14:00', endsAt: '15:00', purpose: '读书会' };

const book = (roomId: string, as: Someone, body: object = afternoon, call: Call = {}) =>
  city.post(`/v1/rooms/${roomId}/bookings`, { as, body, ...call });
const callsAndUnits = (headers: Readonly<Record<string, string>>) => {
  const [, calls, write] = /calls=(\d+); read=[\d.]+; write=([\d.]+)/.exec(headers['linli-table'] ?? '') ?? [];
  return { calls: Number(calls), writeUnits: Number(write) };
};

beforeAll(async () => {
  setClock(friday);
  await center('yuhu', { weekly: weekdays });
});

describe('a booking', () => {
  test('holds the room, the person’s own time and a row, in five calls and four write units', async () => {
    const [roomId, me] = [await room('yuhu', 'first'), await someone()];
    const { status, body, headers } = await book(roomId, me, afternoon, { idempotencyKey: 'tap-0' });
    expect(status).toBe(201);
    const { booking } = body;
    expect(booking).toMatchObject({
      kind: 'room',
      state: 'booked',
      roomId,
      centerId: 'yuhu',
      actorId: me.personId,
      beneficiaryId: me.personId,
      byStaff: false,
      ...afternoon,
    });
    expect(booking.shortCode).toBe(booking.bookingId.slice(-6).toUpperCase());
    const sheet = await storedSheet(roomId, date);
    expect(sheet.busy).toEqual([56, 57, 58, 59]);
    expect(sheet.entries[booking.bookingId]).toMatchObject({
      startsAt: '14:00',
      endsAt: '15:00',
      personId: me.personId,
      purpose: '读书会',
    });
    expect(await storedDay(me.personId, date)).toMatchObject({
      roomQuarters: 4,
      entries: { [booking.bookingId]: { of: roomId } },
    });
    expect(await storedRow(me.personId, booking.bookingId)).toMatchObject({ state: 'booked', roomId });
    expect(callsAndUnits(headers)).toEqual({ calls: 5, writeUnits: 4 });
  });

  test('of a time that is taken is refused by what was read: one call, and nothing is written', async () => {
    const [roomId, first, second] = [await room('yuhu', 'looked'), await someone(), await someone()];
    expect((await book(roomId, first)).status).toBe(201);
    const late = await book(roomId, second);
    expect(late.body).toMatchObject({ code: 'slot-taken', facts: { roomId, date } });
    expect(callsAndUnits(late.headers)).toEqual({ calls: 1, writeUnits: 0 });
  });

  test('may be for a child or an elder one acts for, and names both', async () => {
    const [roomId, child, elder] = [await room('yuhu', 'family'), await someone(), await someone()];
    const parent = await someone({ guardianOf: [child], proxyOf: [elder] });
    for (const [index, beneficiary] of [child, elder].entries()) {
      const body = {
        ...afternoon,
        startsAt: `1${index}:00`,
        endsAt: `1${index}:30`,
        beneficiaryId: beneficiary.personId,
      };
      const answer = await book(roomId, parent, body);
      expect(answer.body.booking).toMatchObject({ actorId: parent.personId, beneficiaryId: beneficiary.personId });
      expect((await storedDay(beneficiary.personId, date)).roomQuarters).toBe(2);
    }
    expect((await storedDay(parent.personId, date)).roomQuarters).toBe(0);
  });

  test('is refused for someone one may not act for, and without signing in', async () => {
    const [roomId, me, stranger] = [await room('yuhu', 'strangers'), await someone(), await someone()];
    const forStranger = await book(roomId, me, { ...afternoon, beneficiaryId: stranger.personId });
    expect([forStranger.status, forStranger.body.code]).toEqual([403, 'no-authority']);
    const anonymous = await city.post(`/v1/rooms/${roomId}/bookings`, { body: afternoon });
    expect([anonymous.status, anonymous.body.code]).toEqual([401, 'not-signed-in']);
    expect((await storedSheet(roomId, date)).busy).toEqual([]);
  });

  test('is refused in another city’s room', async () => {
    const [roomId, foreigner] = [await room('yuhu', 'home'), await someone({ tenantId: tenants()[1] })];
    expect((await book(roomId, foreigner, afternoon, { tenantId: tenants()[1] })).body.code).toBe('not-found');
    expect((await book(roomId, foreigner)).body.code).toBe('not-signed-in');
  });
});

describe('the rules of a room', () => {
  const codeFor = async (roomId: string, body: object) => (await book(roomId, await someone(), body)).body.code;

  test('opening hours: a make-up Saturday can be booked, the holiday and a free Sunday not', async () => {
    const roomId = await room('yuhu', 'hours');
    const me = await someone();
    expect((await book(roomId, me, { ...afternoon, date: '2026-02-14' })).status).toBe(201);
    const holiday = await book(roomId, me, { ...afternoon, date: '2026-02-16' });
    expect([holiday.status, holiday.body.code]).toEqual([409, 'outside-opening-hours']);
    expect(await codeFor(roomId, { ...afternoon, date: '2026-03-08' })).toBe('outside-opening-hours');
    expect(await codeFor(roomId, { ...afternoon, startsAt: '20:30', endsAt: '21:15' })).toBe('outside-opening-hours');
  });

  test('time: not past, not too far ahead, on the quarter-hour, not too long', async () => {
    const roomId = await room('yuhu', 'time', { maxMinutesPerBooking: 60 });
    expect(await codeFor(roomId, { ...afternoon, date: '2026-02-13', startsAt: '09:00' })).toBe('in-the-past');
    expect(await codeFor(roomId, { ...afternoon, date: '2026-04-15' })).toBe('too-far-ahead');
    expect(await codeFor(roomId, { ...afternoon, endsAt: '14:00' })).toBe('off-grid');
    expect(await codeFor(roomId, { ...afternoon, endsAt: '14:50' })).toBe('invalid-input');
    expect(await codeFor(roomId, { ...afternoon, endsAt: '15:15' })).toBe('too-long');
  });

  test('a room that is not for booking, and one that is not there', async () => {
    const closed = await room('yuhu', 'office', { bookable: false });
    expect(await codeFor(closed, afternoon)).toBe('room-not-bookable');
    expect(await codeFor('yuhu.nowhere', afternoon)).toBe('not-found');
  });

  test('buffers: the time around a booking stays free, and a booking beyond it is made', async () => {
    const roomId = await room('yuhu', 'kitchen', { bufferBeforeMinutes: 15, bufferAfterMinutes: 30 });
    expect((await book(roomId, await someone())).status).toBe(201);
    const at = (startsAt: string, endsAt: string) => ({ ...afternoon, startsAt, endsAt });
    expect(await codeFor(roomId, at('15:15', '16:00'))).toBe('slot-taken');
    expect(await codeFor(roomId, at('13:00', '13:45'))).toBe('slot-taken');
    const { body } = await city.get(`/v1/rooms/${roomId}/availability?from=${date}&days=1`);
    expect(body.days[0].freeStarts).not.toContain('13:30');
    expect(body.days[0].freeStarts).not.toContain('15:15');
    expect(body.days[0].freeStarts).toEqual(expect.arrayContaining(['13:15', '15:30']));
    expect((await book(roomId, await someone(), at('15:30', '16:00'))).status).toBe(201);
    expect((await book(roomId, await someone(), at('13:00', '13:30'))).status).toBe(201);
  });
});

describe('fifty people at once', () => {
  test('one slot is sold once: one 201, 49 slot-taken, and the sheet says the same', async () => {
    const roomId = await room('yuhu', 'rush');
    const crowd = await people(50);
    const answers = await Promise.all(crowd.map((one) => book(roomId, one)));
    const won = answers.filter(({ status }) => status === 201);
    expect(won).toHaveLength(1);
    const lost = answers.filter(({ status }) => status === 409);
    expect(lost.map(({ body }) => body.code)).toEqual(Array(49).fill('slot-taken'));
    expect(lost[0]?.headers['content-type']).toContain('application/problem+json');
    const { booking } = won[0]?.body ?? {};
    expect(Object.keys((await storedSheet(roomId, date)).entries)).toEqual([booking.bookingId]);
    const held = await Promise.all(crowd.map(({ personId }) => storedDay(personId, date)));
    expect(held.filter(({ roomQuarters }) => roomQuarters > 0)).toHaveLength(1);
  });

  test('overlapping wishes: whoever won holds what they were told, and no two overlap', async () => {
    const roomId = await room('yuhu', 'overlaps');
    const crowd = await people(50);
    const wish = (index: number) => {
      const start = 14 * 60 + (index % 8) * 15;
      const text = (minutes: number) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
      return { ...afternoon, startsAt: text(start), endsAt: text(start + 45) };
    };
    const answers = await Promise.all(crowd.map((one, index) => book(roomId, one, wish(index))));
    const won = answers.filter(({ status }) => status === 201).map(({ body }) => body.booking);
    expect(answers.filter(({ body }) => body.code === 'slot-taken')).toHaveLength(50 - won.length);
    const { entries, busy } = await storedSheet(roomId, date);
    expect(Object.keys(entries).sort()).toEqual(won.map(({ bookingId }) => bookingId).sort());
    expect(busy).toHaveLength(won.length * 3);
  });
});

describe('one person', () => {
  test('is in one place at a time, and the room that was held goes back', async () => {
    const [here, there, me] = [await room('yuhu', 'here'), await room('yuhu', 'there'), await someone()];
    const [one, other] = await Promise.all([book(here, me), book(there, me, { ...afternoon, startsAt: '14:30' })]);
    const codes = [one, other].map(({ status, body }) => body.code ?? status);
    expect(codes.sort()).toEqual([201, 'person-busy']);
    const free = one.status === 201 ? there : here;
    expect((await storedSheet(free, date)).busy).toEqual([]);
    expect((await storedSheet(free, date)).entries).toEqual({});
    expect((await book(free, await someone())).status).toBe(201);
  });

  const elsewhere = { startsAt: '14:45', endsAt: '16:00', of: 'yuhu.center.homework.20260226t1445' };
  const claimElsewhere = ({ personId }: Someone) =>
    claimAgenda(asSystem(tenants()[0], new Date(friday)), {
      personId,
      date,
      bookingId: '20260226-elsewhere0000',
      entry: elsewhere,
    });

  test('gives the room back when their time was taken between the look and the claim', async () => {
    const [roomId, me] = [await room('yuhu', 'late'), await someone()];
    const ownTime = { command: 'UpdateItemCommand', text: `#AGENDA#${me.personId}` };
    const { status, body } = await interrupted(
      () => book(roomId, me),
      ownTime,
      () => claimElsewhere(me),
    );
    expect([status, body.code]).toEqual([409, 'person-busy']);
    expect(await storedSheet(roomId, date)).toMatchObject({ busy: [], entries: {} });
    expect(Object.keys((await storedDay(me.personId, date)).entries)).toEqual(['20260226-elsewhere0000']);
  });

  test('keeps the room when something else wants their time after the claim', async () => {
    const [roomId, me] = [await room('yuhu', 'early'), await someone()];
    const { bookingId } = (await book(roomId, me)).body.booking;
    await expect(claimElsewhere(me)).rejects.toMatchObject({ code: 'person-busy' });
    expect(Object.keys((await storedSheet(roomId, date)).entries)).toEqual([bookingId]);
    expect(Object.keys((await storedDay(me.personId, date)).entries)).toEqual([bookingId]);
  });

  test('has four hours of rooms a day: of ten hours asked for at once, in ten rooms, four are given', async () => {
    const me = await someone();
    const wishes = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => ({
        roomId: await room('yuhu', `limit-${index}`),
        body: {
          ...afternoon,
          startsAt: `${String(8 + index).padStart(2, '0')}:00`,
          endsAt: `${String(9 + index).padStart(2, '0')}:00`,
        },
      })),
    );
    const answers = await Promise.all(wishes.map(({ roomId, body }) => book(roomId, me, body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.map(({ body }) => body.code)).toEqual(Array(6).fill('daily-limit'));
    expect(refused[0]?.body.facts).toMatchObject({ limitMinutes: 240 });
    const sheets = await Promise.all(wishes.map(({ roomId }) => storedSheet(roomId, date)));
    expect(sheets.map(({ busy }) => busy.length > 0)).toEqual(answers.map(({ status }) => status === 201));
    expect((await storedDay(me.personId, date)).roomQuarters).toBe(16);
  });
});

describe('the same request twice', () => {
  const again = { idempotencyKey: 'tap-1' };

  test('is one booking, and the second answer says that it is a replay', async () => {
    const [roomId, me] = [await room('yuhu', 'replay'), await someone()];
    const first = await book(roomId, me, afternoon, again);
    const second = await book(roomId, me, afternoon, again);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect((await storedSheet(roomId, date)).busy).toHaveLength(4);
  });

  test('is one booking when both arrive together', async () => {
    const [roomId, me] = [await room('yuhu', 'double-tap'), await someone()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => book(roomId, me, afternoon, again)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await storedDay(me.personId, date)).roomQuarters).toBe(4);
  });

  test('with another body is refused, and changes nothing', async () => {
    const [roomId, me] = [await room('yuhu', 'reused'), await someone()];
    await book(roomId, me, afternoon, again);
    for (const body of [
      { ...afternoon, endsAt: '15:30' },
      { ...afternoon, startsAt: '16:00', endsAt: '17:00' },
    ]) {
      const answer = await book(roomId, me, body, again);
      expect([answer.status, answer.body.code]).toEqual([422, 'idempotency-key-reused']);
    }
    expect((await storedSheet(roomId, date)).busy).toHaveLength(4);
  });

  test.each([
    ['the same time of two rooms', '14:00', '15:00'],
    ['two times of one room', '16:00', '17:00'],
  ])('with two bodies twenty-five times each at once books one of them at most: %s', async (what, startsAt, endsAt) => {
    const [one, me, isSame] = [
      await room('yuhu', `body-${startsAt.slice(0, 2)}`),
      await someone(),
      what.includes('two rooms'),
    ];
    const other = isSame ? await room('yuhu', 'body-other') : one;
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        index % 2 === 0 ? book(one, me, afternoon, again) : book(other, me, { ...afternoon, startsAt, endsAt }, again),
      ),
    );
    const won = new Set(answers.flatMap(({ status, body }) => (status === 201 ? [body.booking.bookingId] : [])));
    expect(won.size).toBeLessThanOrEqual(1);
    const sheets = await Promise.all([...new Set([one, other])].map((roomId) => storedSheet(roomId, date)));
    expect(sheets.flatMap(({ busy }) => busy)).toHaveLength(4 * won.size);
    expect((await storedDay(me.personId, date)).roomQuarters).toBe(4 * won.size);
  });

  test('of two people is two requests, whatever their keys', async () => {
    const [roomId, me, other] = [await room('yuhu', 'two-people'), await someone(), await someone()];
    expect((await book(roomId, me, afternoon, again)).status).toBe(201);
    expect((await book(roomId, other, afternoon, again)).body.code).toBe('slot-taken');
  });

  test('that arrives after the booking was canceled brings nothing back', async () => {
    const [roomId, me] = [await room('yuhu', 'canceled'), await someone()];
    const { booking } = (await book(roomId, me, afternoon, again)).body;
    const by = asSystem(tenants()[0], new Date(friday));
    const { bookingId, startsAt, endsAt } = booking;
    await releaseRoom(by, { roomId, date, bookingId, startsAt, endsAt });
    await releaseAgenda(by, { personId: me.personId, date, bookingId, startsAt, endsAt, ofRoom: true });
    await moveRow(by, booking, 'canceled');
    const answer = await book(roomId, me, afternoon, again);
    expect(answer.body.booking).toMatchObject({ bookingId, state: 'canceled' });
    expect((await storedSheet(roomId, date)).busy).toEqual([]);
    expect((await storedDay(me.personId, date)).roomQuarters).toBe(0);
  });

  test('completes what a first try left behind that died right after its claim', async () => {
    const [roomId, me] = [await room('yuhu', 'died'), await someone()];
    const by = asSystem(tenants()[0], new Date('2026-02-13T01:59:00Z'));
    const bookingId = bookingIdFor(date, 'room', by.tenantId, me.personId, 'tap-1', roomId);
    const h = fingerprint({ roomId, ...afternoon, with: [], beneficiaryId: me.personId });
    const entry = {
      startsAt: '14:00',
      endsAt: '15:00',
      personId: me.personId,
      actorId: me.personId,
      bookedAt: by.now.toISOString(),
      requestHash: h,
      purpose: '读书会',
    };
    await claimRoom(by, { roomId, date, bookingId, entry, buffers: [0, 0] });
    const answer = await book(roomId, me, afternoon, again);
    expect(answer.status).toBe(201);
    expect(answer.body.booking).toMatchObject({ bookingId, createdAt: by.now.toISOString() });
    expect((await storedDay(me.personId, date)).roomQuarters).toBe(4);
    expect((await storedSheet(roomId, date)).busy).toHaveLength(4);
  });
});
