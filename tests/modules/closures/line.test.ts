import { beforeAll, beforeEach, expect, test } from 'vitest';
import { advance } from '../../../functions/closures/commands/steps.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { waitItem } from '../../../shared/booking/items/wait.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { randomId } from '../../../shared/kernel/ids.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get } from '../../../shared/table/read.ts';
import { center, people, type Someone, session, someone, storedWaitlist } from '../../support/builders.ts';
import { storedRows } from '../../support/claims.ts';
import { setClock } from '../../support/invoke.ts';
import { tenants } from '../../support/tenants.ts';
import {
  addsUp,
  begun,
  bookSession,
  city,
  closed,
  lifted,
  messagesSent,
  minutePasses,
  queueUp,
  reason,
  reportOf,
  untilDone,
} from './support.ts';

const NOW = '2026-03-02T01:00:00Z';
const DAY = '2026-03-06';
const day = { kind: 'day' as const, from: DAY, to: DAY };

let staff: Someone;
let own: string;
let count = 0;
beforeAll(async () => {
  setClock(NOW);
  staff = await someone({ posts: [{ kind: 'platform-admin' }] });
});
beforeEach(async () => {
  setClock(NOW);
  count += 1;
  own = await center(`line-${count}`, { district: `候${count}` });
  await messagesSent();
});

const waitOf = ({ personId }: Someone, sessionId: string) =>
  get(keys.booking.wait(tenants()[0], personId, sessionId), waitItem);
const waitingOf = async (as: Someone) => (await city.get('/v1/waiting', { as })).body.waiting;
const lineMessages = async () => (await messagesSent()).filter(({ kind }) => kind === 'closure-line-ended');

/** A class of two places that are taken, and in its line a pair, then one alone. */
async function fullClass() {
  const sessionId = await session(own, DAY, { capacity: 2 });
  const [a, b, second] = await people(3);
  const [sister, brother] = [await someone({ name: '小荔' }), await someone({ name: '小枝' })];
  const mother = await someone({ name: '林晚晴', guardianOf: [sister, brother] });
  if (!a || !b || !second) throw new Error('three people');
  await bookSession(a, sessionId);
  await bookSession(b, sessionId);
  expect((await queueUp(mother, sessionId, sister, brother)).status).toBe(201);
  expect((await queueUp(second, sessionId)).status).toBe(201);
  await minutePasses();
  await messagesSent();
  return {
    sessionId,
    mother,
    lead: [sister, brother].sort((x, y) => (x.personId < y.personId ? -1 : 1))[0] ?? sister,
    second,
    seated: [a, b],
  };
}

test('A13: who waits for a session that is closed is counted, told once, and no longer waits', async () => {
  const { sessionId, mother, lead, second } = await fullClass();
  const shown = await city.post(`/v1/centers/${own}/closures/preview`, { as: staff, body: { what: day } });
  expect(shown.body.totals).toMatchObject({ affected: 2, inLine: 2 });
  expect(shown.body.line.map(({ names }: { names: string[] }) => [...names].sort())).toEqual([
    ['小枝', '小荔'],
    [expect.any(String)],
  ]);
  expect(await storedWaitlist(sessionId)).toHaveLength(2);

  const closure = await closed(staff, own, day);
  await untilDone(staff, closure);
  const report = await reportOf(staff, closure);
  expect(report.totals).toMatchObject({ affected: 2 });
  expect(report.lineTotals).toEqual({ inLine: 2, waiting: 0, ended: 2, kept: 0, left: 0 });
  expect(addsUp(report)).toBe(true);
  expect(report.line.every(({ told }) => told)).toBe(true);
  expect(await storedWaitlist(sessionId)).toEqual([]);

  // Every record three times, in either direction: told once, and nothing is offered from the line.
  await minutePasses(3);
  await minutePasses();
  const told = await lineMessages();
  expect(told.map(({ personId }) => personId).sort()).toEqual([mother.personId, second.personId].sort());
  const names = told.map(({ called }) => (called as { beneficiaryNames: string[] }).beneficiaryNames.length);
  expect(names.sort()).toEqual([1, 2]);
  expect(told[0]).toMatchObject({ called: { reason: reason.zh, date: DAY } });
  for (const one of [lead, second]) {
    expect((await waitOf(one, sessionId))?.ended).toBe('closed');
    expect(await storedRows(one.personId)).toEqual([]);
  }
  expect(await waitingOf(second)).toEqual([]);
  expect((await queueUp(second, sessionId)).body.code).toBe('session-closed');
});

test('of two closures of one session each party is told by one, and leaving afterwards changes nothing', async () => {
  const { sessionId, second } = await fullClass();
  const [one, other] = await Promise.all([closed(staff, own, day), closed(staff, own, { kind: 'session', sessionId })]);
  for (const closure of [one, other]) await untilDone(staff, closure);
  const reports = [await reportOf(staff, one), await reportOf(staff, other)];
  expect(reports.every(addsUp)).toBe(true);
  expect(reports.reduce((sum, { lineTotals }) => sum + lineTotals.ended, 0)).toBe(2);
  expect(await lineMessages()).toHaveLength(2);
  expect((await city.post(`/v1/people/${second.personId}/waiting/${sessionId}/leave`, { as: second })).status).toBe(
    204,
  );
});

test('fifty who join while it is being closed are either refused or told', async () => {
  const { sessionId } = await fullClass();
  const crowd = await people(50);
  const answers = crowd.slice(0, 25).map((person) => queueUp(person, sessionId));
  const closing = closed(staff, own, day);
  answers.push(...crowd.slice(25).map((person) => queueUp(person, sessionId)));
  const statuses = await Promise.all(answers);
  const closure = await closing;
  await untilDone(staff, closure);
  await minutePasses(2);
  const joined = statuses.filter(({ status }) => status === 201).length;
  const codes = new Set(statuses.filter(({ status }) => status !== 201).map(({ body }) => body.code));
  for (const code of codes) expect(code).toBe('session-closed');
  const report = await reportOf(staff, closure);
  expect(report.lineTotals).toMatchObject({ inLine: joined + 2, ended: joined + 2 });
  expect(addsUp(report)).toBe(true);
  expect(await lineMessages()).toHaveLength(joined + 2);
  expect(await storedWaitlist(sessionId)).toEqual([]);
});

test('a closure lifted before the turn of the line leaves it as it stands, and places go on being offered', async () => {
  const { sessionId, second, seated } = await fullClass();
  const by = asSystem(tenants()[0], clockNow());
  const early = await begun(staff, own, day);
  const listed = await advance(by, (await advance(by, early)) ?? early);
  expect(listed).toMatchObject({ status: 'disposing', affected: 2, inLine: 2 });
  await lifted(staff, early);
  await minutePasses();
  const report = await reportOf(staff, early);
  expect(report.lineTotals).toEqual({ inLine: 2, waiting: 0, ended: 0, kept: 2, left: 0 });
  expect(report.totals).toMatchObject({ affected: 2, kept: 2 });
  expect(addsUp(report)).toBe(true);
  expect(await lineMessages()).toEqual([]);
  expect(await storedWaitlist(sessionId)).toHaveLength(2);
  // One place comes free: it is too small for the pair, and goes to the one alone.
  const [first] = seated;
  if (!first) throw new Error('somebody is seated');
  const [row] = await storedRows(first.personId);
  await city.post(`/v1/people/${first.personId}/bookings/${row?.bookingId}/cancel`, { as: first, body: {} });
  await minutePasses();
  expect((await storedRows(second.personId)).map(({ state }) => state)).toEqual(['held']);
});

test('staff are not told for whom they put in line; whoever has no phone is on the list', async () => {
  const sessionId = await session(own, DAY, { capacity: 1 });
  const [seated] = await people(1);
  const elder = await someone({ name: '郑阿公' });
  if (seated) await bookSession(seated, sessionId);
  const body = { sessionIds: [sessionId], beneficiaryIds: [elder.personId], ifFull: 'wait', reason: '电话预约' };
  const answer = await city.post(`/v1/centers/${own}/bookings`, {
    as: staff,
    idempotencyKey: randomId('k'),
    body,
  });
  expect(answer.status, answer.text).toBe(201);
  const closure = await closed(staff, own, { kind: 'session', sessionId });
  await untilDone(staff, closure);
  expect((await lineMessages()).map(({ personId }) => personId)).toEqual([elder.personId]);
  expect((await reportOf(staff, closure)).line).toMatchObject([{ names: ['郑阿公'], noPhone: true, outcome: 'ended' }]);
});
