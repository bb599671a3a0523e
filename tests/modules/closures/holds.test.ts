import { expect, test } from 'vitest';
import { offering, type Someone, session, signedInAgain, someone, storedSession } from '../../support/builders.ts';
import { differences, storedAgendaDay, storedOrder, storedRows } from '../../support/claims.ts';
import { addsUp, city, closed, inCentersOfTheirOwn, minutePasses, reportOf, untilDone } from './support.ts';

const DAY = '2026-03-06';

const here = inCentersOfTheirOwn('hold', '留');

const book = (as: Someone, sessionIds: readonly string[], who: readonly Someone[], more: object = {}) =>
  city.post('/v1/session-bookings', {
    as,
    body: { sessionIds, beneficiaryIds: who.map(({ personId }) => personId), ...more },
  });
const heldOrder = async ({ personId }: Someone): Promise<string> =>
  (await storedRows(personId)).find(({ state }) => state === 'held')?.orderId ?? '';

async function siblings(): Promise<{ parent: Someone; both: Someone[] }> {
  const both = [await someone(), await someone()];
  return { both, parent: await someone({ guardianOf: both }) };
}

test('of a party that was offered its places nothing is left when the session is closed: accepting takes nobody’s day', async () => {
  const [{ parent, both }, first] = [await siblings(), await someone()];
  const sessionId = await session(here.own, DAY, { capacity: 2 });
  const { bookings } = (await book(first, [sessionId], [first])).body;
  expect((await book(parent, [sessionId], both, { ifFull: 'wait' })).body.waiting.position).toBe(1);
  await city.post(`/v1/people/${first.personId}/bookings/${bookings[0].bookingId}/cancel`, { as: first });
  await minutePasses();
  const orderId = await heldOrder(both[0] ?? first);
  const closure = await closed(here.staff, here.own, { kind: 'session', sessionId });
  await untilDone(here.staff, closure);
  expect(await storedOrder(orderId)).toMatchObject({ status: 'released', because: 'closure' });
  const accepted = await city.post(`/v1/orders/${orderId}/confirm`, { as: await signedInAgain(parent), body: {} });
  expect(accepted.body.code).toBe('hold-expired');
  for (const { personId } of both) expect((await storedAgendaDay(personId, DAY)).busy.size).toBe(0);
  const report = await reportOf(here.staff, closure);
  expect(report.totals).toMatchObject({ affected: 2, refunded: 2 });
  expect(addsUp(report)).toBe(true);
});

test('of an unpaid checkout of two classes the one that is closed leaves it, and the other can still be paid for', async () => {
  const me = await someone();
  const policy = { payment: { withinMinutes: 30 } };
  await offering(here.own, 'painting', { policy, residentPriceFen: 1_500 });
  const painting = await session(here.own, DAY, { slug: 'painting', residentPriceFen: 1_500 });
  await offering(here.own, 'dancing', { policy, residentPriceFen: 2_000 });
  const dancing = await session(here.own, DAY, {
    slug: 'dancing',
    residentPriceFen: 2_000,
    startsAt: '18:30',
    endsAt: '20:00',
  });
  const { orderId } = (await book(me, [painting, dancing], [me])).body;
  const closure = await closed(here.staff, here.own, { kind: 'session', sessionId: painting });
  await untilDone(here.staff, closure);
  const pay = (amountFen: number) => city.post(`/v1/orders/${orderId}/confirm`, { as: me, body: { amountFen } });
  expect((await pay(3_500)).body).toMatchObject({ code: 'amount-changed', facts: { amountFen: 2_000 } });
  expect((await pay(2_000)).body.order).toMatchObject({ status: 'booked', totalFen: 2_000 });
  await minutePasses();
  expect((await storedSession(painting)).taken).toBe(0);
  const states = (await storedRows(me.personId)).map(({ sessionId, state }) => [sessionId, state]);
  expect(new Map(states as [string, string][])).toEqual(
    new Map([
      [painting, 'canceled'],
      [dancing, 'booked'],
    ]),
  );
  const scene = { sessionIds: [painting, dancing], dates: [DAY], personIds: [me.personId] };
  expect(await differences(scene)).toEqual([]);
});
