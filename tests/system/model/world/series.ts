import { randomUUID } from 'node:crypto';
import { create } from '../../../../functions/series/commands.ts';
import { commandAs } from '../../../../functions/series/occurrences/commands/booking.ts';
import { asSystem } from '../../../../shared/access/authorize.ts';
import { type Series, seriesRequest } from '../../../../shared/contracts/series.ts';
import { clockNow } from '../../../../shared/kernel/clock.ts';
import { type Answer, tenants } from '../../../support/invoke.ts';
import type { Stretch } from '../model/city.ts';
import type { WantedRoom } from '../model/rooms.ts';
import { clock, type World } from './city.ts';
import { city, type RoomsWorld } from './rooms.ts';

/** Series of uses of a room, each asked for until there is nothing more to do. */
export class SeriesWorld {
  readonly #world: World;
  readonly #rooms: RoomsWorld;
  readonly #ids = new Map<string, string>();

  constructor(world: World, rooms: RoomsWorld) {
    this.#world = world;
    this.#rooms = rooms;
  }

  /** Weekly, so many times. With `dies` the client is gone after the first moment, and another one asks for the rest. */
  async make(name: string, wanted: WantedRoom, count: number, dies: boolean): Promise<Series> {
    const { person, at, resources } = wanted;
    const target = {
      kind: 'room',
      roomId: this.#rooms.stored(resources[0] ?? ''),
      ...this.#rooms.use(wanted),
    } as const;
    const rule = { dtstart: at.date, rrule: `FREQ=WEEKLY;COUNT=${count}` };
    const body = { target, rule, beneficiaryId: person };
    const idempotencyKey = randomUUID();
    const { personId } = this.#world.homeOf(person).parent;
    if (dies) {
      const { series } = await this.#world.untilDone(() => {
        const context = commandAs(asSystem(tenants()[0], clockNow()), personId, idempotencyKey);
        return create(context, seriesRequest.parse(body), 1);
      });
      this.#ids.set(name, series.seriesId);
      return this.#rest(name, person);
    }
    const answer = await this.#world.asParentOf(person, (as) => city.post('/v1/series', { as, body, idempotencyKey }));
    if (answer.status !== 201) throw new Error(answer.text);
    this.#ids.set(name, answer.body.series.seriesId);
    return this.#rest(name, person);
  }

  #path = (name: string): string => `/v1/series/${this.#ids.get(name)}`;

  async #rest(name: string, person: string): Promise<Series> {
    for (let tries = 0; tries < 60; tries += 1) {
      const { body } = await this.#world.lookAsParentOf(person, (as) =>
        city.post(`${this.#path(name)}/continue`, { as }),
      );
      if (!body.series.next) return body.series;
    }
    throw new Error(`${name} is never done`);
  }

  async move(name: string, person: string, recurrence: string, { date, from }: Stretch): Promise<Answer> {
    return this.#change(name, person, { scope: 'this', recurrence, move: { date, startsAt: clock(from) } });
  }

  async cancelFrom(name: string, person: string, recurrence: string): Promise<Answer> {
    return this.#change(name, person, { scope: 'this-and-following', recurrence, cancel: true });
  }

  /** What is wished stands until it is done, whoever does it. */
  async #change(name: string, person: string, body: object): Promise<Answer> {
    const answer = await this.#world.asParentOf(person, (as) => city.patch(this.#path(name), { as, body }));
    if (answer.status === 200) await this.#rest(name, person);
    return answer;
  }

  async now(name: string, person: string): Promise<Series> {
    const { body } = await this.#world.lookAsParentOf(person, (as) => city.get(this.#path(name), { as }));
    return body.series;
  }
}
