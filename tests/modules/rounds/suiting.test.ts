import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { usualRules } from '../../../shared/booking/items/city-rules.ts';
import type { CityRules } from '../../../shared/contracts/city-rules.ts';
import type { Eligibility } from '../../../shared/contracts/policy.ts';
import { addDays } from '../../../shared/kernel/days.ts';
import { bookingIdFor } from '../../../shared/kernel/ids.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { keys } from '../../../shared/table/keys.ts';
import { update } from '../../../shared/table/write.ts';
import { center, offering, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { setClock, tenants } from '../../support/invoke.ts';
import { fairUse } from '../allowances/support.ts';
import {
  apply,
  BEFORE,
  city,
  DATE,
  drawNow,
  followStream,
  freshSessions,
  openedRound,
  outsiderSays,
  pagesOf,
  roundOf,
} from './support.ts';

let staff: Someone;
beforeAll(async () => {
  setClock(BEFORE);
  await center('yuhu');
  staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
});
beforeEach(() => cityHas([]));

async function cityHas(rules: CityRules['fairUse']): Promise<void> {
  await putMany([
    { key: keys.rules.city(tenants()[0]), item: { is: 'city-rules', ...usualRules, version: 1, fairUse: rules } },
  ]);
}

type Facts = Parameters<typeof session>[2];
/** A session of an offering of its own with this rule, and one like it that no round will have. */
async function twins(eligibility: Eligibility = {}, facts: Facts = {}): Promise<{ ours: string; other: string }> {
  const made = ['16:30', '09:00'].map(async (startsAt) => {
    const slug = `s${randomUUID().slice(0, 8)}`;
    await offering('yuhu', slug, { ...facts, policy: { eligibility } } as never);
    return session('yuhu', DATE, { slug, startsAt, endsAt: startsAt === '16:30' ? '18:00' : '10:30', ...facts });
  });
  const [ours = '', other = ''] = await Promise.all(made);
  return { ours, other };
}

async function family(facts: NonNullable<Parameters<typeof someone>[0]> = {}) {
  const child = await someone({ name: '林小荔', birthDate: '2018-06-01', ...facts });
  return { child, parent: await someone({ guardianOf: [child] }) };
}
type Family = Awaited<ReturnType<typeof family>>;

const book = ({ parent, child }: Family, sessionId: string) =>
  city.post('/v1/session-bookings', {
    as: parent,
    body: { sessionIds: [sessionId], beneficiaryIds: [child.personId] },
  });
const resultOf = async (roundId: string, as: Someone) =>
  (await city.get(`/v1/rounds/${roundId}/applications`, { as })).body.applications[0].result;
const moveTo = (child: Someone, district: string) =>
  update({
    key: keys.people.profile(child.tenantId, child.personId),
    update: 'SET district = :district',
    values: { ':district': district },
  });
const missed = (child: Someone, count: number) =>
  putMany([
    {
      key: keys.noShows.counted(child.tenantId, child.personId),
      item: {
        version: 1,
        noShows: Array.from({ length: count }, (_, index) => ({
          bookingId: bookingIdFor(addDays('2026-02-20', index), child.personId),
          date: addDays('2026-02-20', index),
        })),
      },
    },
  ]);

describe('applying is asked by all that a booking is asked by', () => {
  const cases: readonly [string, Eligibility, Facts, (() => Promise<Family>)?][] = [
    ['age', { minAgeMonths: 120 }, {}],
    [
      'birth-date-missing',
      { minAgeMonths: 72 },
      {},
      async () => {
        const child = await someone();
        return { child, parent: await someone({ guardianOf: [child] }) };
      },
    ],
    ['district', { districts: ['荔城区'] }, {}, () => family({ profile: { district: '城厢区' } })],
    ['school', { schools: ['实验小学'] }, {}],
    ['prerequisite', { afterOfferingId: 'yuhu.center.basics' }, {}],
    ['provider-not-whitelisted', {}, { providerId: 'op1' }],
    [
      'too-far-ahead',
      {},
      {},
      async () => {
        const one = await family();
        await missed(one.child, 5);
        return one;
      },
    ],
  ];
  test.each(cases)('%s: the same refusal, about the wish that it is about', async (code, rule, facts, who = family) => {
    const { ours, other } = await twins(rule, facts);
    const [fine = ''] = await freshSessions([5], { startsAt: '19:00', endsAt: '20:00' });
    // An unsuited wish can be put into a round by the staff whatever the operator's entry says; the family is told.
    const roundId = await openedRound(staff, [fine, ours]);
    const one = await who();
    const told = await apply(roundId, one.parent, [one.child], [...(code === 'too-far-ahead' ? [] : [fine]), ours]);
    const booked = await book(one, other);
    expect([told.status, told.body.code]).toEqual([booked.status, code]);
    const { sessionId, ...why } = told.body.facts;
    const { sessionId: _, ...whyNotBooked } = booked.body.facts;
    expect(why).toEqual(whyNotBooked);
    if (sessionId !== undefined) expect(sessionId).toBe(ours);
  });

  test('an allowance that is used up: refused by the rule and its reset; ten wishes of one week are one place', async () => {
    const wishes = await freshSessions([5, 5, 5]);
    const { other } = await twins();
    await cityHas([fairUse({ ruleId: 'places', of: { kind: 'session' }, unit: 'bookings', free: 1 })]);
    const roundId = await openedRound(staff, wishes);
    const [one, two] = [await family(), await family()];
    expect((await apply(roundId, one.parent, [one.child], wishes)).status).toBe(201);
    expect((await book(two, other)).status).toBe(201);
    expect((await apply(roundId, two.parent, [two.child], wishes)).body).toMatchObject({
      code: 'quota-exceeded',
      facts: { rule: 'places', used: 1, most: 1, resetsOn: '2026-03-23' },
    });
  });

  test('no-shows count as they will on the day of the draw, when the place is given', async () => {
    const { ours, other } = await twins();
    const roundId = await openedRound(staff, [ours]);
    const one = await family();
    // Three of them: at most fourteen days ahead. It is 18 days until then today, and 10 on the day of the draw.
    await missed(one.child, 3);
    expect((await book(one, other)).body.code).toBe('too-far-ahead');
    expect((await apply(roundId, one.parent, [one.child], [ours])).status).toBe(201);
  });
});

describe('when the seats are given', () => {
  test('who may not come any more is skipped, with a reason that the family sees; the published result can still be recomputed', async () => {
    const { ours } = await twins({ districts: ['荔城区'] }, { capacity: 2 });
    const roundId = await openedRound(staff, [ours]);
    const [stays, moves] = [
      await family({ profile: { district: '荔城区' } }),
      await family({ profile: { district: '荔城区' } }),
    ];
    for (const { parent, child } of [stays, moves])
      expect((await apply(roundId, parent, [child], [ours])).status).toBe(201);
    await moveTo(moves.child, '城厢区');
    await drawNow();
    await followStream();
    expect(Object.keys((await storedSession(ours)).seats)).toEqual([stays.child.personId]);
    expect(await resultOf(roundId, stays.parent)).not.toHaveProperty('lost');
    expect(await resultOf(roundId, moves.parent)).toMatchObject({
      sessionId: ours,
      lost: [{ personId: moves.child.personId, code: 'district', why: { zh: expect.stringContaining('区县') } }],
    });
    expect((await city.get('/v1/bookings', { as: moves.parent })).body.bookings).toEqual([]);
    expect(await outsiderSays(await pagesOf(roundId))).toMatchObject({ code: 0 });
    // What the draw could not give is first come, first served, for whoever may come.
    const next = await family({ profile: { district: '荔城区' } });
    expect((await book(next, ours)).status).toBe(201);
  });

  test('brothers and sisters who want to be together are skipped together', async () => {
    const { ours } = await twins({ districts: ['荔城区'] });
    const roundId = await openedRound(staff, [ours]);
    const children = await Promise.all(
      [1, 2].map(() => someone({ birthDate: '2018-06-01', profile: { district: '荔城区' } })),
    );
    const parent = await someone({ guardianOf: children });
    await apply(roundId, parent, children, [ours]);
    await moveTo(children[0] as Someone, '城厢区');
    await drawNow();
    expect((await storedSession(ours)).taken).toBe(0);
    expect((await resultOf(roundId, parent)).lost).toHaveLength(2);
  });

  test('a place counts against the allowance, in the write that takes the day; one that has none left is not given', async () => {
    const wishes = await freshSessions([5]);
    const { other } = await twins();
    const later = await twins({}, {});
    await cityHas([fairUse({ ruleId: 'places', of: { kind: 'session' }, unit: 'bookings', free: 1 })]);
    const roundId = await openedRound(staff, wishes);
    const [wins, used] = [await family(), await family()];
    for (const { parent, child } of [wins, used]) await apply(roundId, parent, [child], wishes);
    expect((await book(used, other)).status).toBe(201);
    await drawNow();
    await followStream();
    expect(Object.keys((await storedSession(wishes[0] ?? '')).seats)).toEqual([wins.child.personId]);
    expect((await resultOf(roundId, used.parent)).lost).toMatchObject([{ code: 'quota-exceeded' }]);
    expect((await book(wins, later.other)).body.code).toBe('quota-exceeded');
    const [won] = (await city.get('/v1/bookings', { as: wins.parent })).body.bookings;
    expect(won).toMatchObject({ state: 'booked', roundId });
    await city.post(`/v1/people/${wins.child.personId}/bookings/${won.bookingId}/cancel`, {
      as: wins.parent,
      body: {},
    });
    expect((await book(wins, later.other)).status).toBe(201);
  });

  test('who is elsewhere at that time is told so', async () => {
    const [ours = ''] = await freshSessions([5]);
    const [other = ''] = await freshSessions([5]);
    const roundId = await openedRound(staff, [ours]);
    const one = await family();
    await apply(roundId, one.parent, [one.child], [ours]);
    await book(one, other);
    await drawNow();
    expect((await resultOf(roundId, one.parent)).lost).toMatchObject([{ code: 'person-busy' }]);
  });

  test('a seat keeps what its offering says of price and cancellation, as any booking does', async () => {
    const slug = `s${randomUUID().slice(0, 8)}`;
    const facts = { residentPriceFen: 2500 };
    await offering('yuhu', slug, {
      ...facts,
      policy: { cancellation: [{ underHours: 24, keepPercent: 50 }], family: { percentByChild: [100, 50] } },
    });
    const ours = await session('yuhu', DATE, { slug, ...facts });
    const roundId = await openedRound(staff, [ours]);
    const children = await Promise.all(['2015-01-01', '2018-01-01'].map((birthDate) => someone({ birthDate })));
    const parent = await someone({ guardianOf: children });
    await apply(roundId, parent, children, [ours]);
    await drawNow();
    const { bookings } = (await city.get('/v1/bookings', { as: parent })).body;
    expect(bookings.map((one: { residentPriceFen: number }) => one.residentPriceFen).sort()).toEqual([1250, 2500]);
    expect(bookings[0].cancellation).toEqual([{ underHours: 24, keepPercent: 50 }]);
  });
});

test('places that an offering keeps for a priority group are not drawn, and are the group’s afterwards', async () => {
  const priority = { group: 'neighbors', places: 2, untilHoursBefore: 24 };
  const { ours } = await twins({ priority }, { capacity: 3 });
  const roundId = await openedRound(staff, [ours]);
  expect((await roundOf(roundId)).sessions).toMatchObject([{ places: 1 }]);
  const families = [await family(), await family()];
  for (const { parent, child } of families) await apply(roundId, parent, [child], [ours]);
  await drawNow();
  expect(await roundOf(roundId)).toMatchObject({ childrenPlaced: 1, sessions: [{ places: 1 }] });
  expect((await book(await family(), ours)).body).toMatchObject({ code: 'session-full' });
  const groups = { neighbors: { by: staff.personId, at: BEFORE } };
  expect((await book(await family({ profile: { groups } }), ours)).status).toBe(201);
});
