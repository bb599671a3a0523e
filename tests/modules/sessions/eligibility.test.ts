import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as desk from '../../../functions/desk/handler.ts';
import * as people from '../../../functions/people/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { handler as stream } from '../../../functions/stream/handler.ts';
import { keptFor, refusalOfAge, refusalOfEligibility } from '../../../shared/booking/book/eligibility.ts';
import type { OfferingPolicy } from '../../../shared/contracts/policy.ts';
import { addDays, ageOn, monthsLivedOn } from '../../../shared/kernel/days.ts';
import { center, offering, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { cityOf, setClock } from '../../support/invoke.ts';
import { StreamReader } from '../../support/stream.ts';

const city = cityOf(sessions, desk, people);
const MONDAY = '2026-03-02T01:00:00Z';
const DATE = '2026-03-04';
let staff: Someone;

beforeAll(async () => {
  setClock(MONDAY);
  await center('yuhu');
  staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
});
beforeEach(() => setClock(MONDAY));

/** A session of an offering with this rule. */
async function under(eligibility: OfferingPolicy['eligibility'], facts: object = {}, date = DATE): Promise<string> {
  const slug = `e${randomUUID().slice(0, 8)}`;
  await offering('yuhu', slug, { policy: { eligibility } });
  return session('yuhu', date, { slug, ...facts });
}
const book = (as: Someone, sessionId: string, who: readonly Someone[] = [as], ifFull = 'refuse') =>
  city.post('/v1/session-bookings', {
    as,
    body: { sessionIds: [sessionId], beneficiaryIds: who.map(({ personId }) => personId), ifFull },
  });

describe('who may come', () => {
  test('B05: a child aged 5y11m on the session date: 422 age naming the rule', async () => {
    const child = await someone({ birthDate: '2020-04-04' });
    const parent = await someone({ guardianOf: [child] });
    const sessionId = await under({ minAgeMonths: 72 });
    const answer = await book(parent, sessionId, [child]);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      code: 'age',
      facts: { rule: 'min-age', sessionId, personId: child.personId, ageMonths: 71, minAgeMonths: 72, on: DATE },
    });
    const aMonthLater = await under({ minAgeMonths: 72 }, {}, '2026-04-04');
    expect((await book(parent, aMonthLater, [child])).status).toBe(201);
  });

  test('the years of an offering are the same rule in short: the stricter of the two counts', async () => {
    const child = await someone({ birthDate: '2017-03-04' });
    const parent = await someone({ guardianOf: [child] });
    const sessionId = await under({ maxAgeMonths: 100 }, { minAgeYears: 6, maxAgeYears: 12 });
    expect((await book(parent, sessionId, [child])).body).toMatchObject({
      code: 'age',
      facts: { rule: 'max-age', ageMonths: 108, minAgeMonths: 72, maxAgeMonths: 100 },
    });
  });

  test('district and school, each refusal by its name; a school that a guardian states counts once staff have confirmed it', async () => {
    const child = await someone({ birthDate: '2017-03-04', profile: { district: '城厢区' } });
    const parent = await someone({ guardianOf: [child] });
    const near = await under({ districts: ['荔城区'] });
    expect((await book(parent, near, [child])).body).toMatchObject({
      code: 'district',
      facts: { rule: 'districts', districts: ['荔城区'], district: '城厢区' },
    });
    const school = await under({ schools: ['实验小学'] });
    expect((await book(parent, school, [child])).body).toMatchObject({ code: 'school', facts: { rule: 'schools' } });
    const changed = await city.patch(`/v1/people/${child.personId}`, {
      as: parent,
      body: { school: '实验小学' },
      ifMatch: '"1"',
    });
    expect(changed.body.person.school).toBe('实验小学');
    expect(changed.body.person.schoolConfirmed).toBeUndefined();
    const unconfirmed = await book(parent, school, [child]);
    expect(unconfirmed.body).toMatchObject({ code: 'school', facts: { school: '实验小学', unconfirmed: true } });
    const confirm = (name: string) =>
      city.post(`/v1/people/${child.personId}/confirmed`, { as: staff, body: { school: name, reason: '学籍证明' } });
    const confirmed = await confirm('实验小学');
    expect(confirmed.body.person).toMatchObject({ school: '实验小学', schoolConfirmed: { by: staff.personId } });
    expect((await book(parent, school, [child])).status).toBe(201);

    const another = await under({ schools: ['第二小学'] }, { startsAt: '18:30', endsAt: '19:30' });
    const moved = await city.patch(`/v1/people/${child.personId}`, {
      as: parent,
      body: { school: '第二小学' },
      ifMatch: `"${confirmed.body.person.version}"`,
    });
    expect(moved.body.person).toMatchObject({ school: '第二小学' });
    expect(moved.body.person.schoolConfirmed).toBeUndefined();
    expect((await book(parent, another, [child])).body.code).toBe('school');
    await confirm('第二小学');
    expect((await book(parent, another, [child])).status).toBe(201);
  });

  test('a prerequisite is fulfilled by being checked in, and the stream may come twice', async () => {
    const before = await offering('yuhu', `before${randomUUID().slice(0, 6)}`);
    const beforeSlug = before.split('.')[2] ?? '';
    const today = await session('yuhu', '2026-03-02', { slug: beforeSlug });
    const advanced = await under({ afterOfferingId: before });
    const me = await someone();
    expect((await book(me, advanced)).body).toMatchObject({
      code: 'prerequisite',
      facts: { rule: 'after', afterOfferingId: before },
    });
    expect((await book(me, today)).status).toBe(201);
    expect((await book(me, advanced)).body.code).toBe('prerequisite');
    const body = { sessionId: today, personId: me.personId, to: 'checked-in' };
    expect((await city.post('/v1/centers/yuhu/attendance', { as: staff, body })).status).toBe(200);
    const Records = await new StreamReader().next();
    await stream({ Records: [...Records, ...Records] }, {} as Context, () => undefined);
    expect((await book(me, advanced)).status).toBe(201);
  });
});

describe('places kept for a group', () => {
  const kept = { priority: { group: 'low-income', places: 2, untilHoursBefore: 24 } };
  const member = () =>
    someone({ profile: { groups: { 'low-income': { by: staff.personId, at: '2026-03-01T00:00:00.000Z' } } } });

  test('others have what is left of the rest; the group has all; a day before they are everybody’s', async () => {
    const sessionId = await under(kept, { capacity: 3 });
    expect((await book(await someone(), sessionId)).status).toBe(201);
    const refused = await book(await someone(), sessionId);
    expect(refused.body).toMatchObject({
      code: 'session-full',
      facts: { keptForGroup: 'low-income', keptUntil: '2026-03-03T08:30:00.000Z', placesLeft: 0 },
    });
    expect((await book(await someone(), sessionId, undefined, 'wait')).body.facts.keptForGroup).toBe('low-income');
    expect((await book(await member(), sessionId)).status).toBe(201);
    expect((await storedSession(sessionId)).takenPriority).toBe(1);
    expect((await book(await someone(), sessionId)).body.code).toBe('session-full');
    setClock('2026-03-03T08:30:00Z');
    expect((await book(await someone(), sessionId)).status).toBe(201);
  });

  test('x50 who are not of the group and two who are: the group has its two places', async () => {
    const sessionId = await under(kept, { capacity: 5 });
    const crowd = await Promise.all(Array.from({ length: 50 }, () => someone()));
    const group = [await member(), await member()];
    const answers = await Promise.all([...crowd, ...group].map((one) => book(one, sessionId)));
    expect(answers.slice(0, 50).filter(({ status }) => status === 201)).toHaveLength(3);
    for (const [index, one] of group.entries())
      if (answers[50 + index]?.status !== 201) expect((await book(one, sessionId)).status).toBe(201);
    expect(await storedSession(sessionId)).toMatchObject({ taken: 5, takenPriority: 2 });
  });

  test('staff confirm a group, the person sees who did and why, and nobody else may', async () => {
    const me = await someone();
    const confirm = (as: Someone, isMember = true) =>
      city.post(`/v1/people/${me.personId}/confirmed`, {
        as,
        body: { groupId: 'low-income', member: isMember, reason: '低保证' },
      });
    expect((await confirm(me)).body.code).toBe('forbidden');
    const { body } = await confirm(staff);
    expect(body.person.groups).toMatchObject({ 'low-income': { by: staff.personId } });
    const { reads } = (await city.get(`/v1/people/${me.personId}/reads`, { as: me })).body;
    expect(reads).toMatchObject([{ what: 'group-confirmed low-income', reason: '低保证' }]);
    expect((await confirm(staff, false)).body.person.groups).toEqual({});
  });
});

describe('the rules by themselves', () => {
  const day = fc.integer({ min: 0, max: 60_000 }).map((number) => addDays('1930-01-01', number));

  test('twelve months are a year of age, leap days and all', () => {
    fc.assert(
      fc.property(day, day, (one, other) => {
        const [born, on] = one < other ? [one, other] : [other, one];
        expect(Math.floor(monthsLivedOn(born, on) / 12)).toBe(ageOn(born, on));
        expect(monthsLivedOn(born, addDays(on, 1))).toBeGreaterThanOrEqual(monthsLivedOn(born, on));
      }),
    );
  });

  test('who is let in is of the age that is asked for, and nobody else is refused for it', () => {
    const limit = fc.option(fc.integer({ min: 0, max: 1_200 }), { nil: undefined });
    const rule = fc
      .record({ minAgeMonths: limit, maxAgeMonths: limit })
      .map(({ minAgeMonths: least, maxAgeMonths: most }) => ({
        ...(least === undefined ? {} : { minAgeMonths: least }),
        ...(most === undefined ? {} : { maxAgeMonths: most }),
      }));
    fc.assert(
      fc.property(day, day, rule, (birthDate, date, asked) => {
        const refusal = refusalOfAge({ sessionId: 's', date }, { personId: 'p', birthDate }, asked);
        const months = monthsLivedOn(birthDate, date);
        const fits = months >= (asked.minAgeMonths ?? months) && months <= (asked.maxAgeMonths ?? months);
        expect(refusal === undefined).toBe(fits);
        if (refusal) expect(refusal).toMatchObject({ code: 'age', facts: { ageMonths: months, ...asked } });
      }),
    );
  });

  test('a rule that asks for nothing refuses nobody, and each part refuses by its own code', () => {
    const word = fc.constantFrom('a', 'b', 'c');
    const list = fc.option(fc.array(word, { minLength: 1, maxLength: 2 }), { nil: undefined });
    fc.assert(
      fc.property(
        list,
        list,
        fc.boolean(),
        word,
        word,
        fc.boolean(),
        fc.boolean(),
        (districts, schools, after, district, school, hasAttended, isConfirmed) => {
          const rule = {
            ...(districts ? { districts } : {}),
            ...(schools ? { schools } : {}),
            ...(after ? { afterOfferingId: 'x.center.y' } : {}),
          };
          const schoolConfirmed = isConfirmed ? {} : undefined;
          const applicant = { personId: 'p', district, school, schoolConfirmed, hasAttended };
          const code = refusalOfEligibility({ sessionId: 's', date: DATE }, applicant, rule)?.code;
          const expected =
            districts && !districts.includes(district)
              ? 'district'
              : schools && !(isConfirmed && schools.includes(school))
                ? 'school'
                : after && !hasAttended
                  ? 'prerequisite'
                  : undefined;
          expect(code).toBe(expected);
        },
      ),
    );
  });

  test('places are kept until the very second', () => {
    const rule = { priority: { group: 'g', places: 1, untilHoursBefore: 2 } };
    expect(keptFor(rule, 9_999, 17_200)).toMatchObject({ untilEpochSeconds: 10_000 });
    expect(keptFor(rule, 10_000, 17_200)).toBeUndefined();
    expect(keptFor(undefined, 0, 17_200)).toBeUndefined();
  });
});
