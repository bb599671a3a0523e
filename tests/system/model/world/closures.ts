import { randomUUID } from 'node:crypto';
import { handler as carryOn } from '../../../../functions/closures/schedule.ts';
import type { Closure, ClosureReport, ClosureScope } from '../../../../shared/contracts/closures.ts';
import type { Call } from '../../../support/invoke.ts';
import { ANSWER_HOURS } from '../model/closures.ts';
import type { Poster, World } from './city.ts';

type City = Poster & { readonly get: Poster['post'] };

/** Closing, lifting and their reports; the city's schedule carries on what a request left. */
export class ClosuresWorld {
  readonly #world: World;
  readonly #city: City;
  readonly #ids = new Map<string, string>();

  constructor(world: World, city: City) {
    this.#world = world;
    this.#city = city;
  }

  #path = (name?: string): string =>
    `/v1/centers/${this.#world.centerId}/closures${name === undefined ? '' : `/${this.#ids.get(name)}`}`;

  /** Until everybody affected has been looked after: the same request carries it on, as the schedule would. */
  async close(name: string, what: ClosureScope): Promise<void> {
    const idempotencyKey = randomUUID();
    const body = { what, reason: { zh: '检修' }, answerWithinHours: ANSWER_HOURS };
    const call: Omit<Call, 'as'> = { body, idempotencyKey };
    let closure: Closure | undefined;
    for (let tries = 0; closure?.status !== 'done'; tries += 1) {
      if (tries === 60) throw new Error(`${name} stands still at ${closure?.status}`);
      const answer = await this.#world.asStaff((as) => this.#city.post(this.#path(), { as, ...call }));
      if (answer.status !== 201) throw new Error(answer.text);
      closure = answer.body.closure as Closure;
      this.#ids.set(name, closure.closureId);
    }
  }

  async lift(name: string): Promise<void> {
    const answer = await this.#world.asStaff((as) => this.#city.post(`${this.#path(name)}/lift`, { as }));
    if (answer.status !== 200) throw new Error(answer.text);
  }

  /** A minute later the city looks once more at what was lifted. */
  async carryOn(): Promise<void> {
    await this.#world.untilDone(carryOn, 61);
  }

  async report(name: string): Promise<ClosureReport> {
    const answer = await this.#world.lookAsStaff((as) => this.#city.get(this.#path(name), { as }));
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body;
  }
}
