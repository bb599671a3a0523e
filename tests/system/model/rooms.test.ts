import { afterAll } from 'vitest';
import type { Series as SeriesView } from '../../../shared/contracts/series.ts';
import { differences } from '../../support/claims.ts';
import { StreamReader } from '../../support/stream.ts';
import { faultyTable } from './faults.ts';
import { City, meet, type Order, type Per, type Place, perOf, START_DATE, type Stretch } from './model/city.ts';
import { Closures } from './model/closures.ts';
import { Rooms, type UseKind, type WantedRoom } from './model/rooms.ts';
import { type Series, SeriesOfRooms } from './model/series.ts';
import { generator } from './random.ts';
import { type Commands, inStep, Run, STEP_MINUTES } from './run.ts';
import { counterOf, standingRows } from './world/accounts.ts';
import { clock, World } from './world/city.ts';
import { ClosuresWorld } from './world/closures.ts';
import { city, RoomsWorld } from './world/rooms.ts';
import { SeriesWorld } from './world/series.ts';

/**
 * The same for rooms: buffers and what comes along, the center's approval, free hours of a week and what is paid beyond, series of which
 * one date is moved or all that follow are called off, by clients that may die, and closures of a room or of what comes with it for a time.
 */
const FIRST = '2026-03-04';
const WEEKS = 3;
const SERIES_DATES = [FIRST, '2026-03-11', '2026-03-18'];
/** From the day of the run on, as far as a closure of the second week looks for another place. */
const DATES = Array.from({ length: 17 }, (_, days) =>
  new Date(Date.parse(START_DATE) + days * 86_400_000).toISOString().slice(0, 10),
);
const ROOMS = ['hall', 'studio'];
const PROJECTOR = 'projector';

const stream = new StreamReader();
const proxy = await faultyTable();
afterAll(() => proxy.stop());

class RoomsRun extends Run {
  readonly per: Per;
  readonly rooms: Rooms;
  readonly series: SeriesOfRooms;
  readonly closures: Closures;
  readonly engine: RoomsWorld;
  readonly repeating: SeriesWorld;
  readonly closing: ClosuresWorld;

  private constructor(
    random: () => number,
    { model, per }: { model: City; per: Per },
    world: World,
    engine: RoomsWorld,
  ) {
    super(model, world, random);
    this.per = per;
    this.rooms = new Rooms(model, ROOMS);
    this.series = new SeriesOfRooms(model, this.rooms);
    this.closures = new Closures(model);
    this.engine = engine;
    this.repeating = new SeriesWorld(world, engine);
    this.closing = new ClosuresWorld(world, city);
  }

  static async start(seed: number, faults: boolean): Promise<RoomsRun> {
    const random = generator(seed);
    const per = perOf(seed);
    proxy.faults.set(undefined);
    const world = await World.make(random, stream, 3);
    const engine = await RoomsWorld.make(world, { names: ROOMS, equipment: [PROJECTOR], per });
    if (faults) proxy.faults.set({ seed, throttle: 0.003, conflict: 0.05, lostAnswer: 0.03 });
    world.die(faults);
    return new RoomsRun(random, { model: new City(world.households, per), per }, world, engine);
  }

  /** What cannot be done at the moment is something else instead. */
  readonly commands: Commands = [
    [26, () => this.book()],
    [9, () => this.cancel()],
    [8, () => this.decide()],
    [10, () => this.answer()],
    [8, () => this.makeSeries()],
    [10, () => this.moveOne()],
    [4, () => this.cancelFrom()],
    [7, () => this.close()],
    [6, () => this.lift()],
    [8, async () => this.tick(Math.ceil(this.random() * 8) * STEP_MINUTES)],
    [3, () => this.sweep()],
    [6, () => this.deliver()],
  ];

  wanted(date: string, kinds: readonly UseKind[]): WantedRoom {
    const from = 9 * 60 + Math.floor(this.random() * 8) * 30;
    const at = { date, from, to: from + (this.pick([30, 60, 120]) ?? 30) };
    const room = this.pick(ROOMS) ?? '';
    const resources = this.random() < 0.5 ? [room, PROJECTOR] : [room];
    return { person: this.pick(this.world.people) ?? '', at, kind: this.pick(kinds) ?? 'plain', resources };
  }

  async book(): Promise<void> {
    const wanted = this.wanted(FIRST, ['plain', 'rehearsal', 'banquet']);
    const { says, order } = this.rooms.book(wanted);
    const { status, body } = await this.engine.book(wanted);
    if (order && body.booking?.orderId) this.world.named(order.id, body.booking.orderId);
    const expected = order ? `${order.status} for ${order.places[0]?.priceFen}` : says;
    const said = status === 201 ? `${body.booking.state} for ${body.booking.residentPriceFen}` : body.code;
    this.says(`book ${JSON.stringify(wanted)}`, expected, said);
  }

  /** Uses that stand, by the status of their order. */
  uses(status: Order['status']): { order: Order; place: Place }[] {
    return this.world.people
      .flatMap((person) => this.standingOf(person))
      .filter(({ order }) => order.status === status);
  }

  async cancel(): Promise<void> {
    const { order, place } = this.pick(this.uses('booked')) ?? {};
    if (!order || !place) return this.book();
    const { status, body } = await this.engine.cancel(place);
    this.says(`cancel ${order.id}`, this.rooms.cancel(order), status === 200 ? 'ok' : body.code);
  }

  /** The center says yes or no. */
  async decide(): Promise<void> {
    const order = this.pick(
      this.held()
        .filter((one) => one.for === 'approval')
        .slice(-4),
    );
    if (!order) return this.book();
    const yes = this.random() < 0.7;
    const expected = yes ? this.rooms.approve(order) : this.city.decline(order.id);
    const { status, body } = await this.engine.decide(order.id, yes ? 'approve' : 'reject');
    this.says(`${yes ? 'approve' : 'reject'} ${order.id}`, expected, status === 200 ? 'ok' : body.code);
  }

  /** Somebody who is offered another place says yes or no. */
  async answer(): Promise<void> {
    const order = this.pick(
      this.held()
        .filter((one) => one.for === 'offer')
        .slice(-4),
    );
    if (!order) return this.book();
    const yes = this.random() < 0.7;
    const person = order.places[0]?.person ?? '';
    const expected = yes ? this.rooms.accept(order) : this.city.decline(order.id);
    const { status, body } = await (yes
      ? this.world.confirm(order.id, person, city)
      : this.world.decline(order.id, person, city));
    this.says(`${yes ? 'accept' : 'decline'} ${order.id}`, expected, status === 200 ? 'ok' : body.code);
  }

  async makeSeries(): Promise<void> {
    const wanted = this.wanted(FIRST, ['plain', 'rehearsal']);
    const dies = this.random() < 0.5;
    const series = this.series.make(wanted, SERIES_DATES);
    this.log.push(`make ${series.id} ${JSON.stringify(wanted)}${dies ? ', and die' : ''}`);
    this.mustTell(series, await this.repeating.make(series.id, wanted, WEEKS, dies));
  }

  mustTell(series: Series, view: SeriesView): void {
    const expected = [...series.occurrences].map(([recurrence, one]) => {
      const why = this.series.outcomeOf(one) === 'canceled' ? undefined : one.code;
      return [recurrence, one.at.date, clock(one.at.from), this.series.outcomeOf(one), why].join(' ');
    });
    const said = view.occurrences.map(({ recurrence, date, startsAt, outcome, code }) =>
      [recurrence, date, startsAt, outcome, outcome === 'canceled' ? undefined : code].join(' '),
    );
    this.same(series.id, expected, said);
  }

  async moveOne(): Promise<void> {
    const series = this.pick([...this.series.all.values()]);
    if (!series) return this.makeSeries();
    const [recurrence = '', one] = this.pick([...series.occurrences]) ?? [];
    if (!one) return;
    const from = 9 * 60 + Math.floor(this.random() * 20) * 15;
    const date = this.random() < 0.75 ? one.at.date : (this.pick([FIRST, '2026-03-05', '2026-03-12']) ?? FIRST);
    const at = { date, from, to: from + one.at.to - one.at.from };
    const expected = this.series.move(series, recurrence, at);
    const { status, body } = await this.repeating.move(series.id, series.person, recurrence, at);
    this.says(`move ${series.id} ${recurrence} ${JSON.stringify(at)}`, expected, status === 200 ? 'ok' : body.code);
    this.mustTell(series, await this.repeating.now(series.id, series.person));
  }

  async cancelFrom(): Promise<void> {
    const series = this.pick([...this.series.all.values()]);
    if (!series) return this.makeSeries();
    const from = this.pick(SERIES_DATES) ?? FIRST;
    const expected = this.series.cancelFrom(series, from);
    const { status, body } = await this.repeating.cancelFrom(series.id, series.person, from);
    this.says(`cancel ${series.id} from ${from}`, expected, status === 200 ? 'ok' : body.code);
    this.mustTell(series, await this.repeating.now(series.id, series.person));
  }

  /** Closes a room, or what comes with one, for a time; each use is wholly in it, and nobody has two of them. */
  async close(): Promise<void> {
    // Half of the time where something is closed already, so that one is lifted while the other stays.
    const shutBefore = this.random() < 0.5 ? this.pick([...this.rooms.shut.values()]) : undefined;
    const resource = shutBefore?.resource ?? this.pick([...ROOMS, PROJECTOR]) ?? '';
    const date = shutBefore?.date ?? this.pick([FIRST, FIRST, '2026-03-11']) ?? FIRST;
    let from = 9 * 60 + Math.floor(this.random() * 8) * 30;
    let to = from + 90;
    const shut = (): Stretch => ({ date, from, to });
    await this.sweep();
    const affected = () => this.city.active(resource).filter(({ place }) => meet(place.at, shut()));
    for (const { place } of this.city.active(resource).toSorted((a, b) => a.place.at.from - b.place.at.from)) {
      if (!meet(place.at, shut())) continue;
      from = Math.min(from, place.at.from);
      to = Math.max(to, place.at.to);
    }
    const people = affected().map(({ place }) => place.person);
    if (new Set(people).size < people.length) return this.book();
    const order = await this.engine.inOrder(resource, shut());
    const { name, cases } = this.closures.begin();
    this.rooms.shut.set(name, { ...shut(), resource });
    const uses = affected();
    for (const { person } of order) {
      const one = uses.find(({ place }) => place.person === person);
      if (!one) throw new Error(`${person} has a use that the model does not know`);
      const find = ([lost]: readonly Place[]) => {
        const found = lost && this.rooms.equal(lost);
        return found && [found];
      };
      cases.push(...this.closures.end(one.order, [one.place], find));
    }
    const offers = cases.map(({ lost, offer }) => [lost.person, offer?.places[0]?.where, offer?.places[0]?.at]);
    this.log.push(`close ${resource} ${JSON.stringify(shut())} as ${name}: ${JSON.stringify(offers)}`);
    const times = { from: date, to: date, startsAt: clock(from), endsAt: clock(to) };
    await this.closing.close(name, { kind: 'resource', roomId: this.engine.stored(resource), ...times });
    for (const { offer } of cases) {
      const [place] = offer?.places ?? [];
      if (offer && place) this.world.named(offer.id, await this.engine.orderOf(place));
    }
    await this.reportsMustAddUp(this.closures, this.closing);
  }

  async lift(): Promise<void> {
    const name = this.pick([...this.rooms.shut.keys()]);
    if (!name) return this.book();
    this.rooms.shut.delete(name);
    this.log.push(`lift ${name}`);
    await this.closing.lift(name);
  }

  async sheetsMustAgree(): Promise<void> {
    for (const name of [...ROOMS, PROJECTOR]) {
      const current = this.city.active(name).map(({ place: { at } }) => at);
      const shut = [...this.rooms.shut.values()].filter(({ resource }) => resource === name);
      const quarters = ({ date, from, to }: Stretch) =>
        Array.from({ length: (to - from) / 15 }, (_, index) => `${date} ${from / 15 + index}`);
      const expected = {
        uses: current.map(({ date, from, to }) => `${date} ${clock(from)}-${clock(to)}`).sort(),
        closed: [...new Set(shut.flatMap(quarters))].sort(),
      };
      this.same(`sheets of ${name}`, expected, await this.engine.sheetsOf(name, DATES));
    }
  }

  /** What stands at this very moment, whatever the stream has yet to bring: sheets, days, counters. */
  async claimsMustAgree(): Promise<void> {
    await this.sheetsMustAgree();
    for (const person of this.world.people) {
      const day = this.city.dayOf(person).map(({ at }) => `${at.date} ${clock(at.from)}-${clock(at.to)}`);
      this.same(`day of ${person}`, day.sort(), await this.world.dayOf(person, DATES));
    }
    for (const owner of this.city.owners)
      for (const date of SERIES_DATES) {
        const counter = this.rooms.hoursOf(owner, date);
        const week = counter.split(' ').at(-1);
        const stored = await counterOf(this.world, { owner, per: this.per }, `rooms-week.${week}`);
        const { counters } = this.city;
        this.same(counter, { used: counters.used(counter), paid: counters.paid(counter) }, stored);
      }
  }

  /** Everything arrives; then both stand alike, what is derived agrees with the claims, and amounts and reports add up. */
  async deliver(): Promise<void> {
    this.log.push('deliver');
    this.same('mended by the audit', [], await this.world.deliver());
    await this.closing.carryOn();
    await this.claimsMustAgree();
    for (const person of this.world.people) {
      const rows = this.standingOf(person).map(({ place: { where, at, priceFen }, order: { status } }) =>
        [this.engine.stored(where), at.date, clock(at.from), status, priceFen].join(' '),
      );
      this.same(`rows of ${person}`, rows.sort(), await standingRows(this.world, person));
    }
    const roomIds = ROOMS.map((name) => this.engine.stored(name));
    const scene = { roomIds, dates: DATES, personIds: this.world.people };
    this.same('differences', [], await this.world.calm(() => differences(scene)));
    for (const series of this.series.all.values())
      this.mustTell(series, await this.repeating.now(series.id, series.person));
    await this.accountsMustAddUp();
    await this.reportsMustAddUp(this.closures, this.closing);
  }

  /** In the end every hold has run out, or was decided. */
  async end(): Promise<void> {
    do {
      this.tick(10 * STEP_MINUTES);
      await this.sweep();
      await this.deliver();
    } while (this.held().some(({ status }) => status === 'held'));
  }
}

inStep('rooms', RoomsRun.start, () => proxy.faults.set(undefined));
