import { beforeEach, describe, expect, test } from 'vitest';
import { dispose } from '../../../functions/closures/cases/commands/disposing.ts';
import { readCases } from '../../../functions/closures/cases/store.ts';
import { advance } from '../../../functions/closures/commands/steps.ts';
import { Nearby } from '../../../functions/closures/offers/queries/nearby.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { isoWeekOf } from '../../../shared/kernel/days.ts';
import { offering, people, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { storedRows } from '../../support/claims.ts';
import { wait } from '../../support/invoke.ts';
import { tenants } from '../../support/tenants.ts';
import {
  addsUp,
  begun,
  bookSession,
  city,
  closed,
  inCentersOfTheirOwn,
  messagesSent,
  minutePasses,
  oversold,
  reportOf,
  untilDone,
} from './support.ts';

const DAY = '2026-03-06';
const NEXT_DAY = '2026-03-07';
const LATER = '2026-03-09';

const here = inCentersOfTheirOwn('kin', '亲');
beforeEach(async () => {
  await messagesSent();
});

/** A mother who has booked sister and brother into a class in one order. */
async function siblings(facts: object = {}) {
  const lost = await session(here.own, DAY, { residentPriceFen: 1200 });
  const [sister, brother] = [await someone({ name: '小荔', ...facts }), await someone({ name: '小枝' })];
  const mother = await someone({ name: '林晚晴', guardianOf: [sister, brother] });
  const answer = await bookSession(mother, lost, sister, brother);
  expect(answer.status, answer.text).toBe(201);
  await minutePasses();
  await messagesSent();
  return { lost, mother, sister, brother, what: { kind: 'session' as const, sessionId: lost } };
}

const told = async () => (await messagesSent()).filter(({ kind }) => String(kind).startsWith('closure'));
const namesIn = ({ closed: said }: Record<string, unknown>) =>
  (said as { beneficiaryNames: string[] }).beneficiaryNames;
const heldBy = async ({ personId }: Someone) => (await storedRows(personId)).find(({ state }) => state === 'held');

describe('brothers and sisters of one order', () => {
  test('A13: are offered a place together, though one of them could have a nearer one; one message, all or nobody', async () => {
    const { mother, sister, brother, what } = await siblings();
    const near = await session(here.own, NEXT_DAY, { capacity: 1, residentPriceFen: 1200 });
    const both = await session(here.own, LATER, { capacity: 2, residentPriceFen: 1500 });
    const shown = await city.post(`/v1/centers/${here.own}/closures/preview`, { as: here.staff, body: { what } });
    expect(shown.body.totals).toMatchObject({ affected: 2, offers: 2, refunds: 0 });
    expect(shown.body.affected).toMatchObject([
      { party: 2, place: { sessionId: both, priceFen: 1200 } },
      { party: 2, place: { sessionId: both, priceFen: 1200 } },
    ]);

    const closure = await closed(here.staff, here.own, what);
    await untilDone(here.staff, closure);
    const report = await reportOf(here.staff, closure);
    expect(report.totals).toMatchObject({ affected: 2, offered: 2 });
    expect(report.rows.map(({ offer, party, apart }) => [offer?.sessionId, party, apart])).toEqual([
      [both, 2, undefined],
      [both, 2, undefined],
    ]);
    await minutePasses();
    const messages = await told();
    expect(messages).toMatchObject([
      { kind: 'closure-offered', personId: mother.personId, closed: { refundFen: 2400 } },
    ]);
    expect(messages.flatMap(namesIn).sort()).toEqual(['小枝', '小荔']);
    expect((await storedSession(both)).taken).toBe(2);
    expect((await storedSession(near)).taken).toBe(0);

    const orders = [(await heldBy(sister))?.orderId, (await heldBy(brother))?.orderId];
    expect(orders[0]).toBe(orders[1]);
    expect((await city.post(`/v1/orders/${orders[0]}/confirm`, { as: mother, body: {} })).status).toBe(200);
    const after = await reportOf(here.staff, closure);
    expect(after.totals).toMatchObject({ affected: 2, moved: 2 });
    expect(addsUp(after)).toBe(true);
  });

  test('are declined together, and lapse together', async () => {
    const { mother, sister, what } = await siblings();
    const both = await session(here.own, NEXT_DAY, { capacity: 2, residentPriceFen: 1200 });
    const closure = await closed(here.staff, here.own, what);
    await untilDone(here.staff, closure);
    const { orderId } = (await heldBy(sister)) ?? {};
    expect((await city.post(`/v1/orders/${orderId}/decline`, { as: mother, body: {} })).status).toBe(200);
    expect((await reportOf(here.staff, closure)).totals).toMatchObject({ affected: 2, refunded: 2, refundFen: 2400 });
    expect((await storedSession(both)).taken).toBe(0);

    const next = await siblings();
    const again = await closed(here.staff, here.own, next.what);
    await untilDone(here.staff, again);
    expect((await storedSession(both)).taken).toBe(2);
    wait(49 * 3600);
    await minutePasses();
    expect((await reportOf(here.staff, again)).rows.map(({ outcome }) => outcome)).toEqual(['lapsed', 'lapsed']);
    expect((await storedSession(both)).taken).toBe(0);
  });

  test('are looked after one by one where no place has room for both, and the offer says so', async () => {
    const { mother, what } = await siblings();
    const [near, far] = [
      await session(here.own, NEXT_DAY, { capacity: 1 }),
      await session(here.own, LATER, { capacity: 1 }),
    ];
    const shown = await city.post(`/v1/centers/${here.own}/closures/preview`, { as: here.staff, body: { what } });
    expect(shown.body.affected.map(({ apart }: { apart: boolean }) => apart)).toEqual([true, true]);
    const closure = await closed(here.staff, here.own, what);
    await untilDone(here.staff, closure);
    const report = await reportOf(here.staff, closure);
    expect(report.rows.map(({ offer }) => offer?.sessionId).sort()).toEqual([near, far].sort());
    expect(report.rows).toMatchObject([
      { party: 2, apart: true },
      { party: 2, apart: true },
    ]);
    expect(addsUp(report)).toBe(true);
    const messages = await told();
    expect(messages.map(({ kind, personId }) => [kind, personId])).toEqual([
      ['closure-offered-apart', mother.personId],
      ['closure-offered-apart', mother.personId],
    ]);
    expect(messages.map((message) => namesIn(message).length)).toEqual([1, 1]);
  });

  test('a class that is not for one of them is no place for both', async () => {
    const { what } = await siblings({ birthDate: '2010-05-01' });
    const forSmall = await session(here.own, NEXT_DAY, { maxAgeYears: 12 });
    const forAll = await session(here.own, LATER);
    const closure = await closed(here.staff, here.own, what);
    await untilDone(here.staff, closure);
    const { rows } = await reportOf(here.staff, closure);
    expect(rows.map(({ offer }) => offer?.sessionId)).toEqual([forAll, forAll]);
    expect((await storedSession(forSmall)).taken).toBe(0);
  });

  test('get their price back in one message where there is no place at all', async () => {
    const { what } = await siblings();
    const closure = await closed(here.staff, here.own, what);
    await untilDone(here.staff, closure);
    expect((await reportOf(here.staff, closure)).totals).toMatchObject({ affected: 2, refunded: 2, refundFen: 2400 });
    expect(await told()).toMatchObject([{ kind: 'closure-refunded', closed: { refundFen: 2400 } }]);
  });

  test('a place that one of them loses to somebody faster is lost to both, and the next is tried', async () => {
    const { what } = await siblings();
    const near = await session(here.own, NEXT_DAY, { capacity: 2 });
    const next = await session(here.own, LATER, { capacity: 2 });
    const by = asSystem(tenants()[0], clockNow());
    const closure = await begun(here.staff, here.own, what);
    const listed = await advance(by, (await advance(by, closure)) ?? closure);
    const nearby = new Nearby(by);
    await nearby.sessions(here.own, isoWeekOf(DAY));
    const [faster] = await people(1);
    if (faster) expect((await bookSession(faster, near)).status).toBe(201);
    if (!listed) throw new Error('it is being disposed of');
    expect(await dispose(nearby, listed, await readCases(by, closure.closureId))).toBe(true);
    await untilDone(here.staff, closure);
    const { rows } = await reportOf(here.staff, closure);
    expect(rows.map(({ offer }) => offer?.sessionId)).toEqual([next, next]);
    expect((await storedSession(near)).taken).toBe(1);
    expect(await oversold([near, next])).toEqual([]);
    expect(await told()).toHaveLength(1);
  });

  test('a party that was only held ends as a whole: nothing can be confirmed of it any more', async () => {
    const { mother, sister, what } = await siblings();
    const both = await session(here.own, NEXT_DAY, { capacity: 2 });
    const first = await closed(here.staff, here.own, what);
    await untilDone(here.staff, first);
    const { orderId } = (await heldBy(sister)) ?? {};
    const second = await closed(here.staff, here.own, { kind: 'session', sessionId: both });
    await untilDone(here.staff, second);
    const answer = await city.post(`/v1/orders/${orderId}/confirm`, { as: mother, body: {} });
    expect(answer).toMatchObject({ status: 409, body: { code: 'hold-expired' } });
    expect(addsUp(await reportOf(here.staff, second))).toBe(true);
  });

  test('a hold of two classes that are both closed ends with the second: nothing is left to be paid', async () => {
    for (const slug of ['painting', 'dancing'])
      await offering(here.own, slug, { policy: { payment: { withinMinutes: 600 } } });
    const [painting, dancing] = [
      await session(here.own, DAY, { slug: 'painting', residentPriceFen: 900 }),
      await session(here.own, DAY, { slug: 'dancing', startsAt: '09:00', endsAt: '10:00', residentPriceFen: 900 }),
    ];
    const [person] = await people(1);
    if (!person) throw new Error('a person');
    const body = { sessionIds: [painting, dancing], beneficiaryIds: [person.personId] };
    const held = await city.post('/v1/session-bookings', { as: person, idempotencyKey: 'two-classes', body });
    expect(held.body.bookings.map(({ state }: { state: string }) => state)).toEqual(['held', 'held']);
    const { orderId } = held.body;
    const first = await closed(here.staff, here.own, { kind: 'session', sessionId: painting });
    await untilDone(here.staff, first);
    expect((await city.get(`/v1/orders/${orderId}`, { as: person })).body.order).toMatchObject({
      status: 'held',
      totalFen: 900,
    });
    const second = await closed(here.staff, here.own, { kind: 'session', sessionId: dancing });
    await untilDone(here.staff, second);
    expect((await city.get(`/v1/orders/${orderId}`, { as: person })).body.order).toMatchObject({
      status: 'released',
      totalFen: 0,
    });
    const reports = [await reportOf(here.staff, first), await reportOf(here.staff, second)];
    expect(reports.every(addsUp)).toBe(true);
    expect(reports.map(({ totals }) => [totals.refunded, totals.refundFen])).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });
});

test('what staff booked for two people in one order is offered to each by themselves', async () => {
  const lost = await session(here.own, DAY);
  await session(here.own, NEXT_DAY, { capacity: 2 });
  const elders = [await someone({ name: '郑阿公' }), await someone({ name: '林阿妹' })];
  const body = { sessionIds: [lost], beneficiaryIds: elders.map(({ personId }) => personId), reason: '电话预约' };
  const answer = await city.post(`/v1/centers/${here.own}/bookings`, {
    as: here.staff,
    idempotencyKey: 'two-elders',
    body,
  });
  expect(answer.status, answer.text).toBe(201);
  await minutePasses();
  await messagesSent();
  const closure = await closed(here.staff, here.own, { kind: 'session', sessionId: lost });
  await untilDone(here.staff, closure);
  expect((await reportOf(here.staff, closure)).totals).toMatchObject({ affected: 2, offered: 2 });
  const messages = await told();
  expect(messages.map(({ personId }) => personId).sort()).toEqual(elders.map(({ personId }) => personId).sort());
});
