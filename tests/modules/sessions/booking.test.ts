import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as bookings from '../../../functions/bookings/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { center, people, type Someone, session, someone, storedSession, whitelisted } from '../../support/builders.ts';
import { cityOf, setClock } from '../../support/invoke.ts';

const city = cityOf(sessions, bookings);
let centerId: string;
let child: Someone;
let sister: Someone;
let parent: Someone;

beforeAll(async () => {
  setClock('2026-03-02T01:00:00Z'); // Monday, nine in the morning in Putian
  centerId = await center('yuhu');
});

beforeEach(async () => {
  child = await someone({ name: '小明', birthDate: '2018-06-01' });
  sister = await someone({ name: '小红', birthDate: '2020-03-05' });
  parent = await someone({ birthDate: '1988-01-01', guardianOf: [child, sister] });
});

const book = (as: Someone, sessionIds: string[], beneficiaries: Someone[], idempotencyKey: string = randomUUID()) =>
  city.post('/v1/session-bookings', {
    as,
    idempotencyKey,
    body: { sessionIds, beneficiaryIds: beneficiaries.map(({ personId }) => personId) },
  });

/** A session of a class of its own. */
const fresh = (date = '2026-03-04', facts: Parameters<typeof session>[2] = {}) =>
  session(centerId, date, { slug: `class-${randomUUID().slice(0, 8)}`, ...facts });

describe('a booking', () => {
  test('gives two children a place each in one request, and the row says who booked for whom', async () => {
    const sessionId = await fresh();
    const answer = await book(parent, [sessionId], [child, sister]);
    expect(answer.status).toBe(201);
    expect(answer.body.bookings).toHaveLength(2);
    expect(answer.body.bookings[0]).toMatchObject({
      actorId: parent.personId,
      beneficiaryId: child.personId,
      state: 'booked',
      byStaff: false,
    });
    expect((await storedSession(sessionId)).taken).toBe(2);
  });

  test('of one person takes five table calls and four write units', async () => {
    const answer = await book(parent, [await fresh()], [child]);
    const [, calls, write] = /calls=(\d+); .*write=([\d.]+)/.exec(answer.headers['linli-table'] ?? '') ?? [];
    expect([Number(calls), Number(write)]).toEqual([5, 4]);
  });

  test('for siblings with one place left books neither', async () => {
    const sessionId = await fresh('2026-03-04', { capacity: 1 });
    const answer = await book(parent, [sessionId], [child, sister]);
    expect(answer).toMatchObject({ status: 409, body: { code: 'session-full', facts: { placesLeft: 1 } } });
    expect(await storedSession(sessionId)).toMatchObject({ taken: 0, seats: {} });
  });

  test('over three days is all or none: a full day in the middle leaves nothing behind', async () => {
    const days = await Promise.all(
      ['2026-03-09', '2026-03-10', '2026-03-11'].map((date, index) => fresh(date, { capacity: index === 1 ? 1 : 5 })),
    );
    const other = await someone({ birthDate: '1980-01-01' });
    expect((await book(other, [days[1] ?? ''], [other])).status).toBe(201);
    expect((await book(parent, days, [child])).body.code).toBe('session-full');
    for (const day of days) expect((await storedSession(day)).seats[child.personId]).toBeUndefined();
    const later = await fresh('2026-03-12');
    expect((await book(parent, [days[0] ?? '', days[2] ?? '', later], [child])).status).toBe(201);
  });

  test('is refused to a stranger, and tells nothing', async () => {
    const stranger = await someone();
    expect(await book(stranger, [await fresh()], [child])).toMatchObject({
      status: 403,
      body: { code: 'no-authority' },
    });
  });

  test.each([
    ['too young on the day', { minAgeYears: 9 }, 'age'],
    ['too old on the day', { maxAgeYears: 6 }, 'age'],
    ['closed', { status: 'closed' }, 'session-closed'],
    ['already begun', { date: '2026-03-02', startsAt: '08:30' }, 'session-started'],
    ['too far ahead', { date: '2026-06-01' }, 'too-far-ahead'],
  ] as const)('is refused when %s', async (_, { date = '2026-03-05', ...facts }: { date?: string } & object, code) => {
    const answer = await book(parent, [await fresh(date, facts)], [child]);
    expect(answer.body).toMatchObject({ code });
  });

  test('counts age on the date of the session: turning six the day before is old enough', async () => {
    const dayBefore = await fresh('2026-03-04', { minAgeYears: 6 });
    const birthday = await fresh('2026-03-05', { minAgeYears: 6 });
    expect((await book(parent, [dayBefore], [sister])).body.code).toBe('age');
    expect((await book(parent, [birthday], [sister])).status).toBe(201);
  });

  test('needs a birth date only where there is an age rule', async () => {
    const unknown = await someone();
    expect((await book(unknown, [await fresh('2026-03-05', { minAgeYears: 3 })], [unknown])).body.code).toBe(
      'birth-date-missing',
    );
    expect((await book(unknown, [await fresh('2026-03-05')], [unknown])).status).toBe(201);
  });

  test('puts nobody in two places at once', async () => {
    const first = await fresh('2026-03-06', { startsAt: '16:30', endsAt: '18:00' });
    const overlapping = await fresh('2026-03-06', { startsAt: '17:45', endsAt: '19:00' });
    const after = await fresh('2026-03-06', { startsAt: '18:00', endsAt: '19:00' });
    expect((await book(parent, [first], [child])).status).toBe(201);
    expect((await book(parent, [overlapping], [child])).body).toMatchObject({
      code: 'person-busy',
      facts: { personId: child.personId },
    });
    expect((await book(parent, [after], [child])).status).toBe(201);
    expect((await book(parent, [overlapping, first], [sister])).body.code).toBe('person-busy');
  });

  test('of an operator needs its whitelist entry for that center, service and date', async () => {
    const sessionId = await fresh('2026-03-06', { providerId: 'op-a' });
    expect((await book(parent, [sessionId], [child])).body.code).toBe('provider-not-whitelisted');
    await whitelisted('op-a', centerId, { validUntil: '2026-03-05' });
    expect((await book(parent, [sessionId], [child])).body.code).toBe('provider-not-whitelisted');
    await whitelisted('op-a', centerId, { status: 'suspended' });
    expect((await book(parent, [sessionId], [child])).body.code).toBe('provider-not-whitelisted');
    await whitelisted('op-a', centerId);
    expect((await book(parent, [sessionId], [child])).status).toBe(201);
  });

  test('is made once for one Idempotency-Key, says so, and refuses another body under it', async () => {
    const sessionId = await fresh();
    const key = randomUUID();
    const first = await book(parent, [sessionId], [child], key);
    const again = await book(parent, [sessionId], [child], key);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect((await book(parent, [sessionId], [child, sister], key)).body).toMatchObject({
      status: 422,
      code: 'idempotency-key-reused',
    });
    expect((await storedSession(sessionId)).taken).toBe(1);
  });

  test('twice is refused as such', async () => {
    const sessionId = await fresh();
    await book(parent, [sessionId], [child]);
    expect((await book(parent, [sessionId], [child])).body).toMatchObject({
      code: 'already-booked',
      facts: { personId: child.personId },
    });
  });

  test('names every field that is wrong, also unknown ones', async () => {
    const answer = await city.post('/v1/session-bookings', {
      as: parent,
      body: { sessionIds: [], beneficiaryIds: ['nobody'], price: 0 },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.fields.map(({ at, rule }: { at: string; rule: string }) => `${at} ${rule}`)).toEqual([
      'body.sessionIds too_small',
      'body.beneficiaryIds.0 invalid_format',
      'body.price unknown-field',
    ]);
  });
});

describe('fifty at once', () => {
  test('for the last place: one 201, 49 times session-full, and the table agrees', async () => {
    const sessionId = await fresh('2026-03-10', { capacity: 1 });
    const crowd = await people(50);
    const answers = await Promise.all(crowd.map((person) => book(person, [sessionId], [person])));
    const won = answers.filter(({ status }) => status === 201);
    expect(won).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'session-full')).toHaveLength(49);
    const stored = await storedSession(sessionId);
    expect(stored.taken).toBe(1);
    expect(Object.keys(stored.seats)).toEqual([won[0]?.body.bookings[0].beneficiaryId]);
  });

  test('with the same key: one booking, fifty equal answers', async () => {
    const sessionId = await fresh('2026-03-11');
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => book(parent, [sessionId], [child], key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await storedSession(sessionId)).taken).toBe(1);
  });

  test('by one person in overlapping sessions: the person gets one, the other places come back', async () => {
    const rivals = await Promise.all(Array.from({ length: 12 }, () => fresh('2026-03-12')));
    const answers = await Promise.all(rivals.map((sessionId) => book(parent, [sessionId], [child])));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const taken = await Promise.all(rivals.map(async (sessionId) => (await storedSession(sessionId)).taken));
    expect(taken.reduce((sum, one) => sum + one, 0)).toBe(1);
  });
});

describe('canceling', () => {
  test('frees the place and the time at once, and twice is once', async () => {
    const sessionId = await fresh('2026-03-13', { capacity: 1 });
    const { bookingId } = (await book(parent, [sessionId], [child])).body.bookings[0];
    const path = `/v1/people/${child.personId}/bookings/${bookingId}`;
    expect((await city.post(`${path}/cancel`, { as: parent })).body.booking).toMatchObject({ state: 'canceled' });
    expect((await city.post(`${path}/cancel`, { as: parent })).body.booking).toMatchObject({ state: 'canceled' });
    expect(await storedSession(sessionId)).toMatchObject({ taken: 0, seats: {} });
    expect((await book(parent, [sessionId], [child])).status).toBe(201);
  });

  test('after the start is too late', async () => {
    const sessionId = await fresh('2026-03-02', { startsAt: '10:00', endsAt: '11:00' });
    const { bookingId } = (await book(parent, [sessionId], [child])).body.bookings[0];
    setClock('2026-03-02T02:00:00Z');
    const guardian = await someone({ guardianOf: [child] }); // with a token of this hour
    const answer = await city.post(`/v1/people/${child.personId}/bookings/${bookingId}/cancel`, { as: guardian });
    setClock('2026-03-02T01:00:00Z');
    expect(answer.body.code).toBe('too-late-to-cancel');
  });

  test('is refused to a stranger whether or not there is such a booking', async () => {
    const { bookingId } = (await book(parent, [await fresh()], [child])).body.bookings[0];
    const stranger = await someone();
    for (const id of [bookingId, '20260304-0000000000000']) {
      const answer = await city.post(`/v1/people/${child.personId}/bookings/${id}/cancel`, { as: stranger });
      expect(answer.body.code).toBe('no-authority');
    }
  });
});

describe('my bookings', () => {
  test('are those of oneself and of all one may act for, the soonest first', async () => {
    const later = await fresh('2026-03-20');
    const sooner = await fresh('2026-03-19');
    await book(parent, [later], [child]);
    await book(parent, [sooner], [sister]);
    const { body } = await city.get('/v1/bookings', { as: parent });
    expect(body.bookings.map((row: { date: string }) => row.date)).toEqual(['2026-03-19', '2026-03-20']);
    expect((await city.get('/v1/bookings', { as: await someone() })).body.bookings).toEqual([]);
  });

  test('of the past come in pages that miss nothing and repeat nothing', async () => {
    const dates = Array.from({ length: 25 }, (_, day) => `2026-03-${String(day + 3).padStart(2, '0')}`);
    for (const [index, date] of dates.entries()) await book(parent, [await fresh(date)], [index % 2 ? child : sister]);
    setClock('2026-05-01T01:00:00Z');
    const again = await someone({ guardianOf: [child, sister] });
    const first = (await city.get('/v1/bookings?when=past', { as: again })).body;
    const second = (await city.get(`/v1/bookings?when=past&cursor=${first.nextCursor}`, { as: again })).body;
    const tampered = await city.get(`/v1/bookings?when=past&cursor=${first.nextCursor.replace(/^./, 'x')}`, {
      as: again,
    });
    setClock('2026-03-02T01:00:00Z');
    const seen = [...first.bookings, ...second.bookings].map((row: { date: string }) => row.date);
    expect(seen).toEqual([...dates].reverse());
    expect(second.nextCursor).toBeUndefined();
    expect(tampered.body.code).toBe('invalid-cursor');
  });

  test('that come are one page for a family, and pages of any size miss nothing and repeat nothing', async () => {
    const dates = Array.from({ length: 12 }, (_, day) => `2026-04-${String(day + 3).padStart(2, '0')}`);
    const [one, other] = [await someone(), await someone()];
    const guardian = await someone({ guardianOf: [one, other] });
    for (const [index, date] of dates.entries()) await book(guardian, [await fresh(date)], [index % 2 ? one : other]);
    const page = async (query: string) => (await city.get(`/v1/bookings?when=coming${query}`, { as: guardian })).body;
    const whole = await page('');
    expect(whole.bookings.map((row: { date: string }) => row.date)).toEqual(dates);
    expect(whole.nextCursor).toBeUndefined();
    const first = await page('&limit=5');
    const second = await page(`&limit=5&cursor=${first.nextCursor}`);
    const third = await page(`&limit=2&cursor=${second.nextCursor}`);
    expect([...first.bookings, ...second.bookings, ...third.bookings]).toEqual(whole.bookings);
    expect(third.nextCursor).toBeUndefined();
    expect((await city.get(`/v1/bookings?when=past&cursor=${first.nextCursor}`, { as: guardian })).body.code).toBe(
      'invalid-cursor',
    );
    expect((await page('&limit=101')).code).toBe('invalid-input');
  });

  test('leave as a calendar file whose bytes stay the same until something changes', async () => {
    const { bookingId } = (await book(parent, [await fresh('2026-03-23')], [child])).body.bookings[0];
    const path = `/v1/people/${child.personId}/bookings/${bookingId}`;
    const first = await city.get(`${path}/calendar.ics`, { as: parent });
    expect(first.headers['content-type']).toContain('text/calendar');
    expect(first.text).toContain('DTSTART;TZID=Asia/Shanghai:20260323T163000');
    expect((await city.get(`${path}/calendar.ics`, { as: parent })).text).toBe(first.text);
    await city.post(`${path}/cancel`, { as: parent });
    const after = await city.get(`${path}/calendar.ics`, { as: parent });
    expect(after.text).toContain('STATUS:CANCELLED');
    expect(/UID:.*/.exec(after.text)?.[0]).toBe(/UID:.*/.exec(first.text)?.[0]);
  });
});

test('one Idempotency-Key stands for one request, whatever else the other would have booked', async () => {
  const [one, other, third] = [await fresh('2026-03-24'), await fresh('2026-03-25'), await fresh('2026-03-26')];
  const key = randomUUID();
  expect((await book(parent, [one], [child], key)).status).toBe(201);
  for (const answer of [
    await book(parent, [other], [child], key),
    await book(parent, [one], [sister], key),
    await book(parent, [other, third], [child], key),
  ]) {
    expect(answer).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  }
  expect((await storedSession(other)).taken).toBe(0);
  const series = randomUUID();
  expect((await book(parent, [other, third], [child], series)).status).toBe(201);
  expect((await book(parent, [one], [sister], series)).body.code).toBe('idempotency-key-reused');
});

test('two different requests under one Idempotency-Key at the same time: one is booked, of the other nothing is kept', async () => {
  const rivals = await Promise.all(Array.from({ length: 10 }, (_, day) => fresh(`2026-04-${String(day + 10)}`)));
  const key = randomUUID();
  const answers = await Promise.all(rivals.map((sessionId) => book(parent, [sessionId], [child], key)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ body }) => body.code === 'idempotency-key-reused')).toHaveLength(9);
  const taken = await Promise.all(rivals.map(async (sessionId) => (await storedSession(sessionId)).taken));
  expect(taken.reduce((sum, one) => sum + one, 0)).toBe(1);
});
