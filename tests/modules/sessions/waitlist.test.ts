import { randomUUID } from 'node:crypto';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as bookings from '../../../functions/bookings/handler.ts';
import { releaseOverdueOrders } from '../../../functions/bookings/schedule.ts';
import { readOfferTerms } from '../../../functions/bookings/store.ts';
import * as desk from '../../../functions/desk/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { oddsOf } from '../../../functions/sessions/rules.ts';
import { handler } from '../../../functions/stream/handler.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { waitItem } from '../../../shared/booking/items/wait.ts';
import { decideOrder, openOrder } from '../../../shared/booking/order/order.ts';
import { OFFER_TRIES, promote } from '../../../shared/booking/waitlist/promote.ts';
import { nextDecision, offerUntil } from '../../../shared/booking/waitlist/rules.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { derivedId, randomId } from '../../../shared/kernel/ids.ts';
import { writable } from '../../../shared/table/claim-key.ts';
import { exists } from '../../../shared/table/conditions.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get } from '../../../shared/table/read.ts';
import { remove, update } from '../../../shared/table/write.ts';
import {
  center,
  offering,
  people,
  type Someone,
  session,
  signedInAgain,
  someone,
  storedSession,
  storedWaitlist,
} from '../../support/builders.ts';
import { differences } from '../../support/claims.ts';
import { cityOf, setClock, tenants, wait } from '../../support/invoke.ts';
import { takeMessages } from '../../support/messages.ts';
import { StreamReader } from '../../support/stream.ts';

const city = cityOf(sessions, bookings, desk);
const system = () => asSystem(tenants()[0], clockNow());
const DATE = '2026-03-04';
let staff: Someone;

beforeAll(async () => {
  setClock('2026-03-02T01:00:00Z');
  await center('yuhu');
  staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
});
beforeEach(() => setClock('2026-03-02T01:00:00Z'));

const stream = new StreamReader();
/** What the stream has brought since the last time, three times over, the last time backwards. */
async function follow(): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    const fresh = await stream.next();
    if (fresh.length === 0) return;
    const Records = [...fresh, ...fresh, ...[...fresh].reverse()];
    const answer = await handler({ Records } satisfies DynamoDBStreamEvent, {} as Context, () => undefined);
    expect(answer).toEqual({ batchItemFailures: [] });
  }
}

const full = async (capacity: number, policy: object = {}) => {
  const slug = `x${randomUUID().slice(0, 8)}`;
  await offering('yuhu', slug, { policy });
  const sessionId = await session('yuhu', DATE, { slug, capacity });
  const holders = await people(capacity);
  for (const holder of holders) expect((await ask(holder, sessionId)).status).toBe(201);
  return { sessionId, holders };
};
const ask = (as: Someone, sessionId: string, others: readonly Someone[] = [], ifFull = 'refuse', key = randomUUID()) =>
  city.post('/v1/session-bookings', {
    as,
    idempotencyKey: key,
    body: { sessionIds: [sessionId], beneficiaryIds: [as, ...others].map(({ personId }) => personId), ifFull },
  });
const queueUp = async (as: Someone, sessionId: string, others: readonly Someone[] = []) => {
  const answer = await ask(as, sessionId, others, 'wait');
  expect(answer.status, answer.text).toBe(201);
  return answer.body.waiting;
};
const mine = async (as: Someone) => (await city.get('/v1/bookings', { as })).body.bookings;
const waiting = async (as: Someone) => (await city.get('/v1/waiting', { as })).body.waiting;
const cancel = async (as: Someone) => {
  const [{ bookingId }] = await mine(as);
  const answer = await city.post(`/v1/people/${as.personId}/bookings/${bookingId}/cancel`, { as });
  expect(answer.status).toBe(200);
};
const offered = async (as: Someone) =>
  (await mine(as)).find(
    ({ state, heldFor }: { state: string; heldFor: string }) => state === 'held' && heldFor === 'offer',
  );
const decisions = async (sessionId: string, as = staff) =>
  (await city.get(`/v1/sessions/${sessionId}/waiting-decisions`, { as })).body.decisions;

describe('A09: the waitlist promotes', () => {
  test('A09: three wait, one cancels: the head is offered; it lapses: the second gets it; never more than the places', async () => {
    const { sessionId, holders } = await full(2);
    const line = await people(3);
    for (const [index, one] of line.entries())
      expect(await queueUp(one, sessionId)).toMatchObject({ number: index + 1, position: index + 1 });
    let [first, second, third] = line;
    const [holder] = holders;
    if (!first || !second || !third || !holder) throw new Error('nobody');
    await follow();
    expect(await waiting(second)).toMatchObject([{ sessionId, number: 2, position: 2, inLine: 3 }]);
    await cancel(holder);
    // Nobody who comes later passes those who wait, in the very moment a place is free.
    expect((await ask(await someone(), sessionId)).body).toMatchObject({ code: 'session-full' });
    await follow();
    const offer = await offered(first);
    expect(offer).toMatchObject({ sessionId, heldUntil: expect.stringMatching(/^2026-03-02T01:30:/) });
    expect(await offered(second)).toBeUndefined();
    expect((await storedSession(sessionId)).taken).toBe(2);
    wait(30 * 60 + 1);
    expect(await releaseOverdueOrders(system())).toBe(1);
    await follow();
    [first, second, third] = await Promise.all([first, second, third].map(signedInAgain));
    if (!first || !second || !third) throw new Error('nobody');
    expect(await mine(first)).toMatchObject([{ state: 'lapsed' }]);
    const next = await offered(second);
    expect(next).toBeDefined();
    const accepted = await city.post(`/v1/orders/${next.orderId}/confirm`, { as: second, body: {} });
    expect(accepted.body.order).toMatchObject({ status: 'booked', bookings: [{ state: 'booked' }] });
    expect((await city.post(`/v1/orders/${offer.orderId}/confirm`, { as: first, body: {} })).body.code).toBe(
      'hold-expired',
    );
    await follow();
    const everybody = [...holders, ...line].map(({ personId }) => personId);
    expect(await differences({ sessionIds: [sessionId], dates: [DATE], personIds: everybody })).toEqual([]);
    expect(await waiting(third)).toMatchObject([{ number: 3, position: 1 }]);
    expect(await decisions(sessionId, await signedInAgain(staff))).toMatchObject([
      { number: 1, what: 'offered', size: 1, personId: first.personId, skipped: [] },
      { number: 2, what: 'offered', size: 1, personId: second.personId, skipped: [] },
    ]);
  });

  test('whom staff put in line is told themselves when a place is offered, and sees who asked for it and why', async () => {
    const { sessionId, holders } = await full(1);
    const elder = await someone({ name: '郑阿公' });
    const body = { sessionIds: [sessionId], beneficiaryIds: [elder.personId], ifFull: 'wait', reason: '电话预约' };
    const answer = await city.post('/v1/centers/yuhu/bookings', { as: staff, idempotencyKey: randomUUID(), body });
    expect(answer.status, answer.text).toBe(201);
    const [holder] = holders;
    if (holder) await cancel(holder);
    await follow();
    expect(await offered(elder)).toMatchObject({ byStaff: true, reason: '电话预约', actorId: staff.personId });
    const offers = (await takeMessages()).filter(({ kind }) => kind === 'place-offered');
    expect(offers.map(({ personId }) => personId)).toContain(elder.personId);
    expect(offers.map(({ personId }) => personId)).not.toContain(staff.personId);
  });

  test('x50 for one place: one books, each of the others is told its number, all different', async () => {
    const slug = `x${randomUUID().slice(0, 8)}`;
    const sessionId = await session('yuhu', DATE, { slug, capacity: 1 });
    const crowd = await people(50);
    const answers = await Promise.all(crowd.map((one) => ask(one, sessionId, [], 'wait')));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    const numbers = answers.flatMap(({ body }) => (body.waiting ? [body.waiting.number] : []));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 49 }, (_, index) => index + 1));
    await follow();
    const { taken } = await storedSession(sessionId);
    expect([(await storedWaitlist(sessionId)).length, taken]).toEqual([49, 1]);
    const listed = (await Promise.all(crowd.map(waiting))).flat();
    expect(listed.map(({ number, position }) => number - position)).toEqual(listed.map(() => 0));
  });

  test('the same request again finds itself in the line; another of the same person is told so', async () => {
    const { sessionId } = await full(1);
    // A party stands in line under the first of its ids.
    const kid = await someone({ personId: randomId('pz').slice(0, 17), birthDate: '2018-01-01' });
    const me = await someone({ personId: randomId('p0').slice(0, 17), guardianOf: [kid] });
    const key = randomUUID();
    const first = await ask(me, sessionId, [], 'wait', key);
    const again = await ask(me, sessionId, [], 'wait', key);
    expect(again.body.waiting).toMatchObject({ position: 1 });
    expect(first.body.waiting.number).toBe(1);
    expect(await storedWaitlist(sessionId)).toHaveLength(1);
    const other = await ask(me, sessionId, [kid], 'wait');
    expect([other.status, other.body.code, other.body.facts]).toEqual([
      409,
      'already-waiting',
      { sessionId, personId: me.personId },
    ]);
    expect(await storedWaitlist(sessionId)).toEqual([`${me.personId}:1`]);
  });

  test('who leaves is passed; leaving twice is leaving once; then the line is free again', async () => {
    const { sessionId, holders } = await full(1);
    const [first, second] = await people(2);
    if (!first || !second || !holders[0]) throw new Error('nobody');
    await queueUp(first, sessionId);
    await queueUp(second, sessionId);
    const leave = (as: Someone) => city.post(`/v1/people/${as.personId}/waiting/${sessionId}/leave`, { as });
    expect((await leave(first)).status).toBe(204);
    await follow();
    expect((await leave(first)).status).toBe(204);
    expect((await leave(await someone())).body.code).toBe('not-waiting');
    await cancel(holders[0]);
    await follow();
    expect(await offered(second)).toBeDefined();
    expect(await offered(first)).toBeUndefined();
    const declined = await offered(second);
    await city.post(`/v1/orders/${declined.orderId}/decline`, { as: second });
    await follow();
    expect((await ask(first, sessionId)).status).toBe(201);
    // Having been in line before stands in nobody's way.
    expect((await queueUp(second, sessionId)).position).toBe(1);
  });

  test('leaving again after a first try died is leaving, also before the stream has come', async () => {
    const { sessionId } = await full(1);
    const me = await someone();
    await queueUp(me, sessionId);
    // All that the first try did before its function died.
    await update({
      key: writable(keys.booking.session(tenants()[0], sessionId)),
      update: 'REMOVE #tail.#me',
      names: { '#tail': 'tail', '#me': `${me.personId}:1` },
      conditions: [exists],
    });
    const again = await city.post(`/v1/people/${me.personId}/waiting/${sessionId}/leave`, { as: me });
    expect(again.status, again.text).toBe(204);
    await follow();
    expect((await queueUp(me, sessionId)).position).toBe(1);
  });

  test('an offer whose tries have died is tried again; when all have, the refusal says so and the line stays', async () => {
    const { sessionId, holders } = await full(1);
    const [lead] = await people(1);
    const [holder] = holders;
    if (!lead || !holder) throw new Error('nobody');
    await queueUp(lead, sessionId);
    await cancel(holder);
    const by = system();
    const entry = await get(keys.booking.wait(by.tenantId, lead.personId, sessionId), waitItem);
    if (!entry) throw new Error('nobody waits');
    const { actorId, requestHash } = entry;
    const tryOf = (round: number) => derivedId('o', by.tenantId, 'offer', sessionId, lead.personId, '1', String(round));
    const dieInTry = async (round: number) => {
      const orderId = tryOf(round);
      const wanted = { orderId, actorId, requestHash, createdAt: by.now.toISOString(), places: [] };
      await openOrder(by, wanted, { for: 'offer', untilEpochSeconds: 0 });
      await decideOrder(by, orderId, { to: 'released', because: 'hold-expired' });
    };
    const offerNext = () => promote(by, sessionId, (now, party) => readOfferTerms(by, now, party));
    const before = await storedSession(sessionId);
    expect(before.taken).toBe(0);
    expect(await storedWaitlist(sessionId)).toEqual([`${lead.personId}:1`]);
    for (let round = 0; round < OFFER_TRIES; round += 1) await dieInTry(round);
    await expect(offerNext()).rejects.toMatchObject({ code: 'try-again' });
    expect(await storedSession(sessionId)).toEqual(before);
    // The same with one try less: the last one makes the offer.
    await remove({ key: keys.booking.order(by.tenantId, tryOf(OFFER_TRIES - 1)) });
    expect(await offerNext()).toBe(1);
    expect(await offered(lead)).toMatchObject({ orderId: tryOf(OFFER_TRIES - 1) });
  });

  test('who is busy at that time is passed over and keeps the place in line', async () => {
    const { sessionId, holders } = await full(1);
    const [first, second] = await people(2);
    if (!first || !second || !holders[0]) throw new Error('nobody');
    await queueUp(first, sessionId);
    await queueUp(second, sessionId);
    const other = await session('yuhu', DATE, { slug: `x${randomUUID().slice(0, 8)}` });
    expect((await ask(first, other)).status).toBe(201);
    await cancel(holders[0]);
    await follow();
    expect(await offered(second)).toBeDefined();
    expect(await decisions(sessionId)).toMatchObject([{ skipped: [{ why: 'busy-then' }] }]);
    expect(await storedWaitlist(sessionId)).toEqual([`${first.personId}:1`]);
  });
});

describe('A10: by party size, all or none', () => {
  test('A10: a pair, then a single: one free place goes to the single and the log says why; two go to the pair', async () => {
    const kid = await someone({ birthDate: '2018-01-01' });
    const pair = await someone({ guardianOf: [kid] });
    const { sessionId, holders } = await full(3);
    await queueUp(pair, sessionId, [kid]);
    const single = await someone();
    await queueUp(single, sessionId);
    const [one, two, three] = holders;
    if (!one || !two || !three) throw new Error('nobody');
    await cancel(one);
    await follow();
    expect(await offered(single)).toBeDefined();
    expect(await offered(pair)).toBeUndefined();
    expect(await decisions(sessionId)).toMatchObject([
      { number: 1, free: 1, size: 1, skipped: [{ size: 2, why: 'party-too-large' }] },
    ]);
    await cancel(two);
    await follow();
    expect(await offered(pair)).toBeUndefined();
    await cancel(three);
    await follow();
    const offer = await offered(pair);
    expect((await city.get(`/v1/orders/${offer.orderId}`, { as: pair })).body.order.bookings).toHaveLength(2);
    expect((await city.post(`/v1/orders/${offer.orderId}/confirm`, { as: pair, body: {} })).status).toBe(200);
    await follow();
    const log = await decisions(sessionId, pair);
    expect(log).toMatchObject([{ number: 1 }, { number: 2, free: 2, size: 2, skipped: [] }]);
    // A resident sees the rule at work, and nobody's name.
    expect(JSON.stringify(log)).not.toContain(single.personId);
    const everybody = [...holders, single, pair, kid].map(({ personId }) => personId);
    expect(await differences({ sessionIds: [sessionId], dates: [DATE], personIds: everybody })).toEqual([]);
  });

  test('the rule, for any line: the first that fits is offered, everybody before it is named with a reason', () => {
    const party = fc.record({ size: fc.integer({ min: 1, max: 4 }), busy: fc.boolean() });
    fc.assert(
      fc.property(fc.array(party, { maxLength: 8 }), fc.integer({ min: 0, max: 5 }), (parties, free) => {
        const line = parties.map((one, index) => ({ ...one, lead: `p${index}` }));
        const next = nextDecision(free, line);
        const fitting = line.findIndex(({ size, busy }) => size <= free && !busy);
        expect(next?.index ?? -1).toBe(free > 0 ? fitting : -1);
        if (next) expect(next.skipped.map(({ lead }) => lead)).toEqual(line.slice(0, fitting).map(({ lead }) => lead));
      }),
    );
  });

  test('an offer at night runs from the morning on, and none outlives the start', () => {
    const at = (minutes: number) => ({ epochSeconds: minutes * 60, minutes });
    expect(offerUntil(at(600), 30, 10 ** 9)).toBe(630 * 60);
    expect(offerUntil(at(23 * 60), 30, 10 ** 9)).toBe((24 * 60 + 8 * 60 + 30) * 60);
    expect(offerUntil(at(60), 30, 10 ** 9)).toBe((8 * 60 + 30) * 60);
    expect(offerUntil(at(600), 30, 610 * 60)).toBe(610 * 60);
  });

  test('the odds are told from what came free before', () => {
    expect(oddsOf(1, undefined)).toBe('unknown');
    expect(oddsOf(2, 2)).toBe('good');
    expect(oddsOf(3, 2)).toBe('fair');
    expect(oddsOf(5, 2)).toBe('slim');
    expect(oddsOf(1, 0)).toBe('slim');
  });
});
