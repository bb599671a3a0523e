import { afterAll, expect } from 'vitest';
import { differences } from '../../support/claims.ts';
import { StreamReader } from '../../support/stream.ts';
import { faultyTable } from './faults.ts';
import { City, type Order, type Per, type Place, perOf } from './model/city.ts';
import { Closures } from './model/closures.ts';
import { PASS_UNITS, type Session, Sessions, type Wanted } from './model/sessions.ts';
import { generator } from './random.ts';
import { type Commands, type Driven, inStep, Run, STEP_MINUTES } from './run.ts';
import { counterOf, standingRows, unitsLeft } from './world/accounts.ts';
import { clock, World } from './world/city.ts';
import { ClosuresWorld } from './world/closures.ts';
import { city, SessionsWorld } from './world/sessions.ts';

/**
 * Random commands on sessions, against the real engine and a plain model, in step: orders of several people in several sessions, holds and
 * payments, passes, the week's allowance, waiting in line, canceling a part of a family's order, closing and lifting. On the way calls are
 * throttled, meet conflicts, and answers are lost; stream records come twice, late and in any order; the clock moves. Each answer must be
 * the model's, and at rest nothing may be sold twice, lost, or left held. `LINLI_SEED=7 npx vitest run --project engine tests/system/model` runs
 * one seed again.
 */
const WEDNESDAY = '2026-03-04';
const NEXT_MONDAY = '2026-03-09';
const DATES = [WEDNESDAY, NEXT_MONDAY];
/** Families of the run with a long line: a block, and a tail. */
const LONG_LINE = 24;
const FEW_WAIT = 5;

const stream = new StreamReader();
const proxy = await faultyTable();
afterAll(() => proxy.stop());

const free = { date: WEDNESDAY, priceFen: 0 };
/** Half of the price is kept from an hour after the run begins on. */
const late = [{ underHours: 49, keepPercent: 50 }];
/** One class at three times: where one is closed the others are equal places. */
const choir = { class: 'choir', passes: true };
const sessions: readonly Session[] = [
  { ...free, id: 'two', class: 'two', capacity: 2, from: 9 * 60, to: 10 * 60 },
  { ...free, id: 'one', class: 'one', capacity: 1, from: 9 * 60 + 30, to: 10 * 60 + 30 },
  { ...free, id: 'paid', class: 'paid', capacity: 3, from: 14 * 60, to: 15 * 60, priceFen: 1_000, payMinutes: 10 },
  {
    ...free,
    id: 'family',
    class: 'family',
    capacity: 3,
    from: 11 * 60,
    to: 12 * 60,
    priceFen: 1_001,
    percents: [100, 50],
    tiers: late,
    passes: true,
  },
  { ...free, id: 'choir', ...choir, capacity: 3, from: 16 * 60, to: 17 * 60, priceFen: 500 },
  { ...free, id: 'choir-later', ...choir, capacity: 2, from: 17 * 60 + 30, to: 18 * 60 + 30, priceFen: 400 },
  { ...free, id: 'choir-monday', ...choir, capacity: 2, date: NEXT_MONDAY, from: 16 * 60, to: 17 * 60 },
];

class SessionsRun extends Run {
  readonly per: Per;
  readonly sessions: Sessions;
  readonly closures: Closures;
  readonly engine: SessionsWorld;
  readonly closing: ClosuresWorld;

  private constructor(
    random: () => number,
    { model, per }: { model: City; per: Per },
    world: World,
    engine: SessionsWorld,
  ) {
    super(model, world, random);
    this.per = per;
    this.sessions = new Sessions(model, sessions);
    this.closures = new Closures(model);
    this.engine = engine;
    this.closing = new ClosuresWorld(world, city);
  }

  static start = (seed: number, faults: boolean): Promise<SessionsRun> => SessionsRun.#start(seed, faults, 4);

  /** So many families that the line of one session is filed in blocks from the beginning, and is as long as them in the end. */
  static async startLong(seed: number, faults: boolean): Promise<Driven> {
    const run = await SessionsRun.#start(seed, faults, LONG_LINE);
    for (const [parent = ''] of run.world.households) await run.join('two', [parent]);
    return Object.assign(run, { commands: run.commandsOnLine });
  }

  static async #start(seed: number, faults: boolean, families: number): Promise<SessionsRun> {
    const random = generator(seed);
    const per = perOf(seed);
    proxy.faults.set(undefined);
    const world = await World.make(random, stream, families);
    const engine = await SessionsWorld.make(world, sessions, per);
    if (faults) proxy.faults.set({ seed, throttle: 0.003, conflict: 0.05, lostAnswer: 0.03 });
    world.die(faults);
    return new SessionsRun(random, { model: new City(world.households, per), per }, world, engine);
  }

  /** What cannot be done at the moment is something else instead. */
  readonly commands: Commands = [
    [38, () => this.book()],
    [12, () => this.confirm()],
    [4, () => this.decline()],
    [12, () => this.cancel()],
    [3, () => this.leave()],
    [4, () => this.close()],
    [5, () => this.lift()],
    [7, async () => this.tick(Math.ceil(this.random() * 4) * STEP_MINUTES)],
    [4, () => this.sweep()],
    [8, () => this.deliver()],
  ];

  /** The same with a long line before the places: most who come join it, and many leave it from the middle. */
  readonly commandsOnLine: Commands = [
    [20, () => this.join('two', this.pick(this.world.parties) ?? [])],
    [6, () => this.book()],
    [10, () => this.confirm()],
    [8, () => this.decline()],
    [14, () => this.cancel()],
    [16, () => this.leave()],
    [1, () => this.close()],
    [3, () => this.lift()],
    [6, async () => this.tick(Math.ceil(this.random() * 4) * STEP_MINUTES)],
    [6, () => this.sweep()],
    [10, () => this.deliver()],
  ];

  join(id: string, party: readonly string[]): Promise<void> {
    return this.ask({ sessions: [id], party, pass: false, wait: true });
  }

  async book(): Promise<void> {
    const pass = this.random() < 0.25;
    const fitting = pass && this.random() < 0.9 ? sessions.filter(({ passes }) => passes) : sessions;
    const ids = fitting.map(({ id }) => id);
    // Often those with few places, so that there is a line.
    const first = this.pick(!pass && this.random() < 0.4 ? ['one', 'two'] : ids) ?? '';
    const second = this.random() < 0.3 ? this.pick(ids.filter((id) => id !== first)) : undefined;
    const party = this.pick(this.world.parties) ?? [];
    const wanted = {
      sessions: second ? [first, second] : [first],
      party,
      pass,
      wait: !second && !pass && this.random() < 0.7,
    };
    await this.ask(wanted);
  }

  async ask(wanted: Wanted): Promise<void> {
    const expected = this.sessions.book(wanted);
    const { status, body } = await this.engine.book(wanted);
    const [state = '', order = ''] = expected.split(' ');
    const isBooked = status === 201 && body.bookings?.length > 0;
    if (isBooked) this.world.named(order, body.orderId);
    const said = isBooked ? body.bookings[0].state : status === 201 ? `waiting ${body.waiting.position}` : body.code;
    this.says(`book ${JSON.stringify(wanted)}`, isBooked ? state : expected, said);
  }

  async confirm(): Promise<void> {
    const order = this.pick(this.held().slice(-6));
    if (!order) return this.book();
    const current = order.places.filter(({ stands }) => stands);
    const amountFen = order.for === 'payment' ? current.reduce((sum, { priceFen }) => sum + priceFen, 0) : undefined;
    const expected = this.sessions.confirm(order.id);
    const { status, body } = await this.world.confirm(order.id, order.places[0]?.person ?? '', city, amountFen);
    this.says(`confirm ${order.id}`, expected, status === 200 ? 'ok' : body.code);
  }

  async decline(): Promise<void> {
    const order = this.pick(this.held().slice(-4));
    if (!order) return this.book();
    const expected = this.city.decline(order.id);
    const { status, body } = await this.world.decline(order.id, order.places[0]?.person ?? '', city);
    this.says(`decline ${order.id}`, expected, status === 200 ? 'ok' : body.code);
  }

  async cancel(): Promise<void> {
    const places = sessions.flatMap(({ id }) => [...this.sessions.seats(id).keys()].map((person) => ({ id, person })));
    const waitedFor = places.filter((place) => this.sessions.session(place.id).queue.length > 0);
    const place = this.pick(waitedFor.length > 0 && this.random() < 0.5 ? waitedFor : places);
    if (!place) return this.book();
    const { id, person } = place;
    const isBooked = this.sessions.seats(id).get(person)?.order.status === 'booked';
    const comesTo = isBooked ? this.sessions.canceling(id, person) : undefined;
    if (comesTo) {
      const { body } = await this.engine.quote(id, person);
      const { refundFen, keptFen } = body.cancellation;
      this.says(`quote ${id} ${person}`, [comesTo.refundFen, comesTo.keptFen], [refundFen, keptFen]);
    }
    const expected = this.sessions.cancel(id, person);
    const { status, body } = await this.engine.cancel(id, person, comesTo?.refundFen ?? 0);
    this.says(`cancel ${id} ${person}`, expected, status === 200 ? 'ok' : body.code);
  }

  async leave(): Promise<void> {
    const waiting = [...this.sessions.all.values()].flatMap(({ id, queue }) => queue.map(({ lead }) => ({ id, lead })));
    const one = this.pick(waiting);
    if (!one) return this.tick(STEP_MINUTES);
    await this.leaveLine(one);
  }

  async leaveLine(one: { id: string; lead: string }): Promise<void> {
    const expected = this.sessions.leave(one.id, one.lead);
    const { status, body } = await this.engine.leave(one.id, one.lead);
    this.says(`leave ${one.id} ${one.lead}`, expected, status === 204 ? 'ok' : body.code);
  }

  /** Who has a place loses it, and is offered another, together with whom they booked, in the order in which they did; who waits, waits no longer. */
  async close(): Promise<void> {
    const session = this.pick([...this.sessions.all.values()]);
    if (!session) return;
    const { name, cases } = this.closures.begin();
    session.shutBy.add(name);
    session.queue = [];
    const seats = this.sessions.seats(session.id);
    const seated = (await this.engine.inOrder(session.id)).map((person) => {
      const seat = seats.get(person);
      if (!seat) throw new Error(`${person} has a place that the model does not know`);
      return seat;
    });
    const find = (lost: readonly Place[]) => {
      const found = this.sessions.equal(lost);
      return found && lost.map((place) => this.sessions.instead(found, place));
    };
    for (const [order, party] of Map.groupBy(seated, (seat) => seat.order)) {
      const lost = party.map(({ place }) => place);
      cases.push(...this.closures.end(order, lost, find));
    }
    this.log.push(
      `close ${session.id} as ${name}: ${JSON.stringify(cases.map(({ lost, offer }) => [lost.person, offer?.id]))}`,
    );
    await this.closing.close(name, { kind: 'session', sessionId: this.engine.stored(session.id) });
    await this.learn(cases.flatMap(({ offer }) => offer ?? []));
    await this.reportsMustAddUp(this.closures, this.closing);
  }

  async lift(): Promise<void> {
    const shut = [...this.sessions.all.values()].flatMap(({ shutBy }) => [...shutBy]);
    const name = this.pick(shut);
    if (!name) return this.book();
    for (const { shutBy } of this.sessions.all.values()) shutBy.delete(name);
    this.log.push(`lift ${name}`);
    await this.closing.lift(name);
  }

  /** The names of orders that the city has made by itself. */
  async learn(offers: readonly Order[]): Promise<void> {
    for (const { id, places } of offers) {
      const [place] = places;
      if (place) this.world.named(id, await this.engine.orderOf(place.where, place.person));
    }
  }

  /** What stands at this very moment, whatever the stream has yet to bring: places, lines, days, counters. */
  async claimsMustAgree(): Promise<void> {
    for (const { id, queue, decisions, shutBy } of this.sessions.all.values()) {
      const seats = [...this.sessions.seats(id).keys()].sort();
      const expected = { seats, queue: queue.map(({ lead }) => lead), decisions, shut: shutBy.size > 0 };
      this.same(`session ${id}`, expected, await this.engine.stateOf(id));
    }
    for (const person of this.world.people) {
      const day = this.city.dayOf(person).map(({ at }) => `${at.date} ${clock(at.from)}-${clock(at.to)}`);
      this.same(`day of ${person}`, day.sort(), await this.world.dayOf(person, DATES));
    }
    const { counters } = this.city;
    for (const owner of this.city.owners) {
      for (const week of ['2026-W10', '2026-W11']) {
        const { used } = await counterOf(this.world, { owner, per: this.per }, `bookings-week.${week}`);
        this.same(`bookings of ${owner} in ${week}`, counters.used(`bookings ${owner} ${week}`), used);
      }
    }
    for (const [holder = ''] of this.world.households) {
      const left = await unitsLeft(this.world, holder, this.engine.passOf(holder));
      this.same(`units left to ${holder}`, PASS_UNITS - counters.used(this.sessions.passOf(holder)), left);
      expect(left).toBeGreaterThanOrEqual(0);
    }
  }

  /** Everything arrives; then both stand alike, what is derived agrees with the claims, and amounts and reports add up. */
  async deliver(): Promise<void> {
    this.log.push('deliver');
    const offers = this.sessions.deliver();
    this.same('mended by the audit', [], await this.world.deliver());
    await this.closing.carryOn();
    await this.learn(offers);
    await this.claimsMustAgree();
    for (const { id } of sessions) await this.engine.mustHaveLog(id);
    for (const person of this.world.people) {
      const rows = this.standingOf(person).map(({ place: { where, at, priceFen }, order: { status } }) =>
        [this.engine.stored(where), at.date, clock(at.from), status, priceFen].join(' '),
      );
      this.same(`rows of ${person}`, rows.sort(), await standingRows(this.world, person));
    }
    const scene = { sessionIds: this.engine.ids, dates: DATES, personIds: this.world.people };
    this.same('differences', [], await this.world.calm(() => differences(scene)));
    await this.accountsMustAddUp();
    await this.reportsMustAddUp(this.closures, this.closing);
  }

  /** In the end every hold has run out, or was confirmed: nothing is left held, and whoever waited was asked in their turn. */
  async end(): Promise<void> {
    // A long line would be asked into the night, when offers last until the morning: most of it gives up.
    for (const { id } of sessions)
      while (this.sessions.session(id).queue.length > FEW_WAIT) {
        const lead = this.pick(this.sessions.session(id).queue)?.lead ?? '';
        await this.leaveLine({ id, lead });
      }
    do {
      this.tick(10 * STEP_MINUTES);
      await this.sweep();
      await this.deliver();
    } while (this.held().some(({ status }) => status === 'held'));
    for (const { id } of sessions)
      for (const { order } of this.sessions.seats(id).values()) expect(order.status).toBe('booked');
  }
}

inStep('sessions', SessionsRun.start, () => proxy.faults.set(undefined));
inStep('a session with a long line', SessionsRun.startLong, () => proxy.faults.set(undefined));
