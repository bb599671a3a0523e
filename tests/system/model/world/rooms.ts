import { randomUUID } from 'node:crypto';
import * as bookings from '../../../../functions/bookings/handler.ts';
import * as closures from '../../../../functions/closures/handler.ts';
import * as rooms from '../../../../functions/rooms/handler.ts';
import * as series from '../../../../functions/series/handler.ts';
import type { RoomEntry } from '../../../../shared/booking/items/day-sheet.ts';
import { cityHas, fairUse } from '../../../modules/allowances/support.ts';
import { offering, room } from '../../../support/builders.ts';
import { storedRoomDay, storedRoomDays } from '../../../support/claims.ts';
import { type Answer, cityOf } from '../../../support/invoke.ts';
import type { Per, Place, Stretch } from '../model/city.ts';
import { FREE_HOURS_A_WEEK, HOUR_BEYOND_FEN, uses, type WantedRoom } from '../model/rooms.ts';
import { clock, type World } from './city.ts';

export const city = cityOf(bookings, closures, rooms, series);

/** The rooms of a run and what comes with them, with the rule of free hours. */
export class RoomsWorld {
  readonly #world: World;
  /** Model's rooms and equipment → the stored ones; kinds of use → their offerings. */
  readonly #ids: ReadonlyMap<string, string>;
  readonly #uses: ReadonlyMap<string, string>;

  private constructor(world: World, ids: ReadonlyMap<string, string>, kinds: ReadonlyMap<string, string>) {
    this.#world = world;
    this.#ids = ids;
    this.#uses = kinds;
  }

  static async make(
    world: World,
    { names, equipment, per }: { names: readonly string[]; equipment: readonly string[]; per: Per },
  ): Promise<RoomsWorld> {
    const beyond = { pricePerHourFen: HOUR_BEYOND_FEN };
    await cityHas([fairUse({ per, free: FREE_HOURS_A_WEEK, beyond })]);
    const { centerId } = world;
    const ids = new Map<string, string>();
    for (const name of names) ids.set(name, await room(centerId, name));
    for (const name of equipment) ids.set(name, await room(centerId, name, { kind: 'equipment' }));
    const kinds = new Map<string, string>();
    for (const [kind, rules] of Object.entries(uses)) {
      const buffers = { beforeMinutes: rules.pre, afterMinutes: rules.post };
      const approval = 'approvalMinutes' in rules ? { approval: { withinHours: rules.approvalMinutes / 60 } } : {};
      kinds.set(kind, await offering(centerId, kind, { policy: { buffers, ...approval } }));
    }
    return new RoomsWorld(world, ids, kinds);
  }

  stored(name: string): string {
    const found = this.#ids.get(name);
    if (!found) throw new Error(`no ${name}`);
    return found;
  }

  /** What a use of a room asks for, wherever it is asked. */
  use({ at, kind, resources }: Omit<WantedRoom, 'person'>) {
    const [, ...others] = resources.map((name) => this.stored(name));
    const times = { startsAt: clock(at.from), endsAt: clock(at.to) };
    return { ...times, purpose: '排练', offeringId: this.#uses.get(kind) ?? '', with: others };
  }

  async book(wanted: WantedRoom): Promise<Answer> {
    const { person, at, resources } = wanted;
    const body = { ...this.use(wanted), date: at.date, beneficiaryId: person };
    const idempotencyKey = randomUUID();
    const path = `/v1/rooms/${this.stored(resources[0] ?? '')}/bookings`;
    return this.#world.asParentOf(person, (as) => city.post(path, { as, body, idempotencyKey }));
  }

  async #entries(name: string, date: string): Promise<[string, RoomEntry][]> {
    const { entries } = await this.#world.calm(() => storedRoomDay(this.stored(name), date));
    return Object.entries(entries);
  }

  async #entryOf({ where, at, person }: Place): Promise<[string, RoomEntry]> {
    const all = await this.#entries(where, at.date);
    const found = all.find(([, { personId, startsAt }]) => personId === person && startsAt === clock(at.from));
    if (!found) throw new Error(`${person} has nothing in ${where} on ${at.date} at ${clock(at.from)}`);
    return found;
  }

  async orderOf(place: Place): Promise<string> {
    const [, { orderId = '' }] = await this.#entryOf(place);
    return orderId;
  }

  async cancel(place: Place): Promise<Answer> {
    const [bookingId] = await this.#entryOf(place);
    const path = `/v1/people/${place.person}/bookings/${bookingId}/cancel`;
    const body = { refundFen: place.priceFen };
    return this.#world.asParentOf(place.person, (as) => city.post(path, { as, body }));
  }

  async decide(order: string, what: 'approve' | 'reject'): Promise<Answer> {
    return this.#world.asStaff((as) => city.post(`/v1/orders/${this.#world.orderId(order)}/${what}`, { as }));
  }

  /** What stands on the sheets of a room, or of what comes with it, and which quarter-hours of them are closed. */
  async sheetsOf(name: string, dates: readonly string[]): Promise<{ uses: string[]; closed: string[] }> {
    const sheets = await this.#world.calm(() => storedRoomDays(this.stored(name), dates));
    return {
      uses: sheets
        .flatMap(({ entries }, index) =>
          Object.values(entries).map(({ startsAt, endsAt }) => `${dates[index]} ${startsAt}-${endsAt}`),
        )
        .sort(),
      closed: sheets.flatMap(({ closed }, index) => [...closed].map((quarter) => `${dates[index]} ${quarter}`)).sort(),
    };
  }

  /** Uses that something shuts, who booked first first; of those who booked in one moment, always the same first. */
  async inOrder(name: string, { date, from, to }: Stretch): Promise<{ person: string; from: string }[]> {
    const own = await this.#entries(name, date);
    const mains = new Map(
      (await Promise.all([...this.#ids.keys()].map((one) => this.#entries(one, date))))
        .flat()
        .filter(([, { personId }]) => personId),
    );
    return own
      .filter(([, { startsAt, endsAt }]) => startsAt < clock(to) && clock(from) < endsAt)
      .map(([bookingId]) => ({ bookingId, entry: mains.get(bookingId) }))
      .sort((one, other) =>
        `${one.entry?.bookedAt}${one.bookingId}` < `${other.entry?.bookedAt}${other.bookingId}` ? -1 : 1,
      )
      .map(({ entry }) => ({ person: entry?.personId ?? '', from: entry?.startsAt ?? '' }));
  }
}
