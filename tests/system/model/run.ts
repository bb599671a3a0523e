import { describe, expect, test } from 'vitest';
import { seedsOf } from '../../support/seeds.ts';
import { type City, minuteOf, type Order, type Place } from './model/city.ts';
import type { Closures } from './model/closures.ts';
import { accountOf } from './world/accounts.ts';
import type { World } from './world/city.ts';
import type { ClosuresWorld } from './world/closures.ts';

/** Commands by weight. */
export type Commands = readonly (readonly [number, () => Promise<void>])[];

const COMMANDS = 60;

/** A run that can be driven to its end. */
export type Driven = Run & {
  readonly commands: Commands;
  readonly claimsMustAgree: () => Promise<void>;
  readonly deliver: () => Promise<void>;
  readonly end: () => Promise<void>;
};

/** The tests of a scene: several seeds with everything that can go wrong on the way, and one in calm, where nothing is left to the stream. */
export function inStep(
  what: string,
  start: (seed: number, faults: boolean) => Promise<Driven>,
  calm: () => void,
): void {
  describe(`random commands on ${what}, the engine and a plain model in step`, () => {
    test.each(seedsOf(1, 2, 3))(
      'with faults, late, doubled and reordered records: seed %i',
      async (seed) => {
        const run = await start(seed, true);
        for (let count = 0; count < COMMANDS; count += 1) {
          await run.one(run.commands);
          // What a function leaves that dies while it clears another's hold away, the stream brings to an end.
          if (run.world.hasDied()) await run.deliver();
        }
        await run.deliver();
        calm();
        run.world.die(false);
        await run.end();
      },
      180_000,
    );

    test.each(seedsOf(4))(
      'in calm nothing waits for the stream: seed %i',
      async (seed) => {
        const run = await start(seed, false);
        for (let count = 0; count < COMMANDS; count += 1) {
          await run.one(run.commands);
          await run.claimsMustAgree();
        }
        await run.end();
      },
      180_000,
    );
  });
}

/** In steps of seven minutes, so that no command falls on the minute in which a hold of ten, thirty or sixty ends. */
export const STEP_MINUTES = 7;

/** One run: the engine and the model in step, with everything that was said on the way, so that a failure can be read. */
export class Run {
  readonly city: City;
  readonly world: World;
  readonly random: () => number;
  readonly log: string[] = [];

  constructor(city: City, world: World, random: () => number) {
    this.city = city;
    this.world = world;
    this.random = random;
  }

  pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.random() * list.length)];
  }

  async one(commands: Commands): Promise<void> {
    let draw = this.random() * commands.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, command] of commands) {
      draw -= weight;
      if (draw < 0) return command();
    }
  }

  says(command: string, model: unknown, engine: unknown): void {
    this.log.push(`${command} → ${JSON.stringify(model)}`);
    expect(engine, this.story()).toEqual(model);
  }

  /** All that was said, with people by the number of their household: `1.1` is the eldest of the first. */
  story(): string {
    const names = this.world.households.flatMap((people, home) =>
      people.map((personId, rank) => [personId, `${home + 1}.${rank + 1}`] as const),
    );
    return names.reduce((text, [personId, name]) => text.replaceAll(personId, name), this.log.join('\n'));
  }

  /** What is left, compared without a line in the log. */
  same(what: string, model: unknown, engine: unknown): void {
    expect({ [what]: engine }, this.story()).toEqual({ [what]: model });
  }

  tick(minutes: number): void {
    this.city.now += minutes;
    this.world.tick(minutes);
    this.log.push(`tick ${minutes}`);
  }

  async sweep(): Promise<void> {
    this.city.sweep();
    await this.world.sweep();
    this.log.push('sweep');
  }

  held(): Order[] {
    return [...this.city.orders.values()].filter((order) => order.for);
  }

  /** Places that stand, by the state that people see. */
  standingOf(person: string): { place: Place; order: Order }[] {
    return [...this.city.orders.values()].flatMap((order) =>
      order.places.filter((place) => place.stands && place.person === person).map((place) => ({ place, order })),
    );
  }

  /** What a household has paid is what its bookings cost, and what was kept of those it has canceled. */
  async accountsMustAddUp(): Promise<void> {
    for (const people of this.world.households) {
      const mine = [...this.city.orders.values()].flatMap((order) =>
        order.status === 'booked' ? order.places.filter(({ person }) => people.includes(person)) : [],
      );
      const keptFen = mine.reduce((sum, place) => sum + place.keptFen, 0);
      const paidFen = mine.reduce((sum, { stands, priceFen }) => sum + (stands ? priceFen : 0), keptFen);
      this.same(`account of ${people}`, { paidFen, keptFen }, await accountOf(this.world, people));
    }
  }

  /** Each closure says of everybody affected what became of them, and adds up. */
  async reportsMustAddUp(model: Closures, world: ClosuresWorld): Promise<void> {
    for (const [name, cases] of model.all) {
      const { rows, totals, closure } = await world.report(name);
      const line = (person: string, outcome: string, refundFen: number) => `${person} ${outcome} ${refundFen}`;
      const expected = cases.map((one) => line(one.lost.person, model.outcomeOf(one), one.refundFen)).sort();
      const said = rows.map(({ personId, outcome, refundFen }) => line(personId, outcome, refundFen)).sort();
      this.same(name, expected, said);
      const { affected, waiting, offered, moved, refunded, kept, ended } = totals;
      const parts = waiting + offered + moved + refunded + kept + ended;
      this.same(`totals of ${name}`, [cases.length, cases.length, cases.length], [affected, parts, closure.affected]);
    }
  }

  isAhead = (place: Place): boolean => minuteOf(place.at) > this.city.now;
}
