import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openCase, readCases } from '../../../functions/closures/cases/store.ts';

import { createClosure } from '../../../functions/closures/store/closures.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { randomId } from '../../../shared/kernel/ids.ts';
import { center, room, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { storedRoomDay, storedRows } from '../../support/claims.ts';
import { setClock, wait } from '../../support/invoke.ts';
import { newPhone, resident } from '../../support/residents.ts';
import { tenants } from '../../support/tenants.ts';
import {
  addsUp,
  bookRoom,
  bookSession,
  city,
  closed,
  lifted,
  messagesSent,
  minutePasses,
  type Person,
  reason,
  reportOf,
  untilDone,
} from './support.ts';

const NOW = '2026-03-02T01:00:00Z';
const DAY = '2026-03-06';
const by = () => asSystem(tenants()[0], clockNow());

let staff: Someone;
let own: string;
let roomId: string;
let count = 0;

beforeAll(async () => {
  setClock(NOW);
  staff = await someone({ posts: [{ kind: 'platform-admin' }] });
});
beforeEach(async () => {
  setClock(NOW);
  count += 1;
  own = await center(`lift-${count}`, { district: `开${count}`, exceptions: {} });
  roomId = await room(own, 'a', { seats: 30 });
});

const opening = async (date: string) => (await city.get(`/v1/rooms/${roomId}/availability?from=${date}&days=1`)).body;

describe('a closure that is lifted', () => {
  test('A13: opens what it shut, but for what another closure still shuts', async () => {
    const sessionId = await session(own, DAY);
    const person = await resident();
    const morning = await closed(staff, own, {
      kind: 'resource',
      roomId,
      from: DAY,
      to: DAY,
      startsAt: '08:00',
      endsAt: '12:00',
    });
    const whole = await closed(staff, own, { kind: 'day', from: DAY, to: DAY });
    const again = await closed(staff, own, { kind: 'day', from: DAY, to: '2026-03-07' });
    expect((await opening(DAY)).days[0]).toMatchObject({ hours: [], reason: 'exception' });

    expect((await lifted(staff, whole)).body.closure.status).toBe('lifted');
    expect((await opening(DAY)).days[0]).toMatchObject({ hours: [], reason: 'exception' });
    expect((await storedSession(sessionId)).status).toBe('closed');

    await lifted(staff, again);
    expect((await storedSession(sessionId)).status).toBe('open');
    const day = (await opening(DAY)).days[0];
    expect(day).toMatchObject({ reason: 'regular', busy: [{ startsAt: '08:00', endsAt: '12:00' }] });
    expect((await bookRoom(person, roomId, DAY, '11:00', '12:00')).body.code).toBe('closed');
    expect((await bookRoom(person, roomId, DAY, '14:00', '15:00')).status).toBe(201);
    expect((await bookSession(person, sessionId)).status).toBe(201);

    await lifted(staff, morning);
    // A minute later it looks once more, and then it is over.
    await minutePasses();
    expect((await storedRoomDay(roomId, DAY)).closed.size).toBe(0);
    expect((await bookRoom(person, roomId, DAY, '11:00', '12:00')).status).toBe(201);
    const list = await city.get(`/v1/centers/${own}/closures`, { as: staff });
    expect(list.body.closures.map(({ status }: { status: string }) => status)).toEqual(['lifted', 'lifted', 'lifted']);
  });

  test('gives a day back the hours that the center had set for it', async () => {
    const exceptions = { [DAY]: { hours: [{ opensAt: '10:00', closesAt: '12:00' }] } };
    await center(own, { district: `开${count}`, exceptions });
    const closure = await closed(staff, own, { kind: 'day', from: DAY, to: DAY });
    await lifted(staff, closure);
    expect((await opening(DAY)).days[0].hours).toEqual(exceptions[DAY]?.hours);
  });

  test('moves nobody back who was moved, and leaves those alone whose turn had not come', async () => {
    const [moved, waiting] = [await resident(), await resident()];
    const bookings = [
      (await bookRoom(moved, roomId, DAY, '09:00', '10:00')).body.booking,
      (await bookRoom(waiting, roomId, DAY, '10:00', '11:00')).body.booking,
    ];
    const closure = await closed(staff, own, {
      kind: 'resource',
      roomId,
      from: DAY,
      to: DAY,
      startsAt: '09:00',
      endsAt: '10:00',
    });
    await untilDone(staff, closure);
    const [orderId] = (await storedRows(moved.personId)).flatMap((row) => row.orderId ?? []);
    expect((await city.post(`/v1/orders/${orderId}/confirm`, { as: moved, body: {} })).status).toBe(200);
    await lifted(staff, closure);
    const report = await reportOf(staff, closure);
    expect(report.totals).toMatchObject({ affected: 1, moved: 1 });
    expect((await storedRows(moved.personId)).map(({ state }) => state).sort()).toEqual(['booked', 'canceled']);

    // One that had listed a booking and nothing more.
    const early = await createClosure(by(), {
      is: 'closure',
      ...closure,
      closureId: randomId('x'),
      status: 'disposing',
      title: reason,
      done: 0,
      closedBy: staff.personId,
      requestHash: 'hash',
    });
    const [lost] = await readCases(by(), closure.closureId);
    if (!lost) throw new Error('no case');
    const { offer: _, ...bare } = lost;
    await openCase(by(), early.closureId, {
      ...bare,
      bookingId: bookings[1].bookingId,
      personId: waiting.personId,
      startsAt: '10:00',
      endsAt: '11:00',
      state: 'pending',
    });
    await lifted(staff, early);
    const kept = await reportOf(staff, early);
    expect(kept.totals).toMatchObject({ affected: 1, kept: 1 });
    expect(addsUp(kept)).toBe(true);
    expect((await storedRows(waiting.personId)).map(({ state }) => state)).toEqual(['booked']);
  });
});

describe('a series', () => {
  test('has its date back when the closure is lifted; one that was offered another place and took it has not both', async () => {
    const like = await room(own, 'b', { seats: 30, maxMinutesPerBooking: 15 });
    // At the lost time it is taken, so that the offer is of another time, and the person would be free for both.
    const neighbor = await resident();
    for (const date of [DAY, '2026-03-13']) await bookRoom(neighbor, like, date, '09:00', '09:15');
    const made = async (as: Person, startsAt: string, endsAt: string) => {
      const target = { kind: 'room', roomId, startsAt, endsAt, purpose: '合唱团' };
      const rule = { dtstart: DAY, rrule: 'FREQ=WEEKLY;COUNT=2' };
      const answer = await city.post('/v1/series', { as, body: { target, rule, healAfterClosures: true } });
      expect(answer.status, answer.text).toBe(201);
    };
    const [moved, healed] = [await resident(), await resident()];
    await made(moved, '09:00', '09:15');
    await made(healed, '10:00', '12:00');
    // Every near day of the room is closed: two hours are nowhere to be had, a quarter of an hour is, in the other room.
    const closure = await closed(staff, own, { kind: 'resource', roomId, from: '2026-03-02', to: '2026-03-20' });
    await untilDone(staff, closure);
    const { totals } = await reportOf(staff, closure);
    expect(totals).toMatchObject({ affected: 4, offered: 2 });
    const offers = (await storedRows(moved.personId)).filter(({ state }) => state === 'held');
    for (const { orderId } of offers)
      expect((await city.post(`/v1/orders/${orderId}/confirm`, { as: moved, body: {} })).status).toBe(200);
    await minutePasses();
    await lifted(staff, closure);
    const stored = async ({ personId }: Person) =>
      (await storedRows(personId)).filter(({ state }) => state === 'booked').map((row) => `${row.roomId} ${row.date}`);
    expect((await stored(moved)).sort()).toEqual([`${like} ${DAY}`, `${like} 2026-03-13`]);
    expect((await stored(healed)).sort()).toEqual([`${roomId} ${DAY}`, `${roomId} 2026-03-13`]);
  });
});

describe('one thing is closed', () => {
  test('a room: the smallest room that holds as many, at the same time; a class in it has to move too', async () => {
    await room(own, 'hall', { seats: 200 });
    const like = await room(own, 'b', { seats: 40 });
    await room(own, 'small', { seats: 10 });
    const inRoom = await session(own, DAY, { slug: 'dance', roomId, startsAt: '14:00', endsAt: '15:00' });
    const elsewhere = await session(own, DAY, { slug: 'choir', startsAt: '14:00', endsAt: '15:00' });
    const [first, second, third] = [await resident(), await resident(), await resident()];
    await bookRoom(first, roomId, DAY, '09:00', '10:00');
    await bookSession(second, inRoom);
    await bookSession(third, elsewhere);
    const closure = await closed(staff, own, { kind: 'resource', roomId, from: DAY, to: DAY });
    await untilDone(staff, closure);
    const { rows, totals } = await reportOf(staff, closure);
    expect(totals).toMatchObject({ affected: 2, offered: 1, refunded: 1 });
    const offer = rows.find(({ personId }) => personId === first.personId)?.offer;
    expect(offer).toMatchObject({ roomId: like, date: DAY, startsAt: '09:00', endsAt: '10:00' });
    expect((await storedSession(elsewhere)).status).toBe('open');
  });

  test('a class: nobody is offered one that is not for their age', async () => {
    const [child, teenager] = [
      await someone({ name: '小荔', birthDate: '2018-05-01' }),
      await someone({ name: '大荔', birthDate: '2011-05-01' }),
    ];
    const lost = await session(own, DAY, { slug: 'chess' });
    const like = await session(own, DAY, { slug: 'chess', startsAt: '10:00', endsAt: '11:30', maxAgeYears: 12 });
    await bookSession(teenager, lost);
    await bookSession(child, lost);
    const closure = await closed(staff, own, { kind: 'session', sessionId: lost });
    await untilDone(staff, closure);
    const { rows } = await reportOf(staff, closure);
    const offers = rows.map(({ name, offer }) => `${name} ${offer?.sessionId}`);
    expect(offers.sort()).toEqual([`大荔 undefined`, `小荔 ${like}`]);
  });

  test('a teacher: whoever had booked them with a room is offered the same two at another time', async () => {
    const teacher = await room(own, 'teacher-lin', { kind: 'teacher', name: { zh: '林老师', en: 'Ms Lin' } });
    const person = await resident();
    const booked = await bookRoom(person, roomId, DAY, '09:00', '10:00', { with: [teacher] });
    expect(booked.status).toBe(201);
    const closure = await closed(staff, own, {
      kind: 'resource',
      roomId: teacher,
      from: DAY,
      to: DAY,
      startsAt: '08:00',
      endsAt: '11:00',
    });
    await untilDone(staff, closure);
    const { rows } = await reportOf(staff, closure);
    expect(rows[0]?.offer).toMatchObject({ roomId, date: DAY, startsAt: '11:00', endsAt: '12:00' });
    expect([...(await storedRoomDay(teacher, DAY)).busy]).toEqual([44, 45, 46, 47]);
    // Left unanswered, room and teacher are free again.
    wait(49 * 3600);
    await minutePasses();
    expect((await storedRoomDay(teacher, DAY)).busy.size + (await storedRoomDay(roomId, DAY)).busy.size).toBe(0);
  });

  test('whoever has no phone is on the list of those to be called on; each read is in their log', async () => {
    await messagesSent();
    const elder = await someone({ name: '郑阿公' });
    const son = await resident('郑大', { phone: newPhone() });
    await bookRoom(elder, roomId, DAY, '09:00', '10:00');
    await bookRoom(son, roomId, DAY, '10:00', '11:00');
    const closure = await closed(staff, own, { kind: 'resource', roomId, from: DAY, to: DAY });
    await untilDone(staff, closure);
    const { rows } = await reportOf(staff, closure);
    expect(rows.filter(({ noPhone }) => noPhone).map(({ name }) => name)).toEqual(['郑阿公']);
    const log = await city.get(`/v1/people/${elder.personId}/reads`, { as: elder });
    expect(log.body.reads).toMatchObject([{ as: 'center-staff', what: `closure ${own}` }]);
  });
});

describe('the doors of closures', () => {
  const what = { kind: 'day', from: DAY, to: DAY };

  test('are open to the staff of the center alone', async () => {
    const other = await someone({ posts: [{ kind: 'center-staff', centerId: 'elsewhere' }] });
    const answer = await city.post(`/v1/centers/${own}/closures/preview`, { as: other, body: { what } });
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  test('a repeat under the same key is the same closure; another body is refused, and so is the past', async () => {
    const idempotencyKey = randomId('');
    const send = (body: object) =>
      city.post(`/v1/centers/${own}/closures`, { as: staff, idempotencyKey, body: { what, reason, ...body } });
    const first = await send({});
    const second = await send({});
    expect(second.body.closure.closureId).toBe(first.body.closure.closureId);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect((await send({ answerWithinHours: 5 })).body.code).toBe('idempotency-key-reused');
    const past = { kind: 'day', from: '2026-03-01', to: DAY };
    const late = await city.post(`/v1/centers/${own}/closures/preview`, { as: staff, body: { what: past } });
    expect(late.body.code).toBe('in-the-past');
  });
});
