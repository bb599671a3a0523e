import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as desk from '../../../functions/desk/handler.ts';
import { codeNames, readCode } from '../../../functions/desk/rules.ts';
import * as rooms from '../../../functions/rooms/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { claimSeats } from '../../../shared/booking/claim/seats.ts';
import { openOrder } from '../../../shared/booking/order/order.ts';
import { center, room, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { cityOf, setClock, wait } from '../../support/invoke.ts';
import { tenants } from '../../support/tenants.ts';
import { storedRow } from '../rooms/stored.ts';

const city = cityOf(desk, rooms, sessions);
/** Thursday 26 February 2026, 10:00 in Putian. */
const thursday = '2026-02-26T02:00:00Z';
const today = '2026-02-26';
const tomorrow = '2026-02-27';

let staff: Someone;
let count = 0;
beforeAll(async () => {
  setClock(thursday);
  await center('yuhu');
  await center('beida');
});
beforeEach(async () => {
  setClock(thursday);
  staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
});

/** A child with a place in a session of its own. */
async function placed({ date = today, centerId = 'yuhu' } = {}) {
  count += 1;
  const child = await someone({ name: `孩子${count}`, birthDate: '2018-01-01' });
  const sessionId = await session(centerId, date, { slug: `class-${count}` });
  const body = { sessionIds: [sessionId], beneficiaryIds: [child.personId] };
  const order = await city.post('/v1/session-bookings', { as: child, body });
  expect(order.status).toBe(201);
  return { child, sessionId, booking: order.body.bookings[0] as { bookingId: string; shortCode: string } };
}

const record = (sessionId: string, personId: string, to: string, as = staff) =>
  city.post('/v1/centers/yuhu/attendance', { as, body: { sessionId, personId, to } });
const byCode = (code: string, to?: string, as = staff) =>
  city.post('/v1/centers/yuhu/attendance/by-code', { as, body: { code, ...(to ? { to } : {}) } });

describe('checking in and out by name', () => {
  test('writes the moment into the seat, moves the booking on, and shows the seat as it stands', async () => {
    const { child, sessionId, booking } = await placed();
    const came = await record(sessionId, child.personId, 'checked-in');
    expect(came.status).toBe(200);
    expect(came.body.seat).toMatchObject({ state: 'checked-in', name: expect.stringContaining('孩子'), ageYears: 8 });
    expect(came.body.session).toMatchObject({ sessionId, placesLeft: 9 });
    expect(await storedRow(child.personId, booking.bookingId)).toMatchObject({ state: 'checked-in' });
    wait(600);
    const left = await record(sessionId, child.personId, 'checked-out');
    expect(left.body.seat).toMatchObject({ state: 'checked-out', checkedInAt: came.body.seat.checkedInAt });
    expect(left.body.seat.checkedOutAt > left.body.seat.checkedInAt).toBe(true);
    expect((await storedSession(sessionId)).seats[child.personId]).toMatchObject({
      checkedInAt: came.body.seat.checkedInAt,
      checkedOutAt: left.body.seat.checkedOutAt,
    });
    expect(await storedRow(child.personId, booking.bookingId)).toMatchObject({ state: 'checked-out' });
  });

  test('goes one step at a time: not twice in, not out before in, not twice out', async () => {
    const { child, sessionId } = await placed();
    const codeOf = async (to: string) => (await record(sessionId, child.personId, to)).body.code;
    expect(await codeOf('checked-out')).toBe('not-checked-in');
    expect(await codeOf('checked-in')).toBeUndefined();
    expect(await codeOf('checked-in')).toBe('already-checked-in');
    expect(await codeOf('checked-out')).toBeUndefined();
    expect(await codeOf('checked-out')).toBe('already-checked-out');
  });

  test('of many desks at once records one moment, and everybody else is told', async () => {
    const { child, sessionId } = await placed();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => record(sessionId, child.personId, 'checked-in')),
    );
    const stored = (await storedSession(sessionId)).seats[child.personId]?.checkedInAt;
    const [did, told] = [
      answers.filter(({ status }) => status === 200),
      answers.filter(({ status }) => status === 409),
    ];
    expect(did.length + told.length).toBe(20);
    expect(new Set(did.map(({ body }) => body.seat.checkedInAt))).toEqual(new Set([stored]));
    expect(told.map(({ body }) => body.code)).toEqual(told.map(() => 'already-checked-in'));
  });

  test('is for today’s sessions of this center and people who have a place', async () => {
    const ofTomorrow = await placed({ date: tomorrow });
    const elsewhere = await placed({ centerId: 'beida' });
    const { sessionId } = await placed();
    const stranger = await someone();
    const said = async (session: string, person: Someone) => {
      const { status, body } = await record(session, person.personId, 'checked-in');
      return [status, body.code];
    };
    expect(await said(ofTomorrow.sessionId, ofTomorrow.child)).toEqual([409, 'not-today']);
    expect(await said(elsewhere.sessionId, elsewhere.child)).toEqual([403, 'forbidden']);
    expect(await said(sessionId, stranger)).toEqual([404, 'not-found']);
    expect(await said(`yuhu.center.nothing.20260226t0900`, stranger)).toEqual([404, 'not-found']);
  });

  test('is not for another center’s staff, nor for the parent', async () => {
    const { child, sessionId } = await placed();
    const colleague = await someone({ posts: [{ kind: 'center-staff', centerId: 'beida' }] });
    const parent = await someone({ guardianOf: [child] });
    for (const one of [colleague, parent, child]) {
      const answer = await record(sessionId, child.personId, 'checked-in', one);
      expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    }
    expect((await storedSession(sessionId)).seats[child.personId]?.checkedInAt).toBeUndefined();
  });

  test('does not check in a place that is only held by an order nobody decided yet', async () => {
    const sessionId = await session('yuhu', today, { slug: 'held' });
    const child = await someone();
    const by = asSystem(tenants()[0], new Date(thursday));
    const [orderId, bookingId] = ['o0000000000000001', '20260226-0000000000001'];
    const createdAt = by.now.toISOString();
    const places = [{ sessionId, personId: child.personId, bookingId, endsAt: '18:00' }];
    await openOrder(by, { orderId, actorId: child.personId, requestHash: 'h', createdAt, places });
    const seat = {
      bookingId: bookingId,
      actorId: child.personId,
      bookedAt: createdAt,
      requestHash: 'h',
      orderId: orderId,
    };
    await claimSeats(by, { sessionId, capacity: 10 }, { [child.personId]: seat });
    expect((await record(sessionId, child.personId, 'checked-in')).body.code).toBe('not-found');
  });
});

describe('checking in by the code on the slip', () => {
  test('takes the six characters in any case, with a hyphen or spaces, and checks in unless told to check out', async () => {
    const { child, booking } = await placed();
    const code = booking.shortCode;
    const came = await byCode(` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)} `);
    expect(came.body.seat).toMatchObject({ personId: child.personId, state: 'checked-in' });
    expect((await byCode(code)).body.code).toBe('already-checked-in');
    expect((await byCode(code, 'checked-out')).body.seat.state).toBe('checked-out');
  });

  test('takes the whole booking id, as the QR code holds it', async () => {
    const { child, booking } = await placed();
    expect((await byCode(booking.bookingId)).body.seat.personId).toBe(child.personId);
  });

  test('knows only what this center has today', async () => {
    const ofTomorrow = await placed({ date: tomorrow });
    const elsewhere = await placed({ centerId: 'beida' });
    for (const code of [ofTomorrow.booking.shortCode, elsewhere.booking.bookingId, 'ZZZZZZ']) {
      const answer = await byCode(code);
      expect([answer.status, answer.body.code]).toEqual([404, 'code-unknown']);
    }
    const colleague = await someone({ posts: [{ kind: 'center-staff', centerId: 'beida' }] });
    expect((await byCode(ofTomorrow.booking.shortCode, 'checked-in', colleague)).status).toBe(403);
  });

  test('asks for a name when two bookings end alike', async () => {
    const sessionId = await session('yuhu', today, { slug: 'twins' });
    const by = asSystem(tenants()[0], new Date(thursday));
    const twins = [await someone(), await someone()];
    for (const [index, { personId }] of twins.entries()) {
      const seat = {
        bookingId: `20260226-${index}000000tw1nss`,
        actorId: personId,
        bookedAt: by.now.toISOString(),
        requestHash: 'h',
      };
      await claimSeats(by, { sessionId, capacity: 10 }, { [personId]: seat });
    }
    const short = await byCode('TWINSS');
    expect([short.status, short.body.code]).toEqual([409, 'code-ambiguous']);
    const whole = await byCode('20260226-1000000tw1nss');
    expect(whole.body.seat.personId).toBe(twins[1]?.personId);
  });

  test('says of a room’s code that rooms need no check-in', async () => {
    const me = await someone();
    const roomId = await room('yuhu', 'chess');
    const body = { date: today, startsAt: '14:00', endsAt: '15:00', purpose: '下棋' };
    const { booking } = (await city.post(`/v1/rooms/${roomId}/bookings`, { as: me, body })).body;
    const answer = await byCode(booking.shortCode);
    expect([answer.status, answer.body.code]).toEqual([409, 'room-needs-no-check-in']);
    expect(answer.body.facts).toEqual({ roomId, startsAt: '14:00', endsAt: '15:00' });
  });

  test('reads the letters that codes do not have as the digits they look like', () => {
    expect(readCode('oO iI lL')).toBe('001111');
    expect(codeNames(readCode('O1B-2c3'), '20260226-abcdefg01b2c3')).toBe(true);
    expect(codeNames(readCode('2O260226-ABCDEFG01B2C3'), '20260226-abcdefg01b2c3')).toBe(true);
    expect(codeNames(readCode('b2c3xx'), '20260226-abcdefg01b2c3')).toBe(false);
  });
});
