import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as bookings from '../../../functions/bookings/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { center, people, type Someone, session, storedSession } from '../../support/builders.ts';
import { type Answer, cityOf, setClock } from '../../support/invoke.ts';
import { seedsOf } from '../../support/seeds.ts';
import { faultyTable, settled } from './faults.ts';
import { type Call, linearization, type Sequential } from './linearizable.ts';
import { generator } from './random.ts';

type Op = { readonly what: 'book' | 'book or wait' | 'cancel'; readonly who: number };
type State = { readonly seated: readonly number[]; readonly line: readonly number[]; readonly number: number };

/** One session, one call after another. */
const oneSession = (capacity: number): Sequential<State, Op> => ({
  initial: { seated: [], line: [], number: 0 },
  nameOf: ({ seated, line, number }) => `${[...seated].sort().join()}|${line.join()}|${number}`,
  apply: (state, { what, who }) => {
    if (what === 'cancel')
      return { says: 'ok', state: { ...state, seated: state.seated.filter((one) => one !== who) } };
    if (state.seated.includes(who)) return { says: 'already-booked', state };
    if (state.line.length === 0 && state.seated.length < capacity)
      return { says: 'booked', state: { ...state, seated: [...state.seated, who] } };
    if (what === 'book') return { says: 'session-full', state };
    const number = state.number + 1;
    return { says: `number ${number}`, state: { ...state, number, line: [...state.line, who] } };
  },
});

describe('the checker itself', () => {
  const book = (who: number, said: string, calledAt: number, answeredAt: number): Call<Op> => ({
    op: { what: 'book', who },
    said,
    calledAt,
    answeredAt,
  });
  test('finds an order where there is one, whatever came first', () => {
    expect(linearization([book(1, 'session-full', 0, 9), book(2, 'booked', 1, 8)], oneSession(1))).toEqual([1, 0]);
  });
  test('finds none where a place was sold twice, or somebody was refused for nothing', () => {
    expect(linearization([book(1, 'booked', 0, 9), book(2, 'booked', 1, 8)], oneSession(1))).toBeUndefined();
    expect(linearization([book(1, 'session-full', 0, 1), book(2, 'booked', 2, 3)], oneSession(1))).toBeUndefined();
  });
  test('finds none where a later one passes who already waits', () => {
    const wait: Call<Op> = { op: { what: 'book or wait', who: 2 }, said: 'number 1', calledAt: 2, answeredAt: 3 };
    const cancel: Call<Op> = { op: { what: 'cancel', who: 1 }, said: 'ok', calledAt: 4, answeredAt: 5 };
    const history = [book(1, 'booked', 0, 1), wait, cancel, book(3, 'booked', 6, 7)];
    expect(linearization(history, oneSession(1))).toBeUndefined();
  });
});

const DATE = '2026-03-04';
const city = cityOf(sessions, bookings);
const proxy = await faultyTable();
beforeAll(async () => {
  setClock('2026-03-02T01:00:00Z');
  await center('yuhu');
});
afterAll(() => proxy.stop());

describe('concurrent calls on one session, with faults', () => {
  const CAPACITY = 3;
  const CLIENTS = 8;
  const CALLS_EACH = 6;

  test.each(seedsOf(1, 2, 3))('have an order in which they could have happened one by one: seed %i', async (seed) => {
    const random = generator(seed);
    proxy.faults.set(undefined);
    const crowd = await people(CLIENTS);
    const sessionId = await session('yuhu', DATE, { slug: `x${randomUUID().slice(0, 8)}`, capacity: CAPACITY });
    const history: Call<Op>[] = [];
    const said = ({ status, body }: Answer): string | undefined => {
      if (status !== 201) return String(body.code);
      if (!body.waiting) return 'booked';
      return body.waiting.number ? `number ${body.waiting.number}` : undefined;
    };
    const recorded = async (op: Op, call: () => Promise<string | undefined>): Promise<string | undefined> => {
      const calledAt = performance.now();
      const answer = await call();
      history.push({ op, said: answer, calledAt, answeredAt: performance.now() });
      return answer;
    };
    const client = async (who: number, as: Someone): Promise<void> => {
      let holds: string | undefined;
      for (let count = 0; count < CALLS_EACH; count += 1) {
        if (holds) {
          const path = `/v1/people/${as.personId}/bookings/${holds}/cancel`;
          const op = { what: 'cancel', who } as const;
          await recorded(op, async () => {
            const { status } = await settled(() => city.post(path, { as, body: { refundFen: 0 } }));
            return status === 200 ? 'ok' : String(status);
          });
          holds = undefined;
          continue;
        }
        const wait = random() < 0.15;
        const idempotencyKey = randomUUID();
        const body = { sessionIds: [sessionId], beneficiaryIds: [as.personId], ifFull: wait ? 'wait' : 'refuse' };
        const op = { what: wait ? 'book or wait' : 'book', who } as const;
        const answer = await recorded(op, async () => {
          const response = await settled(() => city.post('/v1/session-bookings', { as, body, idempotencyKey }));
          holds = response.body.bookings?.[0]?.bookingId;
          return said(response);
        });
        if (wait && !holds && answer !== 'already-booked') return; // in line: nothing more to ask
      }
    };
    proxy.faults.set({ seed, throttle: 0.003, conflict: 0.08, lostAnswer: 0.05 });
    await Promise.all(crowd.map((as, who) => client(who, as)));
    proxy.faults.set(undefined);
    const order = linearization(history, oneSession(CAPACITY));
    expect(order, JSON.stringify(history, null, 1)).toBeDefined();
    const { taken, seats } = await storedSession(sessionId);
    expect(taken).toBe(Object.keys(seats).length);
    expect(taken).toBeLessThanOrEqual(CAPACITY);
  });
});
