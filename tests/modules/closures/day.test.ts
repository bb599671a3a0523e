import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '../../../shared/access/authorize.ts';
import { claimRoom } from '../../../shared/booking/claim/room.ts';
import { usualRules } from '../../../shared/booking/items/city-rules.ts';
import type { ClosurePreview } from '../../../shared/contracts/closures.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { keys } from '../../../shared/table/keys.ts';
import { center, room, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { storedRows } from '../../support/claims.ts';
import { setClock, wait } from '../../support/invoke.ts';
import { type Resident, resident } from '../../support/residents.ts';
import { tenants } from '../../support/tenants.ts';
import {
  addsUp,
  bookRoom,
  bookSession,
  city,
  closed,
  messagesSent,
  minutePasses,
  oversold,
  reason,
  reportOf,
  untilDone,
} from './support.ts';

const NOW = '2026-03-02T01:00:00Z'; // Monday, nine in the morning in Putian
const DAY = '2026-03-06';
const NEXT_DAY = '2026-03-07';

let staff: Someone;
let count = 0;

beforeAll(async () => {
  setClock(NOW);
  staff = await someone({ posts: [{ kind: 'platform-admin' }] });
});
beforeEach(async () => {
  setClock(NOW);
  await messagesSent();
});

/** A center with a neighbor in its district; nobody else of the file lives there. */
async function neighborhood() {
  count += 1;
  const own = await center(`own-${count}`, { district: `区${count}` });
  const near = await center(`near-${count}`, { district: `区${count}` });
  await center(`far-${count}`, { district: `远区${count}` });
  return { own, near };
}

/** Six in a class and six in rooms of one day; there are equal places for five of the class, and rooms for all. */
async function twelveBookings() {
  const { own, near } = await neighborhood();
  const [first, second] = [await room(own, 'room-1'), await room(own, 'room-2')];
  await room(near, 'hall');
  const lost = await session(own, DAY, { residentPriceFen: 1500 });
  const here = await session(own, NEXT_DAY, { capacity: 3, residentPriceFen: 1500 });
  const there = await session(near, DAY, { capacity: 2, residentPriceFen: 1800 });
  await session(near, DAY, { slug: 'painting', capacity: 20 });
  await session(`far-${count}`, DAY, { capacity: 20 });
  const people: Resident[] = [];
  for (let index = 0; index < 12; index += 1) people.push(await resident(`住户${index}`));
  for (const person of people.slice(0, 6)) expect((await bookSession(person, lost)).status).toBe(201);
  const uses = [
    [first, '09:00', '10:00'],
    [first, '10:00', '12:00'],
    [first, '14:00', '16:00'],
    [second, '09:00', '10:00'],
    [second, '10:00', '11:00'],
    [second, '19:00', '21:00'],
  ] as const;
  for (const [index, [roomId, startsAt, endsAt]] of uses.entries()) {
    const person = people[6 + index];
    if (person) expect((await bookRoom(person, roomId, DAY, startsAt, endsAt)).status).toBe(201);
  }
  await minutePasses();
  await messagesSent();
  const what = { kind: 'day' as const, from: DAY, to: DAY };
  return { own, near, first, second, lost, here, there, people, what };
}

const confirm = (as: Resident, orderId: string) => city.post(`/v1/orders/${orderId}/confirm`, { as, body: {} });
const decline = (as: Resident, orderId: string) => city.post(`/v1/orders/${orderId}/decline`, { as, body: {} });

/** The order that keeps a place for this person, as their own bookings tell. */
async function offeredTo({ personId }: Resident): Promise<string> {
  const held = (await storedRows(personId)).find(({ state }) => state === 'held');
  if (!held?.orderId) throw new Error(`${personId} has no offer`);
  return held.orderId;
}

describe('a day of a center is closed', () => {
  test('A13: a day with 12 bookings is closed: 12 notices, each has an offer or a refund, the report totals 12', async () => {
    const { own, what, people, lost, here, there, first } = await twelveBookings();
    const shown = await city.post(`/v1/centers/${own}/closures/preview`, { as: staff, body: { what } });
    expect(shown.body.totals).toEqual({ affected: 12, offers: 11, refunds: 1, further: 0, refundFen: 1500, inLine: 0 });
    expect((await storedSession(lost)).status).toBe('open');

    const closure = await closed(staff, own, what);
    await untilDone(staff, closure);
    await minutePasses();
    const report = await reportOf(staff, closure);
    expect(report.totals).toMatchObject({ affected: 12, offered: 11, refunded: 1, waiting: 0, refundFen: 1500 });
    expect(addsUp(report)).toBe(true);
    // Each got what the preview had said.
    const { affected } = shown.body as ClosurePreview;
    const said = affected.map(({ bookingId, place }) => `${bookingId} ${place?.date} ${place?.startsAt}`);
    const got = report.rows.map(({ bookingId, offer }) => `${bookingId} ${offer?.date} ${offer?.startsAt}`);
    expect(got.sort()).toEqual(said.sort());

    const messages = await messagesSent();
    expect(messages).toHaveLength(12);
    expect(messages.map(({ kind }) => kind).sort()).toEqual([
      ...Array.from({ length: 11 }, () => 'closure-offered'),
      'closure-refunded',
    ]);
    expect(new Set(messages.map(({ personId }) => personId)).size).toBe(12);
    expect(messages[0]).toMatchObject({ closed: { reason: reason.zh } });

    // Five of the class: two in the district on the same day, three in their own center on the next.
    expect((await storedSession(there)).taken).toBe(2);
    expect((await storedSession(here)).taken).toBe(3);
    expect(await oversold([lost, here, there])).toEqual([]);
    expect((await storedSession(lost)).taken).toBe(0);
    const dearer = report.rows.find(({ offer }) => offer?.sessionId === there);
    expect(dearer?.offer?.priceFen).toBe(1500);

    // Nothing new can be booked, and the calendar says why.
    const late = await resident('迟来的人');
    expect((await bookSession(late, lost)).body.code).toBe('session-closed');
    const refused = await bookRoom(late, first, DAY, '12:00', '13:00');
    expect(refused.body).toMatchObject({ code: 'outside-opening-hours', facts: { hours: [], note: reason } });

    // Old bookings ended at once, with their price.
    const ended = (await storedRows(people[0]?.personId ?? '')).find(({ sessionId }) => sessionId === lost);
    expect(ended).toMatchObject({ state: 'canceled', because: 'closure', refundFen: 1500, keptFen: 0 });
  });

  test('offers that are accepted, declined and left unanswered change the report, which still adds up', async () => {
    const { own, what, people, lost, here, there } = await twelveBookings();
    const closure = await closed(staff, own, what);
    await untilDone(staff, closure);
    const offered: Resident[] = [];
    for (const person of people)
      if ((await storedRows(person.personId)).some(({ state }) => state === 'held')) offered.push(person);
    expect(offered).toHaveLength(11);
    const [a, b, c, d, e, ...silent] = offered;
    for (const person of [a, b, offered[9]])
      if (person) expect((await confirm(person, await offeredTo(person))).status).toBe(200);
    for (const person of [c, d, e])
      if (person) expect((await decline(person, await offeredTo(person))).status).toBe(200);
    await minutePasses();
    const some = await reportOf(staff, closure);
    expect(some.totals).toMatchObject({ affected: 12, moved: 3, refunded: 4, offered: 5 });
    expect(addsUp(some)).toBe(true);

    wait(49 * 3600);
    await minutePasses();
    const all = await reportOf(staff, closure);
    expect(all.totals).toMatchObject({ affected: 12, moved: 3, refunded: 9, offered: 0, waiting: 0 });
    expect(all.rows.filter(({ outcome }) => outcome === 'lapsed')).toHaveLength(5);
    expect(addsUp(all)).toBe(true);
    const last = silent.find((person) => person !== offered[9]);
    if (last)
      expect((await storedRows(last.personId)).map(({ state }) => state).sort()).toEqual(['canceled', 'lapsed']);
    expect(await oversold([lost, here, there])).toEqual([]);
    const stored = (await storedSession(there)).taken + (await storedSession(here)).taken;
    expect(stored).toBe(all.rows.filter(({ outcome, kind }) => outcome === 'moved' && kind === 'session').length);
  });
});

test('a teacher who cannot come shuts the classes they teach, and nobody else’s', async () => {
  const own = await center(`taught-${count}`, { district: `教${count}` });
  const [taught, other] = [
    await session(own, DAY),
    await session(own, DAY, { slug: 'untaught', startsAt: '18:30', endsAt: '19:30' }),
  ];
  const teacher = await room(own, 'teacher-1', { kind: 'teacher', bookable: false });
  const entry = { startsAt: '16:30', endsAt: '18:00' };
  const by = asSystem(tenants()[0], clockNow());
  await claimRoom(by, { roomId: teacher, date: DAY, bookingId: taught, entry, buffers: [0, 0] });
  const [child, neighbor] = [await resident(), await resident()];
  expect((await bookSession(child, taught)).status).toBe(201);
  expect((await bookSession(neighbor, other)).status).toBe(201);
  const closure = await closed(staff, own, { kind: 'resource', roomId: teacher, from: DAY, to: DAY });
  await untilDone(staff, closure);
  const report = await reportOf(staff, closure);
  expect(report.rows.map(({ personId }) => personId)).toEqual([child.personId]);
  expect((await storedSession(taught)).status).toBe('closed');
  expect((await storedSession(other)).status).toBe('open');
});

test('what came with a use and ends with it is in the way of no place: each keeps its time and the projector, as the preview says', async () => {
  const own = await center(`shown-${count}`, { district: `映${count}` });
  const [lost, other] = [await room(own, 'room-1'), await room(own, 'room-2')];
  const projector = await room(own, 'projector', { kind: 'equipment' });
  const uses = [
    ['09:00', '10:00'],
    ['10:00', '12:00'],
    ['14:00', '15:00'],
  ] as const;
  for (const [startsAt, endsAt] of uses) {
    const answer = await bookRoom(await resident(), lost, DAY, startsAt, endsAt, { with: [projector] });
    expect(answer.status, answer.text).toBe(201);
  }
  const what = { kind: 'resource' as const, roomId: lost, from: DAY, to: DAY };
  const shown = await city.post(`/v1/centers/${own}/closures/preview`, { as: staff, body: { what } });
  const closure = await closed(staff, own, what);
  await untilDone(staff, closure);
  const { rows } = await reportOf(staff, closure);
  const kept = uses.map(([startsAt, endsAt]) => ({ roomId: other, date: DAY, startsAt, endsAt }));
  const { affected } = shown.body as ClosurePreview;
  expect(affected.map(({ place }) => place)).toMatchObject(kept);
  expect(rows.map(({ offer }) => offer)).toMatchObject(kept);
});

test('a city that lets people have more hours of rooms a day offers them as many', async () => {
  await putMany([{ key: keys.rules.city(tenants()[0]), item: { ...usualRules, roomMinutesPerDay: 360 } }]);
  const own = await center(`hours-${count}`, { district: `时${count}` });
  const [lost, other] = [await room(own, 'room-1'), await room(own, 'room-2')];
  const person = await resident();
  for (const [roomId, startsAt, endsAt] of [
    [other, '08:00', '12:00'],
    [lost, '14:00', '16:00'],
  ] as const)
    expect((await bookRoom(person, roomId, DAY, startsAt, endsAt)).status).toBe(201);
  const closure = await closed(staff, own, { kind: 'resource', roomId: lost, from: DAY, to: DAY });
  await untilDone(staff, closure);
  const { rows } = await reportOf(staff, closure);
  await putMany([{ key: keys.rules.city(tenants()[0]), item: usualRules }]);
  expect(rows[0]?.offer).toMatchObject({ roomId: other, date: DAY, startsAt: '14:00' });
});
