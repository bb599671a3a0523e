import { afterAll, describe, expect, test } from 'vitest';
import { StreamReader } from '../support/stream.ts';
import { Model, type ModelOrder, type UseKind } from './model.ts';
import { faultyTable, generator, World } from './world.ts';

/**
 * Random commands against the real engine and a plain model, in step. On the way calls are throttled, meet conflicts, and answers are
 * lost; stream records come twice, late and in any order; the clock moves. Each answer must be the model's, and at rest nothing may be
 * sold twice, lost, or left held. `LINLI_SEED=7 npx vitest run --project engine tests/model` runs one seed again.
 */
const wanted = process.env['LINLI_SEED'];
const seeds = wanted ? [Number(wanted)] : [1, 2, 3, 4];
const COMMANDS = 40;
/** In steps of seven minutes, so that no command falls on the minute in which a hold of ten, thirty or sixty ends. */
const STEP_MINUTES = 7;

const stream = new StreamReader();
const proxy = await faultyTable();
afterAll(() => proxy.stop());

const classes = [
  { id: 'two', capacity: 2, from: 9 * 60, to: 10 * 60 },
  { id: 'one', capacity: 1, from: 9 * 60 + 30, to: 10 * 60 + 30 },
  { id: 'paid', capacity: 3, from: 14 * 60, to: 15 * 60, payMinutes: 10 },
];

class Run {
  readonly model: Model;
  readonly world: World;
  readonly random: () => number;
  readonly log: string[] = [];

  constructor(model: Model, world: World, random: () => number) {
    this.model = model;
    this.world = world;
    this.random = random;
  }

  static async start(seed: number): Promise<Run> {
    const random = generator(seed);
    const model = new Model(classes);
    proxy.faults.set(undefined);
    const world = await World.make(random, stream, model.sessions.values(), 4);
    proxy.faults.set({ seed, throttle: 0.003, conflict: 0.05, lostAnswer: 0.03 });
    return new Run(model, world, random);
  }

  pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.random() * list.length)];
  }

  /** One command, drawn by weight; what cannot be done at the moment is something else instead. */
  async step(): Promise<void> {
    const draw = this.random();
    if (draw < 0.32) return this.book();
    if (draw < 0.48) return this.bookRoom();
    if (draw < 0.56) return this.confirm();
    if (draw < 0.6) return this.decline();
    if (draw < 0.68) return this.cancel();
    if (draw < 0.72) return this.cancelRoom();
    if (draw < 0.76) return this.decide();
    if (draw < 0.79) return this.leave();
    if (draw < 0.86) return this.tick(Math.ceil(this.random() * 4) * STEP_MINUTES);
    if (draw < 0.91) return this.sweep();
    return this.deliver();
  }

  says(command: string, model: string, world: string): void {
    this.log.push(`${command} → ${model}`);
    expect(world, this.log.join('\n')).toBe(model);
  }

  async book(): Promise<void> {
    const session = this.pick([...this.model.sessions.keys()]) ?? '';
    const party = this.pick(this.world.parties) ?? [];
    const wait = this.random() < 0.6;
    const expected = this.model.book(session, party, wait);
    const { status, body } = await this.world.book(session, party, wait);
    const [state = '', order = ''] = expected.split(' ');
    if (status === 201 && body.bookings?.length) {
      this.world.named(order, body.orderId);
      this.says(`book ${session} ${party}`, state, body.bookings[0].state);
    } else {
      const said = status === 201 ? `waiting ${body.waiting.position}` : body.code;
      this.says(`book ${session} ${party} ${wait}`, expected, said);
    }
  }

  async bookRoom(): Promise<void> {
    const person = this.pick(this.world.people) ?? '';
    const from = 9 * 60 + Math.floor(this.random() * 12) * 30;
    const to = from + (this.pick([30, 60, 120]) ?? 30);
    const kind = this.pick<UseKind>(['plain', 'rehearsal', 'banquet']) ?? 'plain';
    const resources = this.random() < 0.4 ? ['room', 'projector'] : ['room'];
    const expected = this.model.bookRoom(person, from, to, kind, resources);
    const { status, body } = await this.world.bookRoom(person, from, to, kind, resources);
    const [state = '', order = ''] = expected.split(' ');
    if (status === 201) this.world.roomNamed(order, body.booking);
    this.says(
      `room ${person} ${from}-${to} ${kind} ${resources}`,
      state,
      status === 201 ? body.booking.state : body.code,
    );
  }

  /** Uses of the room that can still be canceled. */
  uses(): ModelOrder[] {
    return [...this.model.orders.values()].filter(({ use, status }) => use && status === 'booked');
  }

  async cancelRoom(): Promise<void> {
    const order = this.pick(this.uses());
    if (!order?.use) return this.bookRoom();
    const expected = this.model.cancelRoom(order.id);
    const { status, body } = await this.world.cancelRoom(order.id, order.use.person);
    this.says(`cancel ${order.id}`, expected, status === 200 ? 'ok' : body.code);
  }

  /** The center says yes or no. */
  async decide(): Promise<void> {
    const order = this.pick([...this.model.orders.values()].filter((one) => one.for === 'approval').slice(-4));
    if (!order) return this.bookRoom();
    const yes = this.random() < 0.7;
    const expected = yes ? this.model.approve(order.id) : this.model.decline(order.id);
    const { status, body } = await this.world.decide(order.id, yes ? 'approve' : 'reject');
    this.says(`${yes ? 'approve' : 'reject'} ${order.id}`, expected, status === 200 ? 'ok' : body.code);
  }

  orders(): ModelOrder[] {
    return [...this.model.orders.values()].filter((order) => order.for);
  }

  async confirm(): Promise<void> {
    const open = this.orders().filter((one) => one.for !== 'approval');
    const order = this.pick(open.slice(-6));
    if (!order) return this.book();
    const expected = this.model.confirm(order.id);
    const { status, body } = await this.world.confirm(order.id, order.party, order.for === 'payment');
    this.says(`confirm ${order.id}`, expected, status === 200 ? 'ok' : body.code);
  }

  async decline(): Promise<void> {
    const order = this.pick(this.orders().slice(-4));
    if (!order) return this.book();
    const expected = this.model.decline(order.id);
    const { status, body } = await this.world.decline(order.id, order.party);
    this.says(`decline ${order.id}`, expected, status === 200 ? 'ok' : body.code);
  }

  async cancel(): Promise<void> {
    const booked = [...this.model.sessions.values()].flatMap(({ id, seats }) =>
      [...seats].flatMap(([person, order]) =>
        this.model.orders.get(order)?.status === 'booked' ? [{ id, person }] : [],
      ),
    );
    const place = this.pick(booked);
    if (!place) return this.book();
    const expected = this.model.cancel(place.id, place.person);
    const { status, body } = await this.world.cancel(place.id, place.person);
    this.says(`cancel ${place.id} ${place.person}`, expected, status === 200 ? 'ok' : body.code);
  }

  async leave(): Promise<void> {
    const waiting = [...this.model.sessions.values()].flatMap(({ id, queue }) =>
      queue.map(({ lead }) => ({ id, lead })),
    );
    const one = this.pick(waiting);
    if (!one) return this.tick(STEP_MINUTES);
    const expected = this.model.leave(one.id, one.lead);
    const { status, body } = await this.world.leave(one.id, one.lead);
    this.says(`leave ${one.id} ${one.lead}`, expected, status === 204 ? 'ok' : body.code);
  }

  async tick(minutes: number): Promise<void> {
    this.model.now += minutes;
    this.world.tick(minutes);
    this.log.push(`tick ${minutes}`);
  }

  async sweep(): Promise<void> {
    this.model.sweep();
    await this.world.sweep();
    this.log.push('sweep');
  }

  /** Everything arrives; then both must stand alike, and rows and days agree with the claims. */
  async deliver(): Promise<void> {
    this.log.push('deliver');
    const offers = this.model.deliver();
    await this.world.deliver();
    for (const { id, seats, queue, decisions } of this.model.sessions.values()) {
      const stored = await this.world.stateOf(id);
      const expected = { seats: [...seats.keys()].sort(), queue: queue.map(({ lead }) => lead), decisions };
      const { seats: people, queue: line, decisions: count } = stored;
      expect({ seats: people, queue: line, decisions: count }, this.log.join('\n')).toEqual(expected);
      for (const offer of offers.filter(({ session }) => session === id))
        this.world.named(offer.id, stored.offers.get(offer.party[0] ?? '') ?? '');
    }
    for (const resource of ['room', 'projector']) {
      const standing = [...this.model.orders.values()].filter(
        ({ use, status }) => use?.resources.includes(resource) && status !== 'released',
      );
      const expected = standing.map(({ id }) => id).sort();
      expect(await this.world.standingOn(resource), this.log.join('\n')).toEqual(expected);
    }
    expect(await this.world.differences(), this.log.join('\n')).toEqual([]);
  }
}

describe('random commands, the engine and a plain model in step', () => {
  test.each(seeds)(
    'seed %i',
    async (seed) => {
      const run = await Run.start(seed);
      for (let count = 0; count < COMMANDS; count += 1) await run.step();
      await run.deliver();
      // In the end every hold has run out, or was confirmed: nothing is left held, and whoever waited was asked in their turn.
      proxy.faults.set(undefined);
      do {
        await run.tick(10 * STEP_MINUTES);
        await run.sweep();
        await run.deliver();
      } while (run.orders().some(({ status }) => status === 'held'));
      for (const { seats } of run.model.sessions.values())
        for (const order of seats.values()) expect(run.model.orders.get(order)?.status).toBe('booked');
    },
    180_000,
  );
});
