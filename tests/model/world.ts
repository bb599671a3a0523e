import { randomUUID } from 'node:crypto';
import type { Context, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { expect } from 'vitest';
import * as bookings from '../../functions/bookings/handler.ts';
import { auditCenter, releaseOverdueOrders } from '../../functions/bookings/schedule.ts';
import { handler } from '../../functions/bookings/stream.ts';
import * as rooms from '../../functions/rooms/handler.ts';
import * as sessions from '../../functions/sessions/handler.ts';
import { startTableProxy, type TableProxy } from '../../local/table/proxy.ts';
import { asSystem } from '../../shared/access/authorize.ts';
import { waitDecision } from '../../shared/booking/session-item.ts';
import { clockNow } from '../../shared/kernel/clock.ts';
import { environment } from '../../shared/kernel/environment.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { keys } from '../../shared/table/keys.ts';
import { queryAll } from '../../shared/table/read.ts';
import {
  center,
  offering,
  room,
  type Someone,
  session,
  signedInAgain,
  someone,
  storedSession,
} from '../support/builders.ts';
import { differences, storedRoomDay } from '../support/claims.ts';
import { type Answer, cityOf, setClock, tenants } from '../support/invoke.ts';
import type { StreamReader } from '../support/stream.ts';
import { type ModelSession, type UseKind, uses } from './model.ts';

export const DATE = '2026-03-04';
const START = Date.parse('2026-03-02T01:00:00Z');
const PRICE_FEN = 1_000;
const city = cityOf(sessions, rooms, bookings);
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** A small seeded generator (mulberry32): the same seed, the same run. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

let proxy: TableProxy | undefined;

/** Puts the proxy that does harm between this process and the engine; reading the stream stays undisturbed. */
export async function faultyTable(): Promise<TableProxy> {
  if (proxy) return proxy;
  const engineEndpoint = environment('AWS_ENDPOINT_URL_DYNAMODB');
  proxy = await startTableProxy({
    engineEndpoint,
    partitionKeys: new Map([[undefined, 'pk']]),
    callerOf: () => ({ functionName: 'test', environmentId: '0', may: () => true }),
    afterWrite: async () => undefined,
    onDenied: () => undefined,
  });
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = proxy.endpoint;
  return proxy;
}

type Household = { readonly parent: Someone; readonly child: Someone };

/** The real engine with a few households and classes, driven by the names of the model. */
export class World {
  readonly #stream: StreamReader;
  readonly #random: () => number;
  readonly #households: readonly Household[];
  /** Model's session → the stored one. */
  readonly #sessions: ReadonlyMap<string, string>;
  /** Model's order → the stored one. */
  readonly #orders = new Map<string, string>();
  /** Model's room and what comes with it → the stored ones; kinds of use → their offerings. */
  readonly #resources: ReadonlyMap<string, string>;
  readonly #uses: ReadonlyMap<string, string>;
  /** Model's order of a room → its booking. */
  readonly #bookings = new Map<string, { bookingId: string; orderId: string | undefined }>();
  #staff: Someone;
  #now = START;
  #past: DynamoDBRecord[] = [];

  private constructor(
    stream: StreamReader,
    random: () => number,
    households: readonly Household[],
    ids: ReadonlyMap<string, string>,
    rooms: { resources: ReadonlyMap<string, string>; uses: ReadonlyMap<string, string>; staff: Someone },
  ) {
    this.#stream = stream;
    this.#random = random;
    this.#households = households;
    this.#sessions = ids;
    this.#resources = rooms.resources;
    this.#uses = rooms.uses;
    this.#staff = rooms.staff;
  }

  static async make(
    random: () => number,
    stream: StreamReader,
    models: Iterable<ModelSession>,
    families: number,
  ): Promise<World> {
    setClock(new Date(START));
    await center('yuhu');
    const households = await Promise.all(
      Array.from({ length: families }, async () => {
        const child = await someone({ birthDate: '2018-01-01' });
        return { child, parent: await someone({ guardianOf: [child] }) };
      }),
    );
    const ids = new Map<string, string>();
    for (const { id, capacity, from, to, payMinutes } of models) {
      const slug = `x${randomUUID().slice(0, 8)}`;
      const policy = payMinutes === undefined ? {} : { payment: { withinMinutes: payMinutes } };
      const residentPriceFen = payMinutes === undefined ? 0 : PRICE_FEN;
      await offering('yuhu', slug, { policy, residentPriceFen });
      const facts = { slug, capacity, startsAt: clock(from), endsAt: clock(to), residentPriceFen };
      ids.set(id, await session('yuhu', DATE, facts));
    }
    const own = randomUUID().slice(0, 8);
    const resources = new Map([
      ['room', await room('yuhu', `x${own}`)],
      ['projector', await room('yuhu', `y${own}`, { kind: 'equipment' })],
    ]);
    const offered = new Map<string, string>();
    for (const [kind, rules] of Object.entries(uses)) {
      const buffers = { beforeMinutes: rules.pre, afterMinutes: rules.post };
      const approval = 'approvalMinutes' in rules ? { approval: { withinHours: rules.approvalMinutes / 60 } } : {};
      offered.set(kind, await offering('yuhu', `${kind}-${own}`, { policy: { buffers, ...approval } }));
    }
    const staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
    return new World(stream, random, households, ids, { resources, uses: offered, staff });
  }

  /** Ids of everybody, as the model names them. */
  get people(): string[] {
    return this.#households.flatMap(({ parent, child }) => [parent.personId, child.personId]);
  }

  /** The parties that can ask: a parent alone, a child alone, both together. */
  get parties(): string[][] {
    return this.#households.flatMap(({ parent: { personId: one }, child: { personId: other } }) => [
      [one],
      [other],
      [one, other],
    ]);
  }

  #stored(id: string): string {
    const found = this.#sessions.get(id);
    if (!found) throw new Error(`no session ${id}`);
    return found;
  }

  /** The parent of whose household the person is, with a token of now. */
  async #actorFor(personId: string): Promise<Someone> {
    const home = this.#households.find(({ parent, child }) => [parent.personId, child.personId].includes(personId));
    if (!home) throw new Error(`nobody ${personId}`);
    setClock(new Date(this.#now));
    return signedInAgain(home.parent);
  }

  /** Asks until there is an answer: a request that ends without one is sent again under its key. */
  async #settled(send: () => Promise<Answer>): Promise<Answer> {
    for (let tries = 0; tries < 60; tries += 1) {
      setClock(new Date(this.#now));
      const answer = await send();
      if (answer.status !== 503) return answer;
    }
    throw new Error('a request never settled');
  }

  async book(id: string, party: readonly string[], wait: boolean): Promise<Answer> {
    const as = await this.#actorFor(party[0] ?? '');
    const body = { sessionIds: [this.#stored(id)], beneficiaryIds: party, ifFull: wait ? 'wait' : 'refuse' };
    const idempotencyKey = randomUUID();
    return this.#settled(() => city.post('/v1/session-bookings', { as, body, idempotencyKey }));
  }

  named(order: string, orderId: string): void {
    this.#orders.set(order, orderId);
  }

  async confirm(order: string, party: readonly string[], paid: boolean): Promise<Answer> {
    const as = await this.#actorFor(party[0] ?? '');
    const body = paid ? { amountFen: PRICE_FEN * party.length } : {};
    return this.#settled(() => city.post(`/v1/orders/${this.#orders.get(order)}/confirm`, { as, body }));
  }

  async decline(order: string, party: readonly string[]): Promise<Answer> {
    const as = await this.#actorFor(party[0] ?? '');
    return this.#settled(() => city.post(`/v1/orders/${this.#orders.get(order)}/decline`, { as }));
  }

  async cancel(id: string, person: string): Promise<Answer> {
    const as = await this.#actorFor(person);
    const { seats } = await this.#calm(() => storedSession(this.#stored(id)));
    const path = `/v1/people/${person}/bookings/${seats[person]?.b}/cancel`;
    const body = { refundFen: id === 'paid' ? PRICE_FEN : 0 };
    return this.#settled(() => city.post(path, { as, body }));
  }

  async bookRoom(
    person: string,
    from: number,
    to: number,
    kind: UseKind,
    resources: readonly string[],
  ): Promise<Answer> {
    const as = await this.#actorFor(person);
    const [roomId, ...others] = resources.map((name) => this.#resources.get(name) ?? '');
    const body = {
      date: DATE,
      startsAt: clock(from),
      endsAt: clock(to),
      beneficiaryId: person,
      purpose: '排练',
      offeringId: this.#uses.get(kind),
      with: others,
    };
    const idempotencyKey = randomUUID();
    return this.#settled(() => city.post(`/v1/rooms/${roomId}/bookings`, { as, body, idempotencyKey }));
  }

  roomNamed(order: string, { bookingId, orderId }: { bookingId: string; orderId?: string }): void {
    this.#bookings.set(order, { bookingId, orderId });
    if (orderId) this.#orders.set(order, orderId);
  }

  async cancelRoom(order: string, person: string): Promise<Answer> {
    const as = await this.#actorFor(person);
    const path = `/v1/people/${person}/bookings/${this.#bookings.get(order)?.bookingId}/cancel`;
    return this.#settled(() => city.post(path, { as, body: { refundFen: 0 } }));
  }

  async decide(order: string, what: 'approve' | 'reject'): Promise<Answer> {
    setClock(new Date(this.#now));
    const as = await signedInAgain(this.#staff);
    return this.#settled(() => city.post(`/v1/orders/${this.#orders.get(order)}/${what}`, { as }));
  }

  /** What stands on a resource, in the words of the model. */
  async standingOn(resource: string): Promise<string[]> {
    const { entries } = await this.#calm(() => storedRoomDay(this.#resources.get(resource) ?? '', DATE));
    const names = new Map([...this.#bookings].map(([order, { bookingId }]) => [bookingId, order]));
    return Object.keys(entries)
      .map((bookingId) => names.get(bookingId) ?? bookingId)
      .sort();
  }

  async leave(id: string, lead: string): Promise<Answer> {
    const as = await this.#actorFor(lead);
    return this.#settled(() => city.post(`/v1/people/${lead}/waiting/${this.#stored(id)}/leave`, { as }));
  }

  tick(minutes: number): void {
    this.#now += minutes * 60_000;
  }

  async sweep(): Promise<void> {
    await this.#untilDone(() => releaseOverdueOrders(asSystem(tenants()[0], clockNow())));
  }

  /** What is done for the city itself is done again until it is: as the next minute, or the stream's next try, would. */
  async #untilDone(work: () => Promise<unknown>): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      setClock(new Date(this.#now));
      try {
        await work();
        return;
      } catch (error) {
        if (!isRefusal(error, 'try-again') || tries === 60) throw error;
      }
    }
  }

  /** Everything the stream has, in any order, some of it twice, some of it again from long ago; until nothing follows from it. */
  async deliver(): Promise<void> {
    for (let round = 0; round < 20; round += 1) {
      const fresh = await this.#stream.next();
      if (fresh.length === 0) break;
      const again = [...fresh, ...this.#past].filter(() => this.#random() < 0.3);
      for (const record of this.#shuffled([...fresh, ...again])) await this.#deliverOne(record);
      this.#past = [...this.#past, ...fresh].slice(-40);
    }
    setClock(new Date(this.#now + 120_000));
    await this.#untilDone(() => auditCenter(asSystem(tenants()[0], clockNow()), 'yuhu'));
    for (const record of await this.#stream.next()) await this.#deliverOne(record);
  }

  async #deliverOne(record: DynamoDBRecord): Promise<void> {
    for (let tries = 0; tries < 60; tries += 1) {
      setClock(new Date(this.#now));
      const event = { Records: [record] } satisfies DynamoDBStreamEvent;
      const answer = await handler(event, {} as Context, () => undefined);
      if (answer?.batchItemFailures.length === 0) return;
    }
    throw new Error('a record never settled');
  }

  #shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((value) => ({ value, at: this.#random() }))
      .sort((one, other) => one.at - other.at)
      .map(({ value }) => value);
  }

  /** What is looked at by the test itself is looked at in calm. */
  async #calm<T>(look: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await look();
      } catch (error) {
        if (!isRefusal(error, 'try-again') || tries === 60) throw error;
      }
    }
  }

  /** What is stored of a session, in the words of the model. */
  async stateOf(
    id: string,
  ): Promise<{ seats: string[]; queue: string[]; decisions: number; offers: Map<string, string> }> {
    const sessionId = this.#stored(id);
    return this.#calm(async () => {
      const { seats, queue, decisions, last } = await storedSession(sessionId);
      const log = await queryAll({ pk: keys.decisions(tenants()[0], sessionId) }, waitDecision);
      expect(log.map(({ n }) => n)).toEqual(Array.from({ length: decisions }, (_, index) => index + 1));
      expect(last?.n ?? 0).toBe(decisions);
      const offers = new Map(log.flatMap(({ lead, orderId }) => (orderId ? [[lead, orderId] as const] : [])));
      return {
        seats: Object.keys(seats).sort(),
        queue: queue.map((one) => one.split(':')[0] ?? ''),
        decisions,
        offers,
      };
    });
  }

  /** Everything in which rows and days differ from the claims. */
  differences(): Promise<string[]> {
    const sessionIds = [...this.#sessions.values()];
    const roomIds = [this.#resources.get('room') ?? ''];
    return this.#calm(() => differences({ sessionIds, roomIds, dates: [DATE], personIds: this.people }));
  }
}
