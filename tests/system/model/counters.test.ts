import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomId } from '../../../shared/kernel/ids.ts';
import { cityHas, citySells, fairUse } from '../../modules/allowances/support.ts';
import { center, offering, type Someone, session, someone } from '../../support/builders.ts';
import { setClock } from '../../support/invoke.ts';
import { seedsOf } from '../../support/seeds.ts';
import { faultyTable, settled } from './faults.ts';
import { type Call, linearization, type Sequential } from './linearizable.ts';
import { generator } from './random.ts';
import { city } from './world/sessions.ts';

/** Concurrent calls that meet on one counter: the week's allowance of a person or a household, or its pass. Each class has room for everybody. */
type Op = { readonly what: 'book' | 'cancel'; readonly who: number };
type State = { readonly has: readonly number[] };

const MOST = 3;
const MEMBERS = 6;
const ROUNDS = 8;
const DATE = '2026-03-04';
const KIND = 'visits';

/** One call after another: at most so many have a booking at a time. */
const oneCounter = (refusal: string): Sequential<State, Op> => ({
  initial: { has: [] },
  nameOf: ({ has }) => [...has].sort().join(),
  apply: ({ has }, { what, who }) => {
    if (what === 'cancel') return { says: 'ok', state: { has: has.filter((one) => one !== who) } };
    return has.length < MOST ? { says: 'booked', state: { has: [...has, who] } } : { says: refusal, state: { has } };
  },
});

const proxy = await faultyTable();
beforeAll(async () => {
  setClock('2026-03-02T01:00:00Z');
  await center('yuhu');
});
afterAll(() => proxy.stop());

/** A household of children with a class for each, or of one child with all of them. */
async function household(size: number): Promise<{ parent: Someone; places: { childId: string; sessionId: string }[] }> {
  const profile = { householdId: randomId('h') };
  const children: Someone[] = [];
  for (let count = 0; count < size; count += 1) children.push(await someone({ profile }));
  const slug = `k${randomUUID().slice(0, 8)}`;
  await offering('yuhu', slug, { policy: { passes: [KIND] } });
  const places: { childId: string; sessionId: string }[] = [];
  for (let index = 0; index < MEMBERS; index += 1) {
    const personId = children[index % size]?.personId ?? '';
    const times = { startsAt: `${10 + index}:00`, endsAt: `${11 + index}:00`, residentPriceFen: 500 };
    places.push({ childId: personId, sessionId: await session('yuhu', DATE, { slug, ...times }) });
  }
  return { parent: await someone({ guardianOf: children, profile }), places };
}

/** A pass of the parent with so many units. */
async function passOf({ personId: holderId }: Someone) {
  await citySells({ kindId: KIND, title: { zh: '次卡', en: 'Visits' }, units: MOST, validDays: 30, priceFen: 900 });
  const staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
  const body = { kindId: KIND, reason: '窗口办理' };
  const { pass } = (await city.post(`/v1/people/${holderId}/passes`, { as: staff, body })).body;
  return { payWith: { passId: pass.passId, holderId } };
}

describe.each([
  { counter: 'the allowance of a week', refusal: 'quota-exceeded', isPass: false, per: 'household' },
  { counter: 'an allowance of one person', refusal: 'quota-exceeded', isPass: false, per: 'person' },
  { counter: 'a pass', refusal: 'pass-empty', isPass: true, per: 'household' },
] as const)('concurrent calls on $counter, with faults', ({ refusal, isPass, per }) => {
  test.each(seedsOf(1, 2))('have an order in which they could have happened one by one: seed %i', async (seed) => {
    const random = generator(seed);
    proxy.faults.set(undefined);
    const rule = { per, of: { kind: 'session' }, unit: 'bookings', free: MOST } as const;
    await cityHas(isPass ? [] : [fairUse(rule)]);
    const { parent: as, places } = await household(per === 'person' ? 1 : MEMBERS);
    const paid = isPass ? await passOf(as) : {};
    const history: Call<Op>[] = [];
    const recorded = async (op: Op, call: () => Promise<string>): Promise<string> => {
      const calledAt = performance.now();
      const said = await call();
      history.push({ op, said, calledAt, answeredAt: performance.now() });
      return said;
    };
    const holds = new Map<number, string>();
    const step = async (who: number, { childId, sessionId }: (typeof places)[number]): Promise<void> => {
      const held = holds.get(who);
      if (held && random() < 0.3) return;
      if (held) {
        const path = `/v1/people/${childId}/bookings/${held}/cancel`;
        const body = { refundFen: isPass ? 0 : 500 };
        await recorded({ what: 'cancel', who }, async () => {
          const { status, text } = await settled(() => city.post(path, { as, body }));
          return status === 200 ? 'ok' : text;
        });
        holds.delete(who);
        return;
      }
      const idempotencyKey = randomUUID();
      const body = { sessionIds: [sessionId], beneficiaryIds: [childId], ...paid };
      await recorded({ what: 'book', who }, async () => {
        const answer = await settled(() => city.post('/v1/session-bookings', { as, body, idempotencyKey }));
        const bookingId = answer.body.bookings?.[0]?.bookingId;
        if (bookingId) holds.set(who, bookingId);
        return bookingId ? 'booked' : String(answer.body.code);
      });
    };
    proxy.faults.set({ seed, throttle: 0.003, conflict: 0.08, lostAnswer: 0.05 });
    // All at once, and then all again: what was booked in one round stands at its end.
    for (let round = 0; round < ROUNDS; round += 1) await Promise.all(places.map((place, who) => step(who, place)));
    proxy.faults.set(undefined);
    expect(linearization(history, oneCounter(refusal)), JSON.stringify(history, null, 1)).toBeDefined();
  });
});
