import { beforeAll, describe, expect, test } from 'vitest';
import * as bookings from '../../../functions/bookings/handler.ts';
import * as desk from '../../../functions/desk/handler.ts';
import { center, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { type Call, cityOf, setClock } from '../../support/invoke.ts';

const city = cityOf(desk, bookings);
/** Thursday 26 February 2026, 16:40 in Putian: the class of 16:30 is running. */
const running = '2026-02-26T08:40:00Z';
const today = '2026-02-26';
const reason = '老人没有手机，到场登记';

let staff: Someone;
beforeAll(async () => {
  setClock(running);
  await center('yuhu');
  await center('beida');
  staff = await someone({ name: '林社工', posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
});

const walkIn = (sessionIds: string[], person: Someone, as = staff, call: Call = {}, why: unknown = reason) =>
  city.post('/v1/centers/yuhu/bookings', {
    as,
    body: { sessionIds, beneficiaryIds: [person.personId], reason: why },
    ...call,
  });

describe('a booking on someone’s behalf', () => {
  test('records who did it, for whom and why; the person sees all three', async () => {
    const elder = await someone({ name: '王奶奶', birthDate: '1950-01-01' });
    const sessionId = await session('yuhu', today, { slug: 'walk-in' });
    const answer = await walkIn([sessionId], elder);
    expect(answer.status).toBe(201);
    const [booking] = answer.body.bookings;
    expect(booking).toMatchObject({
      actorId: staff.personId,
      beneficiaryId: elder.personId,
      byStaff: true,
      reason,
      state: 'booked',
    });
    expect((await storedSession(sessionId)).seats[elder.personId]).toMatchObject({
      actorId: staff.personId,
      staffReason: reason,
    });
    const mine = await city.get('/v1/bookings', { as: elder });
    expect(mine.body.bookings).toEqual([booking]);
    const board = await city.get(`/v1/centers/yuhu/board?date=${today}`, { as: staff });
    expect(board.body.sessions[0].seats).toMatchObject([{ name: '王奶奶', byStaff: true }]);
  });

  test('needs a reason', async () => {
    const elder = await someone();
    const sessionId = await session('yuhu', today, { slug: 'no-reason' });
    for (const why of ['', '   ', null]) {
      expect((await walkIn([sessionId], elder, staff, {}, why)).body.code).toBe('invalid-input');
    }
  });

  test('is made at one’s own center only, for its own sessions only', async () => {
    const elder = await someone();
    const here = await session('yuhu', today, { slug: 'here' });
    const there = await session('beida', today, { slug: 'there' });
    const colleague = await someone({ posts: [{ kind: 'center-staff', centerId: 'beida' }] });
    const resident = await someone();
    for (const [sessionIds, as] of [
      [[there], staff],
      [[here, there], staff],
      [[here], colleague],
      [[here], resident],
    ] as const) {
      const answer = await walkIn([...sessionIds], elder, as);
      expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    }
    expect((await storedSession(here)).taken).toBe(0);
    expect((await storedSession(there)).taken).toBe(0);
  });

  test('keeps to the rules of the session: no place beyond capacity, nobody twice, age', async () => {
    const [one, other, child] = [await someone(), await someone(), await someone({ birthDate: '2020-01-01' })];
    const small = await session('yuhu', today, { slug: 'small', capacity: 1 });
    const grown = await session('yuhu', today, { slug: 'grown', minAgeYears: 60 });
    expect((await walkIn([small], one)).status).toBe(201);
    expect((await walkIn([small], one)).body.code).toBe('already-booked');
    expect((await walkIn([small], other)).body.code).toBe('session-full');
    expect((await walkIn([grown], child)).body.code).toBe('age');
  });

  test('twice with the same key is one booking; another reason under it is refused', async () => {
    const elder = await someone();
    const sessionId = await session('yuhu', today, { slug: 'twice' });
    const call = { idempotencyKey: 'desk-1' };
    const first = await walkIn([sessionId], elder, staff, call);
    const second = await walkIn([sessionId], elder, staff, call);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.body).toEqual(first.body);
    const other = await walkIn([sessionId], elder, staff, call, '另一个原因');
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
  });
});
