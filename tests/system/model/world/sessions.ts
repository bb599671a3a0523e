import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import * as allowances from '../../../../functions/allowances/handler.ts';
import * as bookings from '../../../../functions/bookings/handler.ts';
import * as closures from '../../../../functions/closures/handler.ts';
import * as sessions from '../../../../functions/sessions/handler.ts';
import { type Seat, waitDecision } from '../../../../shared/booking/items/session.ts';
import { keys } from '../../../../shared/table/keys.ts';
import { queryAll } from '../../../../shared/table/read.ts';
import { cityHas, citySells, fairUse } from '../../../modules/allowances/support.ts';
import { offering, session, storedSession, storedWaitlist } from '../../../support/builders.ts';
import { type Answer, cityOf, tenants } from '../../../support/invoke.ts';
import type { Per } from '../model/city.ts';
import { BOOKINGS_A_WEEK, PASS_UNITS, type Session, type Wanted } from '../model/sessions.ts';
import { clock, type World } from './city.ts';

export const city = cityOf(allowances, bookings, closures, sessions);
const KIND = 'visits';

/** The sessions of a run, with the rule and the passes that they are booked by. */
export class SessionsWorld {
  readonly #world: World;
  /** Model's session → the stored one. */
  readonly #ids: ReadonlyMap<string, string>;
  readonly #passes: ReadonlyMap<string, string>;

  private constructor(world: World, ids: ReadonlyMap<string, string>, passes: ReadonlyMap<string, string>) {
    this.#world = world;
    this.#ids = ids;
    this.#passes = passes;
  }

  static async make(world: World, all: readonly Session[], per: Per): Promise<SessionsWorld> {
    const title = { zh: '三次卡', en: 'Three visits' };
    await citySells({ kindId: KIND, title, units: PASS_UNITS, validDays: 60, priceFen: 2_000 });
    const rule = { ruleId: 'bookings-week', per, of: { kind: 'session' }, unit: 'bookings' } as const;
    await cityHas([fairUse({ ...rule, free: BOOKINGS_A_WEEK })]);
    const ids = new Map<string, string>();
    for (const { id, class: slug, date, from, to, capacity, priceFen, payMinutes, percents, tiers, passes } of all) {
      await offering(world.centerId, slug, {
        residentPriceFen: priceFen,
        policy: {
          ...(payMinutes ? { payment: { withinMinutes: payMinutes } } : {}),
          ...(percents ? { family: { percentByChild: [...percents] } } : {}),
          ...(tiers ? { cancellation: [...tiers] } : {}),
          ...(passes ? { passes: [KIND] } : {}),
        },
      });
      const facts = { slug, capacity, startsAt: clock(from), endsAt: clock(to), residentPriceFen: priceFen };
      ids.set(id, await session(world.centerId, date, facts));
    }
    const issued = new Map<string, string>();
    for (const [holder = ''] of world.households) {
      const body = { kindId: KIND, reason: '窗口办理' };
      const { body: made } = await world.asStaff((as) => city.post(`/v1/people/${holder}/passes`, { as, body }));
      issued.set(holder, made.pass.passId);
    }
    return new SessionsWorld(world, ids, issued);
  }

  get ids(): string[] {
    return [...this.#ids.values()];
  }

  stored(id: string): string {
    const found = this.#ids.get(id);
    if (!found) throw new Error(`no session ${id}`);
    return found;
  }

  async book({ sessions: ids, party, wait, pass }: Wanted): Promise<Answer> {
    const holderId = this.#world.homeOf(party[0] ?? '').parent.personId;
    const body = {
      sessionIds: ids.map((id) => this.stored(id)),
      beneficiaryIds: party,
      ifFull: wait ? 'wait' : 'refuse',
      ...(pass ? { payWith: { passId: this.#passes.get(holderId), holderId } } : {}),
    };
    const idempotencyKey = randomUUID();
    return this.#world.asParentOf(holderId, (as) => city.post('/v1/session-bookings', { as, body, idempotencyKey }));
  }

  /** Where a place can be canceled, and what it would come to. */
  async #pathOf(id: string, person: string): Promise<string> {
    const { seats } = await this.#world.calm(() => storedSession(this.stored(id)));
    return `/v1/people/${person}/bookings/${seats[person]?.bookingId}`;
  }

  async quote(id: string, person: string): Promise<Answer> {
    const path = await this.#pathOf(id, person);
    return this.#world.lookAsParentOf(person, (as) => city.get(`${path}/cancellation`, { as }));
  }

  async cancel(id: string, person: string, refundFen: number): Promise<Answer> {
    const path = await this.#pathOf(id, person);
    return this.#world.asParentOf(person, (as) => city.post(`${path}/cancel`, { as, body: { refundFen } }));
  }

  async leave(id: string, lead: string): Promise<Answer> {
    const path = `/v1/people/${lead}/waiting/${this.stored(id)}/leave`;
    return this.#world.asParentOf(lead, (as) => city.post(path, { as }));
  }

  /** Who has a place, who booked first first; of those who booked in one moment, always the same first. */
  async inOrder(id: string): Promise<string[]> {
    const { seats } = await this.#world.calm(() => storedSession(this.stored(id)));
    const since = ({ bookedAt, bookingId }: Pick<Seat, 'bookedAt' | 'bookingId'>) => bookedAt + bookingId;
    return Object.entries(seats)
      .sort(([, one], [, other]) => (since(one) < since(other) ? -1 : 1))
      .map(([person]) => person);
  }

  /** What is stored of a session, in the words of the model. */
  async stateOf(id: string): Promise<{ seats: string[]; queue: string[]; decisions: number; shut: boolean }> {
    const { seats, decisions, status } = await this.#world.calm(() => storedSession(this.stored(id)));
    const queue = await this.#world.calm(() => storedWaitlist(this.stored(id)));
    const line = queue.map((one) => one.split(':')[0] ?? '');
    return { seats: Object.keys(seats).sort(), queue: line, decisions, shut: status === 'closed' };
  }

  /** Every decision is on record, one after another. */
  async mustHaveLog(id: string): Promise<void> {
    const sessionId = this.stored(id);
    const { decisions, last } = await this.#world.calm(() => storedSession(sessionId));
    const key = { pk: keys.booking.decisions(tenants()[0], sessionId) };
    const log = await this.#world.calm(() => queryAll(key, waitDecision));
    expect(log.map(({ number }) => number)).toEqual(Array.from({ length: decisions }, (_, index) => index + 1));
    expect(last?.number ?? 0).toBe(decisions);
  }

  /** The order that holds somebody's place. */
  async orderOf(id: string, person: string): Promise<string> {
    const { seats } = await this.#world.calm(() => storedSession(this.stored(id)));
    return seats[person]?.orderId ?? '';
  }

  passOf = (holder: string): string => this.#passes.get(holder) ?? '';
}
