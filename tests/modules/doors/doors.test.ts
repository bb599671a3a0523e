import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import * as bookings from '../../../functions/bookings/handler.ts';
import * as doors from '../../../functions/doors/handler.ts';
import * as rooms from '../../../functions/rooms/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { encodeSession } from '../../../shared/booking/items/session.ts';
import { signAccessToken } from '../../../shared/http/token.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { writable } from '../../../shared/table/claim-key.ts';
import { keys } from '../../../shared/table/keys.ts';
import { queryAll } from '../../../shared/table/read.ts';
import { center, room, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { cityOf, setClock, tenants } from '../../support/invoke.ts';

const city = cityOf(doors, rooms, sessions, bookings);
const morning = '2026-03-02T01:00:00Z';
const today = '2026-03-02';

let roomId: string;
let staff: Someone;
let me: Someone;
let lock: { token: string };
let count = 0;

beforeAll(async () => {
  setClock(morning);
  await center('yuhu');
});
beforeEach(async () => {
  setClock(morning);
  count += 1;
  roomId = await room('yuhu', `room-${count}`);
  staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
  me = await someone({ name: '林阿姨' });
  lock = { token: (await makeKey(roomId)).body.key };
});

const makeKey = (of: string, as = staff) =>
  city.post(`/v1/doors/${of}/keys`, { as, body: { label: '正门' }, idempotencyKey: `key-${count}-${of}` });
const enter = (code: string, as = lock, door = roomId) =>
  city.post(`/v1/doors/${door}/entries`, { as, body: { code } });
const said = async (answer: ReturnType<typeof enter>) => {
  const { status, body } = await answer;
  return status === 200 ? 'open' : [status, body.code, body.facts?.reason].filter(Boolean).join(' ');
};
/** 14:00 to 15:00, with its code. */
async function bookedRoom(as = me) {
  const body = { date: today, startsAt: '14:00', endsAt: '15:00', purpose: '下棋' };
  const { booking } = (await city.post(`/v1/rooms/${roomId}/bookings`, { as, body })).body;
  const path = `/v1/people/${as.personId}/bookings/${booking.bookingId}`;
  const entry = await city.get(`${path}/entry-code`, { as });
  expect(entry.status, entry.text).toBe(200);
  return { path, ...(entry.body as { code: string; opensAt: string; closesAt: string }) };
}
const anew = async (who: Someone): Promise<Someone> => ({
  ...who,
  token: await signAccessToken({ ...who, signInId: 's' }, clockNow()),
});

describe('A17: the entry code of a booking', () => {
  test('opens at start minus 5 minutes, 403 after end plus 5, 403 after cancel', async () => {
    const { code, opensAt, closesAt, path } = await bookedRoom();
    expect(code).toMatch(/^\d{8}$/);
    expect([opensAt, closesAt]).toEqual(['2026-03-02T05:55:00.000Z', '2026-03-02T07:05:00.000Z']);
    setClock('2026-03-02T05:54:58Z');
    expect(await said(enter(code))).toBe('403 entry-refused not-yet');
    setClock('2026-03-02T05:55:00Z');
    expect(await said(enter(code))).toBe('open');
    setClock('2026-03-02T07:04:58Z');
    expect(await said(enter(code))).toBe('open');
    setClock('2026-03-02T07:05:01Z');
    expect(await said(enter(code))).toBe('403 entry-refused over');

    setClock('2026-03-02T05:56:00Z');
    await city.post(`${path}/cancel`, { as: await anew(me) });
    expect(await said(enter(code))).toBe('403 entry-refused unknown');
    expect((await city.get(`${path}/entry-code`, { as: await anew(me) })).status).toBe(404);
  });

  test('of a place in a session opens the room that the session is in; one that is only held does not', async () => {
    const child = await someone();
    const sessionId = await session('yuhu', today, { slug: `class-${count}`, roomId });
    const body = { sessionIds: [sessionId], beneficiaryIds: [child.personId] };
    const { bookings: made } = (await city.post('/v1/session-bookings', { as: child, body })).body;
    const { code } = (
      await city.get(`/v1/people/${child.personId}/bookings/${made[0].bookingId}/entry-code`, { as: child })
    ).body;
    setClock('2026-03-02T08:26:00Z');
    expect(await said(enter(code))).toBe('open');
    const stored = await storedSession(sessionId);
    const seat = stored.seats[child.personId];
    if (!seat) throw new Error('no seat');
    const held = { ...stored, seats: { [child.personId]: { ...seat, orderId: 'o0000000000000001' } } };
    await putMany([{ key: writable(keys.booking.session(tenants()[0], sessionId)), item: encodeSession(held) }]);
    expect(await said(enter(code))).toBe('403 entry-refused unknown');
  });

  test('opens no other door, is another one for every booking, and is shown to nobody else', async () => {
    const { code, path } = await bookedRoom();
    const other = await room('yuhu', `other-${count}`);
    const otherLock = { token: (await makeKey(other)).body.key };
    setClock('2026-03-02T06:00:00Z');
    expect(await said(enter(code, otherLock, other))).toBe('403 entry-refused unknown');
    expect(await said(enter(code, otherLock))).toBe('401 not-signed-in');
    const stranger = await someone();
    expect((await city.get(`${path}/entry-code`, { as: stranger })).body.code).toBe('no-authority');
    const elsewhere = await someone({ posts: [{ kind: 'center-staff', centerId: 'beida' }] });
    expect((await city.get(`${path}/entry-code`, { as: elsewhere })).body.code).toBe('no-authority');
    expect((await city.get(`${path}/entry-code`, { as: await anew(staff) })).body.code).toBe(code);
  });

  test('is not found by trying: ten wrong ones in five minutes, then 429 with Retry-After, however many come at once', async () => {
    const { code } = await bookedRoom();
    setClock('2026-03-02T06:00:00Z');
    for (let right = 0; right < 12; right += 1) expect(await said(enter(code))).toBe('open');
    const wrong = await Promise.all(Array.from({ length: 25 }, (_, index) => enter(String(index).padStart(8, '0'))));
    expect(wrong.filter(({ status }) => status === 403)).toHaveLength(10);
    const limited = wrong.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(15);
    for (const { headers } of limited) expect(Number(headers['retry-after'])).toBeLessThanOrEqual(300);
    expect(await said(enter(code))).toBe('429 rate-limited');
    setClock('2026-03-02T06:05:01Z');
    expect(await said(enter(code))).toBe('open');
  });

  test('leaves a line of who came in when, for ninety days', async () => {
    const { code } = await bookedRoom();
    setClock('2026-03-02T06:00:00Z');
    await enter(code);
    const lines = await queryAll(
      { pk: keys.doors.list(tenants()[0], 'yuhu'), begins: 'ENTRY#' },
      z.object({ roomId: z.string(), personId: z.string(), at: z.string(), ttlEpochSeconds: z.int() }),
    );
    const [line, ...more] = lines.filter((it) => it.roomId === roomId);
    expect(more).toEqual([]);
    expect(line).toMatchObject({ personId: me.personId, at: expect.stringMatching(/^2026-03-02T06:00:0/) });
    expect(line?.ttlEpochSeconds).toBe(Math.floor(Date.parse(line?.at ?? '') / 1000) + 90 * 86_400);
  });
});

describe('a door’s key', () => {
  test('is made by the center’s staff, told once, listed without itself, and opens nothing once revoked', async () => {
    const { code } = await bookedRoom();
    const elsewhere = await someone({ posts: [{ kind: 'center-staff', centerId: 'beida' }] });
    for (const one of [me, elsewhere]) expect((await makeKey(roomId, one)).body.code).toBe('forbidden');
    const listed = await city.get('/v1/centers/yuhu/door-keys', { as: staff });
    const mine = listed.body.keys.find((key: { roomId: string }) => key.roomId === roomId);
    expect(mine).toEqual({ keyId: lock.token.split('.')[0], roomId, label: '正门', createdAt: expect.any(String) });
    expect((await city.get('/v1/centers/yuhu/door-keys', { as: elsewhere })).body.code).toBe('forbidden');

    setClock('2026-03-02T06:00:00Z');
    expect(await said(enter(code))).toBe('open');
    const revoke = async () => city.post(`/v1/doors/${roomId}/keys/${mine.keyId}/revoke`, { as: await anew(staff) });
    expect([(await revoke()).status, (await revoke()).status]).toEqual([204, 204]);
    expect(await said(enter(code))).toBe('401 not-signed-in');
  });

  test('is asked for: no key, another’s, or a person’s token is 401', async () => {
    expect((await city.post(`/v1/doors/${roomId}/entries`, { body: { code: '12345678' } })).status).toBe(401);
    expect(await said(enter('12345678', me))).toBe('401 not-signed-in');
    expect(await said(enter('12345678', { token: `${lock.token.split('.')[0]}.${'0'.repeat(32)}` }))).toBe(
      '401 not-signed-in',
    );
  });
});
