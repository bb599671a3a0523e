import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { handler as stream } from '../../../functions/stream/handler.ts';
import { chargesOf, settle, windowOf } from '../../../shared/booking/price/fair-use.ts';
import { addDays, weekdayOf } from '../../../shared/kernel/days.ts';
import { center, offering, session, someone, storedSession } from '../../support/builders.ts';
import { setClock } from '../../support/invoke.ts';
import { StreamReader } from '../../support/stream.ts';
import { allowancesFor, bookRoom, cancel, city, cityHas, fairUse, freshRoom, MONDAY } from './support.ts';

const PRICED = { pricePerHourFen: 2_000 };
/** Wednesday of the week of the clock, and of the week after. */
const DATE = '2026-03-04';
const NEXT_WEEK = '2026-03-11';
const days = ['2026-03-03', DATE, '2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08'];

beforeAll(async () => {
  setClock(MONDAY);
  await center('yuhu');
});
beforeEach(() => setClock(MONDAY));

/** Five hours in the week of `DATE`, on two days. */
async function fiveHours(as: Awaited<ReturnType<typeof someone>>) {
  const first = await bookRoom(as, await freshRoom(), '2026-03-03', '09:00', '12:00');
  const second = await bookRoom(as, await freshRoom(), DATE, '09:00', '11:00');
  expect([first.status, second.status]).toEqual([201, 201]);
  return [first.body.booking, second.body.booking];
}

describe('five free hours of rooms a week', () => {
  test('A12: the 6th free hour of the week: 409 quota-exceeded with the next reset, or priced', async () => {
    await cityHas([fairUse()]);
    const refused = await someone();
    await fiveHours(refused);
    const sixth = await bookRoom(refused, await freshRoom(), '2026-03-05', '09:00', '10:00');
    expect(sixth.status).toBe(409);
    expect(sixth.body).toMatchObject({
      code: 'quota-exceeded',
      facts: { rule: 'rooms-week', unit: 'hours', used: 5, most: 5, resetsOn: '2026-03-09' },
    });
    // Monday 00:00 civil time.
    expect(sixth.body.facts.resetsAt).toBe('2026-03-08T16:00:00.000Z');
    expect((await bookRoom(refused, await freshRoom(), NEXT_WEEK, '09:00', '10:00')).status).toBe(201);

    await cityHas([fairUse({ beyond: PRICED })]);
    const priced = await someone();
    await fiveHours(priced);
    const paid = await bookRoom(priced, await freshRoom(), '2026-03-05', '09:00', '10:00');
    expect(paid.status).toBe(201);
    expect(paid.body.booking).toMatchObject({ residentPriceFen: 2_000, freeHours: 0, pricedHours: 1 });
    expect((await allowancesFor(priced)).allowances).toMatchObject([
      { used: 5, left: 0, paid: 1, resetsOn: '2026-03-09', rule: { ruleId: 'rooms-week', source: '示例办法第三条' } },
    ]);
  });

  test('a booking that lies across the fifth hour pays for what is beyond it, to the quarter-hour', async () => {
    await cityHas([fairUse({ free: 1.5, beyond: PRICED })]);
    const me = await someone();
    const { body } = await bookRoom(me, await freshRoom(), DATE, '09:00', '11:15');
    expect(body.booking).toMatchObject({ freeHours: 1.5, pricedHours: 0.75, residentPriceFen: 1_500 });
    await cancel(me, body.booking);
    expect((await allowancesFor(me)).allowances).toMatchObject([{ used: 0, left: 1.5, paid: 0 }]);
  });

  test('x50 at the same moment: exactly five hours are had, and canceling gives one back', async () => {
    // The person's day comes before the counter: four hours that are about to be refused would fill it for others.
    await cityHas([fairUse()], { roomMinutesPerDay: 1_440 });
    const me = await someone();
    const tries = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const startsAt = `${String(9 + Math.floor(index / days.length)).padStart(2, '0')}:00`;
        const endsAt = `${String(10 + Math.floor(index / days.length)).padStart(2, '0')}:00`;
        return bookRoom(me, await freshRoom(), days[index % days.length] ?? DATE, startsAt, endsAt);
      }),
    );
    const won = tries.filter(({ status }) => status === 201);
    expect(won).toHaveLength(5);
    const codes = new Set(tries.filter(({ status }) => status !== 201).map(({ body }) => body.code));
    expect([...codes]).toEqual(['quota-exceeded']);
    expect((await allowancesFor(me)).allowances).toMatchObject([{ used: 5, left: 0 }]);
    await cancel(me, won[0]?.body.booking);
    await cancel(me, won[0]?.body.booking);
    expect((await allowancesFor(me)).allowances).toMatchObject([{ used: 4, left: 1 }]);
  });

  test('x50 where more is paid for: five hours free, each other hour paid in full, none free and paid', async () => {
    await cityHas([fairUse({ beyond: PRICED })], { roomMinutesPerDay: 1_440 });
    const me = await someone();
    const tries = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const [startsAt, endsAt] = index < 6 ? ['09:00', '10:00'] : ['10:00', '11:00'];
        return bookRoom(me, await freshRoom(), days[index % 6] ?? DATE, startsAt, endsAt);
      }),
    );
    // Who was overtaken too often is told to try again; nothing of it is kept.
    const won = tries.filter(({ status }) => status === 201).map(({ body }) => body.booking);
    expect(tries.filter(({ status }) => status !== 201).every(({ body }) => body.code === 'try-again')).toBe(true);
    const free = won.filter(({ residentPriceFen }) => residentPriceFen === 0).length;
    expect(free).toBe(5);
    const [allowance] = (await allowancesFor(me)).allowances;
    expect(allowance).toMatchObject({ used: 5, paid: won.length - 5 });
  });

  test('a price other than the one that was shown is refused, and nothing is taken', async () => {
    await cityHas([fairUse({ free: 1, beyond: PRICED })]);
    const me = await someone();
    const roomId = await freshRoom();
    const shown = await bookRoom(me, roomId, DATE, '09:00', '11:00', { priceFen: 0 });
    expect(shown.body).toMatchObject({ code: 'amount-changed', facts: { amountFen: 2_000 } });
    expect((await allowancesFor(me)).allowances).toMatchObject([{ used: 0 }]);
    expect((await bookRoom(me, roomId, DATE, '09:00', '11:00', { priceFen: 2_000 })).status).toBe(201);
  });

  test('the same request again is the same booking, and is counted once', async () => {
    await cityHas([fairUse({ free: 1 })]);
    const me = await someone();
    const [roomId, idempotencyKey] = [await freshRoom(), randomUUID()];
    const body = { date: DATE, startsAt: '09:00', endsAt: '10:00', purpose: '读书会' };
    const again = () => city.post(`/v1/rooms/${roomId}/bookings`, { as: me, body, idempotencyKey });
    const [one, other] = [await again(), await again()];
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(other.body.booking.bookingId).toBe(one.body.booking.bookingId);
    expect((await allowancesFor(me)).allowances).toMatchObject([{ used: 1, left: 0 }]);
  });

  test('what waits for an approval counts, and comes back when it is refused', async () => {
    await cityHas([fairUse({ free: 1 })]);
    const [me, staff] = [await someone(), await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] })];
    const offeringId = 'yuhu.center.hall';
    await offering('yuhu', 'hall', { residentPriceFen: 0, policy: { approval: { withinHours: 24 } } });
    const held = await bookRoom(me, await freshRoom(), DATE, '09:00', '10:00', { offeringId });
    expect(held.body.booking).toMatchObject({ state: 'held', heldFor: 'approval' });
    expect((await bookRoom(me, await freshRoom(), DATE, '10:00', '11:00')).body.code).toBe('quota-exceeded');
    await city.post(`/v1/orders/${held.body.booking.orderId}/reject`, { as: staff });
    expect((await bookRoom(me, await freshRoom(), DATE, '10:00', '11:00')).status).toBe(201);
  });
});

describe('whose allowance', () => {
  test('a household shares one; somebody without a household has their own', async () => {
    await cityHas([fairUse({ per: 'household', free: 2 })]);
    const profile = { householdId: 'h0000000000000001' };
    const [one, other, alone] = [await someone({ profile }), await someone({ profile }), await someone()];
    expect((await bookRoom(one, await freshRoom(), DATE, '09:00', '11:00')).status).toBe(201);
    expect((await bookRoom(other, await freshRoom(), DATE, '09:00', '10:00')).body.code).toBe('quota-exceeded');
    expect((await bookRoom(alone, await freshRoom(), DATE, '09:00', '10:00')).status).toBe(201);
    expect((await allowancesFor(other)).allowances).toMatchObject([{ used: 2, left: 0 }]);
  });

  test('an organization has its own, for its staff only, and its bookings are nobody’s free hours', async () => {
    await cityHas([
      fairUse({ ruleId: 'rooms-org', per: 'organization', window: 'month', free: 1 }),
      fairUse({ free: 5 }),
    ]);
    const staff = await someone({ posts: [{ kind: 'operator-staff', operatorId: 'op-a' }] });
    const organizationId = 'op-a';
    const first = await bookRoom(staff, await freshRoom(), DATE, '09:00', '10:00', { organizationId });
    expect(first.body.booking).toMatchObject({ organizationId, freeHours: 1 });
    const second = await bookRoom(staff, await freshRoom(), NEXT_WEEK, '09:00', '10:00', { organizationId });
    expect(second.body).toMatchObject({ code: 'quota-exceeded', facts: { rule: 'rooms-org', resetsOn: '2026-04-01' } });
    expect((await allowancesFor(staff)).allowances).toMatchObject([{ rule: { ruleId: 'rooms-week' }, used: 0 }]);
    const org = await allowancesFor(staff, staff.personId, `?organizationId=op-a&on=${DATE}`);
    expect(org.allowances).toMatchObject([{ rule: { ruleId: 'rooms-org' }, used: 1, left: 0 }]);
    const stranger = await bookRoom(await someone(), await freshRoom(), DATE, '09:00', '10:00', { organizationId });
    expect(stranger.body.code).toBe('no-authority');
  });
});

describe('sessions under fair use', () => {
  test('count in bookings or hours; two children of a household together; all or nobody', async () => {
    const sessions = { kind: 'session', service: 'childcare' } as const;
    await cityHas([fairUse({ ruleId: 'class-week', per: 'household', of: sessions, unit: 'bookings', free: 3 })]);
    const profile = { householdId: 'h0000000000000002' };
    const [child, sister] = [await someone({ profile }), await someone({ profile })];
    const parent = await someone({ guardianOf: [child, sister], profile });
    const book = async (date: string, who: readonly { personId: string }[]) =>
      city.post('/v1/session-bookings', {
        as: parent,
        body: {
          sessionIds: [await session('yuhu', date, { slug: `c${randomUUID().slice(0, 6)}` })],
          beneficiaryIds: who.map(({ personId }) => personId),
        },
      });
    const both = await book(DATE, [child, sister]);
    expect(both.status).toBe(201);
    expect((await book('2026-03-05', [child, sister])).body).toMatchObject({
      code: 'quota-exceeded',
      facts: { used: 2 },
    });
    const third = await book('2026-03-06', [child]);
    expect(third.status).toBe(201);
    expect((await book('2026-03-07', [child])).body.code).toBe('quota-exceeded');
    expect((await cancel(parent, third.body.bookings[0])).status).toBe(200);
    expect((await book('2026-03-07', [sister])).status).toBe(201);
    expect((await allowancesFor(parent)).allowances).toMatchObject([{ used: 3, left: 0 }]);
  });
});

describe('an offer from the waitlist', () => {
  test('counts once it is accepted, two children of a household as two; what is used up is refused', async () => {
    const sessions = { kind: 'session' } as const;
    await cityHas([fairUse({ ruleId: 'class-week', per: 'household', of: sessions, unit: 'bookings', free: 2 })]);
    const profile = { householdId: 'h0000000000000003' };
    const children = [await someone({ profile }), await someone({ profile })];
    const parent = await someone({ guardianOf: children, profile });
    const sessionId = await session('yuhu', DATE, { slug: `w${randomUUID().slice(0, 6)}`, capacity: 2 });
    const holders = [await someone(), await someone()];
    const places = [];
    for (const holder of holders) {
      const body = { sessionIds: [sessionId], beneficiaryIds: [holder.personId] };
      places.push((await city.post('/v1/session-bookings', { as: holder, body })).body.bookings[0]);
    }
    const beneficiaryIds = children.map(({ personId }) => personId);
    const body = { sessionIds: [sessionId], beneficiaryIds, ifFull: 'wait' };
    expect((await city.post('/v1/session-bookings', { as: parent, body })).body.waiting.position).toBe(1);
    expect((await allowancesFor(parent)).allowances).toMatchObject([{ used: 0 }]);
    for (const [index, place] of places.entries()) await cancel(holders[index] ?? parent, place);
    await stream({ Records: await new StreamReader().next() }, {} as Context, () => undefined);
    const { seats } = await storedSession(sessionId);
    const orderId = seats[beneficiaryIds[0] ?? '']?.orderId;
    expect((await city.post(`/v1/orders/${orderId}/confirm`, { as: parent, body: {} })).status).toBe(200);
    expect((await allowancesFor(parent)).allowances).toMatchObject([{ used: 2, left: 0 }]);
    const another = { sessionIds: [await session('yuhu', '2026-03-06', { slug: 'x' })], beneficiaryIds };
    expect((await city.post('/v1/session-bookings', { as: parent, body: another })).body.code).toBe('quota-exceeded');
  });
});

describe('what the city sets', () => {
  test('a bureau sets the rules by API, on the version it has read; they count from the next booking on', async () => {
    await cityHas([]);
    const [officer, me] = [await someone({ posts: [{ kind: 'bureau-officer', bureau: 'commerce' }] }), await someone()];
    const { body, headers } = await city.get('/v1/rules');
    const { version: _, ...rules } = body.rules;
    const next = { ...rules, roomDaysAhead: 7, roomMinutesPerDay: 60, fairUse: [fairUse({ free: 1 })] };
    expect((await city.put('/v1/rules', { as: officer, body: next })).body.code).toBe('precondition-required');
    expect((await city.put('/v1/rules', { as: me, body: next, ifMatch: '"1"' })).body.code).toBe('forbidden');
    const changed = await city.put('/v1/rules', { as: officer, body: next, ifMatch: headers['etag'] ?? '' });
    expect([changed.status, changed.headers['etag']]).toEqual([200, '"2"']);
    expect((await city.put('/v1/rules', { as: officer, body: next, ifMatch: '"1"' })).body.code).toBe(
      'precondition-failed',
    );
    expect((await bookRoom(me, await freshRoom(), NEXT_WEEK, '09:00', '10:00')).body.code).toBe('too-far-ahead');
    expect((await bookRoom(me, await freshRoom(), DATE, '09:00', '10:15')).body.code).toBe('daily-limit');
    expect((await bookRoom(me, await freshRoom(), DATE, '09:00', '10:00')).status).toBe(201);
  });

  test('a rule needs a source, sessions have no price beyond, nothing ends before it begins', async () => {
    const officer = await someone({ posts: [{ kind: 'bureau-officer', bureau: 'commerce' }] });
    const { version, ...rules } = (await city.get('/v1/rules')).body.rules;
    const put = (rule: object) =>
      city.put('/v1/rules', { as: officer, body: { ...rules, fairUse: [rule] }, ifMatch: `"${version}"` });
    expect((await put({ ...fairUse(), source: '' })).status).toBe(422);
    expect((await put(fairUse({ of: { kind: 'session' }, beyond: PRICED }))).status).toBe(422);
    expect((await put(fairUse({ validUntil: '2025-12-31' }))).status).toBe(422);
  });
});

describe('the rule by itself', () => {
  const dates = fc.integer({ min: 0, max: 3_000 }).map((day) => addDays('2024-01-01', day));

  test('a window holds its dates and no others, and starts anew on a Monday or a 1st', () => {
    fc.assert(
      fc.property(dates, fc.constantFrom('day', 'week', 'month'), (date, window) => {
        const { name, resetsOn } = windowOf(window, date);
        expect(resetsOn > date).toBe(true);
        expect(windowOf(window, addDays(resetsOn, -1)).name).toBe(name);
        expect(windowOf(window, resetsOn).name).not.toBe(name);
        if (window === 'week') expect(weekdayOf(resetsOn)).toBe(1);
        if (window === 'month') expect(resetsOn.slice(8)).toBe('01');
      }),
    );
  });

  test('free and paid hours sum to the booking; nothing free is taken beyond the allowance', () => {
    const hours = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(hours, hours, fc.integer({ min: 1, max: 16 }), (free, used, quarters) => {
        const rule = fairUse({ free: free / 4, beyond: PRICED });
        const use = { kind: 'room', date: DATE, quarters, priceFen: 0, personId: 'p1' } as const;
        const result = settle(chargesOf([rule], use), quarters, () => ({ used, paid: 0 }));
        if ('refusal' in result) throw result.refusal;
        const [charge] = result.charges;
        expect(result.freeQuarters + result.pricedQuarters).toBe(quarters);
        expect((charge?.amount ?? 0) + (charge?.pricedQuarters ?? 0)).toBe(quarters);
        expect(used + (charge?.amount ?? 0)).toBeLessThanOrEqual(Math.max(free, used));
        expect(result.priceFen).toBe(result.pricedQuarters * 500);
      }),
    );
  });
});
