import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { handler as stream } from '../../../functions/stream/handler.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { claimDay } from '../../../shared/booking/claim/agenda.ts';
import { moveInDay } from '../../../shared/booking/claim/move-in-day.ts';
import { releaseAgenda, releaseOrderItem } from '../../../shared/booking/claim/release.ts';
import { logger } from '../../../shared/http/logger.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { tableClient } from '../../../shared/table/client.ts';
import { center, type Someone, session, someone } from '../../support/builders.ts';
import { differences, storedRoomDay, storedRows } from '../../support/claims.ts';
import { interrupted } from '../../support/interrupted.ts';
import { setClock } from '../../support/invoke.ts';
import { StreamReader } from '../../support/stream.ts';
import { tenants } from '../../support/tenants.ts';
import { allowancesFor, bookRoom, cancel, city, cityHas, fairUse, freshRoom, MONDAY } from './support.ts';

/** What counts against an allowance of the very person: the room or the seat, the day, the counter by name, the row. */
const PRICED = { pricePerHourFen: 2_000 };
const DATE = '2026-03-04';
const classes = { ruleId: 'class-week', of: { kind: 'session' }, unit: 'bookings' } as const;
const system = () => asSystem(tenants()[0], clockNow());
const reader = new StreamReader();
const healed = async () => stream({ Records: await reader.next() }, {} as Context, () => undefined);

const use = ({ headers }: { headers: Readonly<Record<string, string>> }) => {
  const [, calls, write] = /calls=(\d+); read=[\d.]+; write=([\d.]+)/.exec(headers['linli-table'] ?? '') ?? [];
  return { calls: Number(calls), writeUnits: Number(write) };
};
const keyed = (as: Someone, roomId: string, [startsAt, endsAt]: readonly [string, string], idempotencyKey: string) =>
  city.post(`/v1/rooms/${roomId}/bookings`, {
    as,
    body: { date: DATE, startsAt, endsAt, purpose: '读书会' },
    idempotencyKey,
  });
const seated = (as: Someone, sessionId: string, idempotencyKey: string = randomUUID()) =>
  city.post('/v1/session-bookings', {
    as,
    body: { sessionIds: [sessionId], beneficiaryIds: [as.personId] },
    idempotencyKey,
  });
const classAt = (startsAt: string, endsAt: string, facts = {}) =>
  session('yuhu', DATE, { slug: `c${randomUUID().slice(0, 6)}`, startsAt, endsAt, ...facts });
const usedBy = async (as: Someone) => (await allowancesFor(as)).allowances[0];

beforeAll(async () => {
  setClock(MONDAY);
  await center('yuhu');
});
beforeEach(() => setClock(MONDAY));

/** Does `work` with a function that dies once it has written so often: no call of its comes through any more. Tells whether it died. */
async function dying(work: () => Promise<unknown>, afterWrites: number): Promise<boolean> {
  let writes = 0;
  let died = false;
  tableClient().middlewareStack.add(
    (next, context) => async (args) => {
      const isWrite = /Put|Update|Transact/.test(context['commandName'] ?? '');
      if (writes >= afterWrites) {
        died = true;
        throw new Error('the function has died');
      }
      if (isWrite) writes += 1;
      return next(args);
    },
    { step: 'initialize', name: 'dying' },
  );
  try {
    await work();
  } catch (error) {
    if (!died) throw error;
  } finally {
    tableClient().middlewareStack.remove('dying');
  }
  return died;
}

describe('what it costs', () => {
  test('a room within the allowance is five write units, and what is used is read along', async () => {
    await cityHas([fairUse({ beyond: PRICED })]);
    const me = await someone();
    await keyed(me, await freshRoom(), ['08:00', '09:00'], randomUUID());
    const answer = await keyed(me, await freshRoom(), ['09:00', '10:00'], randomUUID());
    expect(answer.body.booking).toMatchObject({ state: 'booked', freeHours: 1, pricedHours: 0, residentPriceFen: 0 });
    expect(use(answer)).toEqual({ calls: 6, writeUnits: 5 });
    expect(await usedBy(me)).toMatchObject({ used: 2 });
  });

  test('a place as well; where the session is full, or the allowance used up, one call tells so', async () => {
    await cityHas([fairUse({ ...classes, free: 2 })]);
    const [me, other] = [await someone(), await someone()];
    const slug = `c${randomUUID().slice(0, 6)}`;
    const times = [
      ['08:00', '09:00'],
      ['09:00', '10:00'],
      ['10:00', '11:00'],
    ] as const;
    const [first = '', second = '', third = ''] = await Promise.all(
      times.map(([startsAt, endsAt]) => session('yuhu', DATE, { slug, startsAt, endsAt, capacity: 1 })),
    );
    await seated(me, first);
    const answer = await seated(me, second);
    expect(answer.body.bookings).toMatchObject([{ state: 'booked' }]);
    expect(answer.body.bookings[0].orderId).toBeUndefined();
    expect(use(answer)).toEqual({ calls: 6, writeUnits: 5 });
    const full = await seated(other, second);
    expect([full.body.code, use(full)]).toEqual(['session-full', { calls: 1, writeUnits: 0 }]);
    const usedUp = await seated(me, third);
    expect([usedUp.body.code, use(usedUp)]).toEqual(['quota-exceeded', { calls: 1, writeUnits: 0 }]);
  });

  test('a rule that has changed counts from the next request on, whatever was guessed', async () => {
    await cityHas([fairUse({ free: 5 })]);
    const me = await someone();
    await bookRoom(me, await freshRoom(), DATE, '08:00', '09:00');
    await cityHas([fairUse({ ruleId: 'rooms-day', window: 'day', free: 1 })]);
    expect((await bookRoom(me, await freshRoom(), DATE, '09:00', '10:00')).status).toBe(201);
    expect((await bookRoom(me, await freshRoom(), DATE, '10:00', '11:00')).body.code).toBe('quota-exceeded');
    const { allowances } = await allowancesFor(me, me.personId, `?on=${DATE}`);
    expect(allowances).toMatchObject([{ rule: { ruleId: 'rooms-day' }, used: 1, left: 0 }]);
  });
});

describe('at once', () => {
  test('x50 for the same hour in fifty rooms: exactly one is booked and counted', async () => {
    await cityHas([fairUse({ free: 1 })]);
    const me = await someone();
    const rooms = await Promise.all(Array.from({ length: 50 }, freshRoom));
    const answers = await Promise.all(rooms.map((roomId) => bookRoom(me, roomId, DATE, '09:00', '10:00')));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await usedBy(me)).toMatchObject({ used: 1 });
    await healed();
    expect(await differences({ roomIds: rooms, dates: [DATE], personIds: [me.personId] })).toEqual([]);
    expect(await usedBy(me)).toMatchObject({ used: 1 });
  });

  test('x20 places on an allowance of three: exactly three', async () => {
    await cityHas([fairUse({ ...classes, free: 3 })]);
    const me = await someone();
    const times = Array.from({ length: 20 }, (_, index) => {
      const minutes = 8 * 60 + index * 30;
      const at = (of: number) => `${String(Math.floor(of / 60)).padStart(2, '0')}:${of % 60 === 0 ? '00' : '30'}`;
      return [at(minutes), at(minutes + 30)] as const;
    });
    const sessionIds = await Promise.all(times.map(([startsAt, endsAt]) => classAt(startsAt, endsAt)));
    const answers = await Promise.all(sessionIds.map((sessionId) => seated(me, sessionId)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(new Set(answers.flatMap(({ body }) => body.code ?? []))).toEqual(new Set(['quota-exceeded']));
    expect(await usedBy(me)).toMatchObject({ used: 3, left: 0 });
    await healed();
    expect(await differences({ sessionIds, dates: [DATE], personIds: [me.personId] })).toEqual([]);
    expect(await usedBy(me)).toMatchObject({ used: 3, left: 0 });
  });

  test('the same request ten times at once is one booking, counted once', async () => {
    await cityHas([fairUse({ free: 1, beyond: PRICED })]);
    const [me, roomId, key] = [await someone(), await freshRoom(), randomUUID()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => keyed(me, roomId, ['09:00', '10:00'], key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.booking.residentPriceFen))).toEqual(new Set([0]));
    expect(await usedBy(me)).toMatchObject({ used: 1, paid: 0 });
  });
});

describe('a function that dies', () => {
  beforeEach(() => {
    vi.spyOn(logger, 'error').mockReturnValue();
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test.each([1, 2, 3, 4, 5])(
    'after write %i of a counted room leaves a whole booking, counted once',
    async (writes) => {
      await cityHas([fairUse({ free: 1 })]);
      const [me, roomId, key] = [await someone(), await freshRoom(), randomUUID()];
      expect(await dying(() => keyed(me, roomId, ['09:00', '10:00'], key), writes)).toBe(writes < 5);
      await healed();
      expect(await usedBy(me)).toMatchObject({ used: 1 });
      expect(await storedRows(me.personId)).toMatchObject([{ state: 'booked', freeHours: 1 }]);
      expect(await differences({ roomIds: [roomId], dates: [DATE], personIds: [me.personId] })).toEqual([]);
      const again = await keyed(me, roomId, ['09:00', '10:00'], key);
      expect(again.status).toBe(201);
      await cancel(me, again.body.booking);
      await healed();
      expect(await usedBy(me)).toMatchObject({ used: 0 });
    },
  );

  test.each([1, 2, 3])(
    'after write %i, and who asks again before the stream has come, has one booking',
    async (writes) => {
      await cityHas([fairUse({ free: 1 })]);
      const [me, roomId, key] = [await someone(), await freshRoom(), randomUUID()];
      await dying(() => keyed(me, roomId, ['09:00', '10:00'], key), writes);
      expect((await keyed(me, roomId, ['09:00', '10:00'], key)).status).toBe(201);
      expect(await usedBy(me)).toMatchObject({ used: 1 });
      await healed();
      expect(await storedRows(me.personId)).toHaveLength(1);
      expect(await usedBy(me)).toMatchObject({ used: 1 });
    },
  );

  test.each([1, 2, 3, 4])('after write %i of a counted place leaves a whole booking, counted once', async (writes) => {
    await cityHas([fairUse({ ...classes, free: 1 })]);
    const [me, sessionId] = [await someone(), await classAt('09:00', '10:00')];
    expect(await dying(() => seated(me, sessionId), writes)).toBe(true);
    await healed();
    expect(await usedBy(me)).toMatchObject({ used: 1 });
    expect(await storedRows(me.personId)).toMatchObject([{ state: 'booked' }]);
    expect(await differences({ sessionIds: [sessionId], dates: [DATE], personIds: [me.personId] })).toEqual([]);
  });

  test.each(['room', 'place'] as const)(
    'before it has counted a %s, when another takes what is left: given back',
    async (what) => {
      await cityHas([fairUse(what === 'room' ? { free: 1 } : { ...classes, free: 1 })]);
      const me = await someone();
      const [roomId, sessionId] = [await freshRoom(), await classAt('09:00', '10:00')];
      const died = () =>
        what === 'room' ? keyed(me, roomId, ['09:00', '10:00'], randomUUID()) : seated(me, sessionId);
      expect(await dying(died, 1)).toBe(true);
      const other =
        what === 'room'
          ? await bookRoom(me, await freshRoom(), DATE, '11:00', '12:00')
          : await seated(me, await classAt('11:00', '12:00'));
      expect(other.status).toBe(201);
      await healed();
      await healed();
      expect(await usedBy(me)).toMatchObject({ used: 1 });
      expect((await storedRoomDay(roomId, DATE)).busy).toEqual(new Set());
      const scene = { roomIds: [roomId], sessionIds: [sessionId], dates: [DATE], personIds: [] };
      expect(await differences(scene)).toEqual([]);
      expect((await storedRows(me.personId)).filter(({ state }) => state === 'booked')).toHaveLength(1);
    },
  );

  test.each([1, 2, 3])('in the midst of a cancellation, after write %i: the hour comes back once', async (writes) => {
    await cityHas([fairUse({ free: 2 })]);
    const me = await someone();
    const [one, other] = [await freshRoom(), await freshRoom()];
    const { booking } = (await bookRoom(me, one, DATE, '09:00', '10:00')).body;
    await bookRoom(me, other, DATE, '10:00', '11:00');
    await healed();
    await dying(() => cancel(me, booking), writes);
    await healed();
    await healed();
    expect(await usedBy(me)).toMatchObject({ used: 1 });
    await cancel(me, booking);
    expect(await usedBy(me)).toMatchObject({ used: 1 });
    expect(await differences({ roomIds: [one, other], dates: [DATE], personIds: [me.personId] })).toEqual([]);
  });
});

describe('overtaken between the look and the counter', () => {
  const counting = { command: 'UpdateItemCommand', text: '#counted' };

  test('a room has the price of the hours beyond, and gives back exactly that', async () => {
    await cityHas([fairUse({ free: 1.5, beyond: PRICED })]);
    const [me, roomId, elsewhere] = [await someone(), await freshRoom(), await freshRoom()];
    const answer = await interrupted(
      () => keyed(me, roomId, ['09:00', '10:00'], randomUUID()),
      counting,
      () => bookRoom(me, elsewhere, DATE, '11:00', '12:00'),
    );
    expect(answer.body.booking).toMatchObject({ freeHours: 0.5, pricedHours: 0.5, residentPriceFen: 1_000 });
    expect(await usedBy(me)).toMatchObject({ used: 1.5, paid: 0.5 });
    await healed();
    expect(await storedRows(me.personId)).toHaveLength(2);
    expect(await differences({ roomIds: [roomId, elsewhere], dates: [DATE], personIds: [me.personId] })).toEqual([]);
    await cancel(me, answer.body.booking);
    await healed();
    expect(await usedBy(me)).toMatchObject({ used: 1, paid: 0 });
  });

  test('a room without a price beyond is refused, and so is a price that was not shown; nothing is kept', async () => {
    const me = await someone();
    for (const beyond of ['refuse', PRICED] as const) {
      await cityHas([fairUse({ ruleId: `r-${typeof beyond}`, free: 1, beyond })]);
      const [roomId, elsewhere] = [await freshRoom(), await freshRoom()];
      const answer = await interrupted(
        () => bookRoom(me, roomId, DATE, '09:00', '10:00', { priceFen: 0 }),
        counting,
        () => bookRoom(me, elsewhere, DATE, '11:00', '12:00'),
      );
      expect(answer.body.code).toBe(beyond === 'refuse' ? 'quota-exceeded' : 'amount-changed');
      expect((await storedRoomDay(roomId, DATE)).busy).toEqual(new Set());
      expect(await usedBy(me)).toMatchObject({ used: 1, paid: 0 });
      const [other] = (await storedRows(me.personId)).filter(({ state }) => state === 'booked');
      if (!other) throw new Error('the other one is booked');
      await cancel(me, other);
      expect(await usedBy(me)).toMatchObject({ used: 0 });
    }
  });
});

describe('what was counted by name', () => {
  test('goes along when a booking moves within its day, and comes back once it ends', async () => {
    await cityHas([fairUse({ free: 2 })]);
    const [me, roomId] = [await someone(), await freshRoom()];
    const { booking } = (await bookRoom(me, roomId, DATE, '09:00', '10:00')).body;
    const by = system();
    const moved = `${DATE.replaceAll('-', '')}-0000000000000`;
    const entry = { startsAt: '09:30', endsAt: '10:30', personId: me.personId, actorId: me.personId };
    await moveInDay(by, {
      from: { ...booking, roomId, buffers: [0, 0] },
      to: {
        roomId,
        date: DATE,
        bookingId: moved,
        entry: { ...entry, bookedAt: MONDAY, requestHash: 'h' },
        buffers: [0, 0],
      },
      personId: me.personId,
      why: { because: 'moved', endedBy: me.personId },
      orders: [],
    });
    await healed();
    expect(await usedBy(me)).toMatchObject({ used: 1 });
    const place = { roomId, date: DATE, startsAt: '09:30', endsAt: '10:30', personId: me.personId, bookingId: moved };
    await releaseOrderItem(by, { ...place, buffers: [0, 0], with: [] }, { because: 'resident' });
    expect(await usedBy(me)).toMatchObject({ used: 0 });
  });

  test('stands beside what was counted in one transaction with the day, which comes back as it was taken', async () => {
    await cityHas([fairUse({ free: 5 })]);
    const me = await someone();
    const bookingId = `${DATE.replaceAll('-', '')}-1111111111111`;
    const day = { personId: me.personId, date: DATE, bookingId };
    const charge = { of: `person.${me.personId}`, id: 'rooms-week.2026-W10', amount: 4, most: 20 };
    await claimDay(system(), {
      ...day,
      entry: { startsAt: '12:00', endsAt: '13:00', of: 'yuhu.r' },
      charges: [charge],
    });
    await bookRoom(me, await freshRoom(), DATE, '09:00', '10:00');
    expect(await usedBy(me)).toMatchObject({ used: 2 });
    await releaseAgenda(system(), { ...day, startsAt: '12:00', endsAt: '13:00', ofRoom: false });
    expect(await usedBy(me)).toMatchObject({ used: 1 });
  });
});
