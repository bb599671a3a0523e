import { beforeAll, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import * as operators from '../../../functions/operators/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { listedSessionAttributes, type Seat } from '../../../shared/booking/items/session.ts';
import { derivedId } from '../../../shared/kernel/ids.ts';
import { keys } from '../../../shared/table/keys.ts';
import { queryAll } from '../../../shared/table/read.ts';
import { center, session } from '../../support/builders.ts';
import { cityOf, setClock, tenants } from '../../support/invoke.ts';

const city = cityOf(sessions, operators);
const list = async (query: string, centerId = 'yuhu') =>
  (await city.get(`/v1/centers/${centerId}/sessions?${query}`)).body;
const idsOf = (found: { sessionId: string }[]) => found.map(({ sessionId }) => sessionId);

beforeAll(async () => {
  setClock('2026-03-02T01:00:00Z');
  await center('yuhu');
});
beforeEach(() => setClock('2026-03-02T01:00:00Z'));

const dates = Array.from({ length: 14 }, (_, day) => `2026-03-${String(day + 5).padStart(2, '0')}`);

test('pages of any size show each session once, date after date, over three weeks', async () => {
  const made = await Promise.all(
    dates.flatMap((date) => [
      session('yuhu', date, { slug: 'late', startsAt: '18:00', service: 'leisure' }),
      session('yuhu', date, { slug: 'early', startsAt: '09:00' }),
      session('yuhu', date, { slug: 'noon', startsAt: '12:00' }),
    ]),
  );
  const whole = await list(`from=${dates[0]}&days=14`);
  expect(whole.nextCursor).toBeUndefined();
  expect(idsOf(whole.sessions).toSorted()).toEqual(made.toSorted());
  const times = whole.sessions.map((one: { date: string; startsAt: string }) => `${one.date} ${one.startsAt}`);
  expect(times).toEqual(times.toSorted());
  for (const limit of [1, 5, 20, 41, 42]) {
    const seen: { sessionId: string; date: string }[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await list(`from=${dates[0]}&days=14&limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`);
      expect(page.sessions.length).toBeLessThanOrEqual(limit);
      seen.push(...page.sessions);
      cursor = page.nextCursor;
      pages += 1;
    } while (cursor && pages < 50);
    expect(pages).toBe(Math.ceil(42 / limit));
    expect(idsOf(seen).toSorted()).toEqual(made.toSorted());
    const seenDates = seen.map(({ date }) => date);
    expect(seenDates).toEqual(seenDates.toSorted());
  }
});

test('a service is picked out of each page', async () => {
  const first = await list(`from=${dates[0]}&days=14&limit=30&service=leisure`);
  const second = await list(`from=${dates[0]}&days=14&limit=30&service=leisure&cursor=${first.nextCursor}`);
  expect([...first.sessions, ...second.sessions].map(({ date }: { date: string }) => date)).toEqual(dates);
  expect(second.nextCursor).toBeUndefined();
});

test('a cursor that was not given for this very list is refused by name', async () => {
  const { nextCursor } = await list(`from=${dates[0]}&days=14&limit=5`);
  for (const query of [`from=${dates[0]}&days=13&cursor=${nextCursor}`, `from=${dates[0]}&days=14&cursor=nonsense`]) {
    expect(await list(query)).toMatchObject({ code: 'invalid-cursor' });
  }
  await center('mulan');
  expect(await list(`from=${dates[0]}&days=14&cursor=${nextCursor}`, 'mulan')).toMatchObject({
    code: 'invalid-cursor',
  });
  for (const limit of [0, 201, 'many']) {
    expect(await list(`from=${dates[0]}&limit=${limit}`)).toMatchObject({ code: 'invalid-input' });
  }
});

test('a week of 2,400 taken places is read without a seat map: places left, who waits counted, nobody named', async () => {
  await center('large');
  const seat = (index: number): [string, Seat] => [
    derivedId('p', 'large', String(index)),
    {
      bookingId: `20260304-${String(index).padStart(13, '0')}`,
      actorId: 'p0000000000000001',
      bookedAt: '2026-03-01T00:00:00.000Z',
      requestHash: 'hash',
    },
  ];
  const seats = Object.fromEntries(Array.from({ length: 30 }, (_, index) => seat(index)));
  await Promise.all(
    Array.from({ length: 80 }, (_, index) =>
      session('large', `2026-03-0${(index % 5) + 2}`, {
        slug: `class-${index}`,
        capacity: 31,
        taken: 30,
        seats,
        queue: index === 0 ? ['p0000000000000009:2'] : [],
      }),
    ),
  );
  const answer = await city.get('/v1/centers/large/sessions?from=2026-03-02&days=7');
  expect(answer.headers['linli-table']).toMatch(/^calls=1;/);
  expect(answer.body.sessions).toHaveLength(80);
  const left = answer.body.sessions.map((one: { placesLeft: number; waiting: number }) => [
    one.placesLeft,
    one.waiting,
  ]);
  expect(left.toSorted()).toEqual([[0, 1], ...Array.from({ length: 79 }, () => [1, 0])]);
  expect(answer.text).not.toMatch(/"seats"|"queue"|p0000000000/);
  const pk = keys.booking.sessionWeek(tenants()[0], 'large', '2026-W10');
  const brought = await queryAll({ pk, attributes: listedSessionAttributes }, z.looseObject({}));
  expect(brought).toHaveLength(80);
  expect(brought.every((item) => !('seats' in item) && 'queue' in item)).toBe(true);
});
