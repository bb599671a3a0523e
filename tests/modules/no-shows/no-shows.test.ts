import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as bookings from '../../../functions/bookings/handler.ts';
import { auditCenter } from '../../../functions/bookings/schedule.ts';
import * as desk from '../../../functions/desk/handler.ts';
import * as people from '../../../functions/people/handler.ts';
import * as rooms from '../../../functions/rooms/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { handler as stream } from '../../../functions/stream/handler.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { missSeat } from '../../../shared/booking/claim/attendance.ts';
import { signAccessToken } from '../../../shared/http/token.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { addDays } from '../../../shared/kernel/days.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { keys } from '../../../shared/table/keys.ts';
import { center, room, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { cityOf, setClock, tenants, wait } from '../../support/invoke.ts';
import { streamRecords } from '../../support/stream.ts';
import { storedRow } from '../rooms/stored.ts';

const modules = cityOf(desk, rooms, sessions, bookings, people);
/** Whoever it is has just signed in: the clock of these tests runs for months. */
async function signedIn({ as, body }: { as: Someone; body?: unknown }) {
  const { tenantId, personId } = as;
  return { as: { token: await signAccessToken({ tenantId, personId, signInId: 's' }, clockNow()) }, body };
}
const city = {
  get: async (path: string, call: { as: Someone }) => modules.get(path, await signedIn(call)),
  post: async (path: string, call: { as: Someone; body: unknown }) => modules.post(path, await signedIn(call)),
};
const system = () => asSystem(tenants()[0], clockNow());
/** Nine in the evening in Putian, when every session of the day is over by hours. */
const evening = (date: string) => setClock(`${date}T13:00:00Z`);
const morning = (date: string) => setClock(`${date}T01:00:00Z`);
const FIRST = '2026-03-02';

let staff: Someone;
let child: Someone;
let parent: Someone;
let count = 0;

beforeAll(async () => {
  morning(FIRST);
  await center('yuhu');
  await center('beida');
});
beforeEach(async () => {
  morning(FIRST);
  staff = await someone({ name: '陈工', posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
  child = await someone({ name: '林小荔', birthDate: '2018-01-01' });
  parent = await someone({ name: '林大荔', guardianOf: [child] });
});

const book = (sessionId: string, who = child, as = parent) =>
  city.post('/v1/session-bookings', { as, body: { sessionIds: [sessionId], beneficiaryIds: [who.personId] } });
const fresh = (date: string, facts: Parameters<typeof session>[2] = {}) => {
  count += 1;
  return session('yuhu', date, { slug: `class-${count}`, ...facts });
};
/** The child has a place on `date`, booked that morning; gives it, at that evening. */
async function placed(date: string, who = child, as = parent) {
  morning(date);
  const sessionId = await fresh(date);
  const answer = await book(sessionId, who, as);
  expect(answer.status, answer.text).toBe(201);
  evening(date);
  return { sessionId, bookingId: String(answer.body.bookings[0].bookingId) };
}
const mark = (sessionId: string, to = 'no-show', who = child, as = staff) =>
  city.post('/v1/centers/yuhu/attendance', { as, body: { sessionId, personId: who.personId, to } });
async function missed(date: string) {
  const place = await placed(date);
  const answer = await mark(place.sessionId);
  expect([answer.status, answer.body.seat?.state], answer.text).toEqual([200, 'no-show']);
  return place;
}
const stored = async (as = parent) => (await city.get(`/v1/people/${child.personId}/standing`, { as })).body;
const appeal = (bookingId: string, reason = '当天孩子发烧，已电话请假', as = parent) =>
  city.post(`/v1/people/${child.personId}/no-shows/${bookingId}/appeal`, { as, body: { reason } });
const decide = (bookingId: string, accept: boolean, reason = '通话记录属实', as = staff) =>
  city.post(`/v1/people/${child.personId}/no-shows/${bookingId}/decision`, { as, body: { accept, reason } });
const steps = (noShow: { log: { what: string }[] }) => noShow.log.map(({ what }) => what);
/** How the booking of a session so many days ahead of `today` is answered. */
async function ahead(today: string, days: number) {
  morning(today);
  const answer = await book(await fresh(addDays(today, days)));
  return answer.status === 201 ? 'booked' : answer.body;
}

test('A16: three no-shows: the booking horizon drops; appeal accepted: restored; both in the audit log', async () => {
  await missed('2026-03-02');
  await missed('2026-03-03');
  expect(await ahead('2026-03-04', 30)).toBe('booked');
  const third = await missed('2026-03-04');
  expect(await ahead('2026-03-05', 14)).toBe('booked');
  expect(await ahead('2026-03-05', 15)).toMatchObject({
    code: 'too-far-ahead',
    facts: { because: 'no-shows', personId: child.personId, days: 14, noShows: 3, clearsOn: '2026-05-31' },
  });
  const roomId = await room('yuhu', 'choir');
  const body = {
    date: '2026-03-25',
    startsAt: '10:00',
    endsAt: '11:00',
    purpose: '练琴',
    beneficiaryId: child.personId,
  };
  expect((await city.post(`/v1/rooms/${roomId}/bookings`, { as: parent, body })).body).toMatchObject({
    code: 'too-far-ahead',
    facts: { because: 'no-shows', days: 14 },
  });

  expect((await appeal(third.bookingId)).status).toBe(200);
  expect(await ahead('2026-03-05', 15)).toMatchObject({ code: 'too-far-ahead' });
  const open = (await city.get('/v1/centers/yuhu/no-show-appeals', { as: staff })).body.noShows;
  expect(open[0]).toMatchObject({ bookingId: third.bookingId, personName: '林小荔', state: 'no-show' });
  expect((await decide(third.bookingId, true)).body.noShow).toMatchObject({ state: 'excused' });
  expect(await ahead('2026-03-05', 30)).toBe('booked');

  const { limit, noShows } = await stored();
  expect(limit).toBeUndefined();
  expect(noShows).toHaveLength(3);
  expect(noShows[0]).toMatchObject({
    bookingId: third.bookingId,
    state: 'excused',
    log: [
      {
        what: 'marked',
        as: 'staff',
        by: staff.personId,
        byName: '陈工',
        before: { state: 'booked', noShows: 2 },
        after: { state: 'no-show', noShows: 3, horizonDays: 14 },
      },
      { what: 'appealed', as: 'resident', byName: '林大荔', reason: '当天孩子发烧，已电话请假' },
      {
        what: 'accepted',
        as: 'staff',
        reason: '通话记录属实',
        before: { state: 'no-show', noShows: 3, horizonDays: 14 },
        after: { state: 'excused', noShows: 2 },
      },
    ],
  });
  expect(noShows[0].log.at(-1).after.horizonDays).toBeUndefined();
  expect(await storedRow(child.personId, third.bookingId)).toMatchObject({ state: 'excused' });
  expect((await storedSession(third.sessionId)).seats[child.personId]).toMatchObject({ isNoShow: false });
});

test('five no-shows bring the horizon to a week; each stops counting after ninety days, by itself', async () => {
  for (const date of ['2026-03-02', '2026-03-04', '2026-03-06', '2026-03-08', '2026-03-10']) await missed(date);
  expect(await ahead('2026-03-11', 8)).toMatchObject({ facts: { days: 7, noShows: 5, clearsOn: '2026-05-31' } });
  // The first has grown old: four are left, a fortnight is open.
  expect(await ahead('2026-05-31', 14)).toBe('booked');
  expect(await ahead('2026-05-31', 15)).toMatchObject({ facts: { days: 14, noShows: 4, clearsOn: '2026-06-04' } });
  expect(await ahead('2026-06-04', 45)).toBe('booked');
  expect((await stored()).limit).toBeUndefined();
});

test('the rule is data of the city', async () => {
  const [tenantId] = tenants();
  await missed('2026-03-02');
  const item = { withinDays: 30, steps: [{ from: 1, horizonDays: 3 }] };
  await putMany([{ key: keys.rules.rule(tenantId, 'standing'), item }]);
  expect(await ahead('2026-03-03', 4)).toMatchObject({ facts: { days: 3, clearsOn: '2026-04-01' } });
  await putMany([
    {
      key: keys.rules.rule(tenantId, 'standing'),
      item: {
        withinDays: 90,
        steps: [
          { from: 3, horizonDays: 14 },
          { from: 5, horizonDays: 7 },
        ],
      },
    },
  ]);
  expect(await ahead('2026-03-03', 4)).toBe('booked');
});

describe('marking', () => {
  test('is for staff of the center, from a quarter of an hour after the start, on the day', async () => {
    const { sessionId } = await placed('2026-03-02');
    setClock('2026-03-02T08:44:00Z');
    const early = await mark(sessionId);
    expect([early.status, early.body.code, early.body.facts.from]).toEqual([409, 'no-show-too-early', '16:45']);
    const colleague = await someone({ posts: [{ kind: 'center-staff', centerId: 'beida' }] });
    expect((await mark(sessionId, 'no-show', child, colleague)).status).toBe(403);
    setClock('2026-03-02T08:45:00Z');
    expect((await mark(sessionId)).body.seat.state).toBe('no-show');
    // Twice is once.
    expect((await mark(sessionId)).body.seat.state).toBe('no-show');
    expect((await stored()).noShows).toHaveLength(1);
  });

  test('a late check-in turns a no-show back', async () => {
    const { sessionId, bookingId } = await missed('2026-03-02');
    const late = await mark(sessionId, 'checked-in');
    expect(late.body.seat.state).toBe('checked-in');
    expect(await storedRow(child.personId, bookingId)).toMatchObject({ state: 'checked-in' });
    const [noShow] = (await stored()).noShows;
    expect([noShow.state, steps(noShow)]).toEqual(['checked-in', ['marked', 'came']]);
    expect(noShow.log[1]).toMatchObject({ byName: '陈工', after: { noShows: 0 } });
    expect((await mark(sessionId)).body.code).toBe('already-checked-in');
    expect((await decide(bookingId, true)).body.code).toBe('not-a-no-show');
  });

  test('a mistaken mark is taken back with a reason, and stays so', async () => {
    const { sessionId, bookingId } = await missed('2026-03-02');
    expect((await decide(bookingId, false)).body.code).toBe('no-appeal');
    expect((await decide(bookingId, true, '认错人了')).body.noShow.state).toBe('excused');
    expect((await mark(sessionId)).body.seat.state).toBe('excused');
    const [noShow] = (await stored()).noShows;
    expect([noShow.state, steps(noShow)]).toEqual(['excused', ['marked', 'taken-back']]);
  });

  test('happens by itself an hour after a session in which anybody was checked in, and in no other', async () => {
    const kept = await placed('2026-03-03');
    const sibling = await someone({ birthDate: '2018-01-01' });
    morning('2026-03-03');
    await book(kept.sessionId, sibling, sibling);
    setClock('2026-03-03T08:31:00Z');
    expect((await mark(kept.sessionId, 'checked-in', sibling)).status).toBe(200);
    const unkept = await placed('2026-03-04');
    setClock('2026-03-03T10:59:00Z');
    await auditCenter(system(), 'yuhu');
    expect((await storedRow(child.personId, kept.bookingId))?.state).toBe('booked');
    evening('2026-03-04');
    await auditCenter(system(), 'yuhu');
    expect((await storedRow(child.personId, kept.bookingId))?.state).toBe('no-show');
    expect((await storedRow(child.personId, unkept.bookingId))?.state).toBe('booked');
    const [noShow] = (await stored()).noShows;
    expect(noShow.log).toMatchObject([{ what: 'marked', as: 'city' }]);
    expect(noShow.log[0].by).toBeUndefined();
  });

  test('reaches a Sunday whose hour after the end falls into Monday: not before that very minute, and at it', async () => {
    const sunday = await fresh('2026-03-08', { startsAt: '22:00', endsAt: '23:15' });
    const sibling = await someone({ birthDate: '2018-01-01' });
    morning('2026-03-08');
    const { bookings: made } = (await book(sunday)).body;
    await book(sunday, sibling, sibling);
    setClock('2026-03-08T14:05:00Z');
    expect((await mark(sunday, 'checked-in', sibling)).status).toBe(200);
    const stateAt = async (instant: string) => {
      setClock(instant);
      await auditCenter(system(), 'yuhu');
      return (await storedRow(child.personId, made[0].bookingId))?.state;
    };
    // Monday, 00:14 and 00:15 in Putian.
    expect(await stateAt('2026-03-08T16:14:00Z')).toBe('booked');
    expect(await stateAt('2026-03-08T16:15:00Z')).toBe('no-show');
  });

  test('of a function that died right after the seat is completed by the stream, once, however often its records come', async () => {
    const { sessionId, bookingId } = await placed('2026-03-02');
    const seat = { bookingId: bookingId };
    expect(await missSeat(system(), sessionId, child.personId, seat, staff.personId)).toBe(true);
    for (let round = 0; round < 3; round += 1) {
      const Records = await streamRecords();
      await stream(
        { Records: round === 1 ? [...Records].reverse() : Records } satisfies DynamoDBStreamEvent,
        {} as Context,
        () => undefined,
      );
    }
    const { noShows } = await stored();
    expect(noShows).toHaveLength(1);
    expect(noShows[0]).toMatchObject({ state: 'no-show', log: [{ what: 'marked', by: staff.personId, as: 'staff' }] });
    expect(noShows[0].log).toHaveLength(1);
  });
});

describe('an appeal', () => {
  test('is made once, by the person or who may book for them, with a reason', async () => {
    const { bookingId } = await missed('2026-03-02');
    const stranger = await someone();
    expect((await appeal(bookingId, '不是我', stranger)).body.code).toBe('no-authority');
    expect((await appeal(bookingId, ' ')).status).toBe(422);
    expect((await appeal(bookingId)).body.noShow.log).toHaveLength(2);
    expect((await appeal(bookingId)).status).toBe(200);
    expect((await appeal(bookingId, '另一个理由')).body.code).toBe('already-appealed');
    const { bookingId: attended, sessionId } = await placed('2026-03-03');
    await mark(sessionId, 'checked-in');
    expect((await appeal(attended)).body.code).toBe('not-a-no-show');
  });

  test('refused with a reason it keeps counting; the word is spoken once, by the staff of that center', async () => {
    const { bookingId } = await missed('2026-03-02');
    await appeal(bookingId);
    const colleague = await someone({ posts: [{ kind: 'center-staff', centerId: 'beida' }] });
    for (const one of [colleague, parent]) expect((await decide(bookingId, true, '同意', one)).status).toBe(403);
    const refused = await decide(bookingId, false, '没有请假记录');
    expect(refused.body.noShow).toMatchObject({ state: 'no-show' });
    expect((await decide(bookingId, false, '没有请假记录')).status).toBe(200);
    expect((await decide(bookingId, true)).body.code).toBe('already-decided');
    const [noShow] = (await stored(child)).noShows;
    expect(steps(noShow)).toEqual(['marked', 'appealed', 'refused']);
    expect(noShow.log[2]).toMatchObject({ reason: '没有请假记录', after: { noShows: 1 } });
  });

  test('of two members of staff who decide at once, one does', async () => {
    const { bookingId } = await missed('2026-03-02');
    await appeal(bookingId);
    const other = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
    const answers = await Promise.all([decide(bookingId, true, '同意'), decide(bookingId, false, '不同意', other)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [noShow] = (await stored()).noShows;
    expect(noShow.log).toHaveLength(3);
  });

  test('decided by a function whose clock is behind, it is decided all the same', async () => {
    const { bookingId } = await missed('2026-03-02');
    wait(5);
    await appeal(bookingId);
    wait(-4);
    expect((await decide(bookingId, true)).body.noShow).toMatchObject({ state: 'excused' });
    expect((await stored()).noShows[0]).toMatchObject({ state: 'excused' });
  });
});

test('a person’s standing is for them and who acts for them; each look of the staff is logged', async () => {
  const { bookingId } = await missed('2026-03-02');
  await appeal(bookingId);
  for (const one of [staff, await someone()])
    expect((await city.get(`/v1/people/${child.personId}/standing`, { as: one })).body.code).toBe('no-authority');
  expect((await city.get('/v1/centers/yuhu/no-show-appeals', { as: parent })).status).toBe(403);
  await city.get('/v1/centers/yuhu/no-show-appeals', { as: staff });
  const { reads } = (await city.get(`/v1/people/${child.personId}/reads`, { as: parent })).body;
  expect(reads).toMatchObject([{ as: 'center-staff', what: 'desk yuhu', byName: '陈工' }]);
});
