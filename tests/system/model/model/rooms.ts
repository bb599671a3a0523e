import { type City, meet, minuteOf, type Order, type Place, type Stretch, type Use } from './city.ts';
import type { Taken } from './counters.ts';

/** Kinds of use: minutes kept free before and after, and how long an approval is waited for. */
export const uses = {
  plain: { pre: 0, post: 0 },
  rehearsal: { pre: 30, post: 15 },
  banquet: { pre: 0, post: 30, approvalMinutes: 60 },
} as const;
export type UseKind = keyof typeof uses;

const ROOM_MINUTES_A_DAY = 240;
/** The rule of the city: so many hours of rooms a week are free for a person or a household, and what an hour beyond costs. */
export const FREE_HOURS_A_WEEK = 4;
export const HOUR_BEYOND_FEN = 800;
const QUARTER = 15;
export const OPENS = 8 * 60;
export const CLOSES = 21 * 60;

export type WantedRoom = {
  readonly person: string;
  readonly at: Stretch;
  readonly kind: UseKind;
  readonly resources: readonly string[];
};
type Shut = Stretch & { readonly resource: string };

/** Rooms, what comes with them, and what of a week's hours is free. */
export class Rooms {
  readonly names: readonly string[];
  /** By the closure's name. */
  readonly shut = new Map<string, Shut>();
  readonly #city: City;

  /** The rooms are alike. */
  constructor(city: City, rooms: readonly string[]) {
    this.#city = city;
    this.names = rooms;
  }

  /** A room for somebody, maybe with what comes with it: all of it, or the code of the refusal. */
  book({ person, at, kind, resources }: WantedRoom): { says: string; order?: Order } {
    const no = this.#whyNotPerson(person, at);
    if (no) return { says: no };
    const { pre, post } = uses[kind];
    const use: Use = { kind, resources, pre, post };
    const blocked = this.#whyLost(at, use) ?? this.clear(at, use);
    if (blocked) return { says: blocked };
    const { charge, priceFen } = this.#settled(person, at);
    const place = this.place({ person, at, use, priceFen, charges: [charge] });
    const hold =
      kind === 'banquet' ? ({ for: 'approval', until: this.#city.now + uses.banquet.approvalMinutes } as const) : {};
    const order = this.#city.open([place], hold);
    this.#city.takeDay(place);
    return { says: `${order.status} ${order.id}`, order };
  }

  place(facts: Pick<Place, 'person' | 'at' | 'priceFen' | 'charges'> & { use: Use }): Place {
    return { ...facts, where: facts.use.resources[0] ?? '', stands: true, keptFen: 0, tiers: [] };
  }

  #whyNotPerson(person: string, at: Stretch): string | undefined {
    if (this.#city.isBusy(person, at)) return 'person-busy';
    return this.#city.roomMinutes(person, at.date) + at.to - at.from > ROOM_MINUTES_A_DAY ? 'daily-limit' : undefined;
  }

  hoursOf = (person: string, date: string): string => {
    const weeks = Math.floor((Date.parse(date) - Date.parse('2026-03-02')) / (7 * 86_400_000));
    return `hours ${this.#city.ownerOf(person)} 2026-W${10 + weeks}`;
  };

  /** What is left of the week's free hours is taken first; the hours beyond are paid for. */
  #settled(person: string, { date, from, to }: Stretch): { charge: Taken; priceFen: number } {
    const counter = this.hoursOf(person, date);
    const wanted = (to - from) / QUARTER;
    const n = Math.min(wanted, Math.max(0, FREE_HOURS_A_WEEK * 4 - this.#city.counters.used(counter)));
    const paid = wanted - n;
    return {
      charge: paid > 0 ? { counter, n, paid } : { counter, n },
      priceFen: Math.round((HOUR_BEYOND_FEN * paid) / 4),
    };
  }

  /** Who loses whatever gives way is told so by a look, and clears nothing away. */
  #whyLost(at: Stretch, use: Use): string | undefined {
    const blocked = this.#blocked(at, use, ({ order }) => this.#city.isOver(order));
    if (!blocked) return undefined;
    return this.#isShut(blocked, at) ? 'closed' : 'slot-taken';
  }

  /** Why something of it is not free; holds whose time is over give way to whoever meets them. */
  clear(at: Stretch, use: Use, but?: Place): string | undefined {
    const isOld = ({ place }: { place: Place }) => place === but;
    for (let blocked = this.#blocked(at, use, isOld); blocked; blocked = this.#blocked(at, use, isOld)) {
      const day = this.#city.active(blocked).filter(({ place }) => place.at.date === at.date);
      const over = day.filter(({ order }) => this.#city.isOver(order));
      if (over.length === 0) return this.#isShut(blocked, at) ? 'closed' : 'slot-taken';
      for (const { order } of over) this.#city.release(order);
    }
    return undefined;
  }

  #isShut = (resource: string, at: Stretch): boolean =>
    [...this.shut.values()].some((one) => one.resource === resource && meet(one, at));

  /** The first resource that is not free for this use, but for what `gives` way; buffers count in the room, the first of them. */
  #blocked(
    at: Stretch,
    use: Use,
    gives: (one: { place: Place; order: Order }) => boolean = () => false,
  ): string | undefined {
    const around = ({ date, from, to }: Stretch, { pre, post }: Use): Stretch => ({
      date,
      from: from - pre,
      to: to + post,
    });
    return use.resources.find((resource, index) => {
      const clashes = this.#city.active(resource).some(({ place, order }) => {
        if (!place.use || gives({ place, order })) return false;
        const inRoom = index === 0;
        const theirs = inRoom ? around(place.at, place.use) : place.at;
        return meet(at, theirs) || (inRoom && meet(around(at, use), place.at));
      });
      return clashes || this.#isShut(resource, at);
    });
  }

  /** Cancels a use, or gives up one that is held. */
  cancel(order: Order): string {
    for (const place of order.places) this.#city.end(place);
    if (order.status === 'held') this.#city.release(order);
    return 'ok';
  }

  approve(order: Order): string {
    if (order.status === 'booked' || order.refused) return 'already-decided';
    if (order.status !== 'held' || this.#city.now >= order.until) return 'hold-expired';
    order.status = 'booked';
    return 'ok';
  }

  /** Accepts what is offered in the stead of a use that was closed: counted like any other, and never refused for it. */
  accept(order: Order): string {
    const decided = this.#city.decided(order);
    if (decided) return decided;
    const [place] = order.places;
    const no = place && this.#whyNotPerson(place.person, place.at);
    if (!place || no) return no ?? 'not-held';
    place.charges = [
      { counter: this.hoursOf(place.person, place.at.date), n: (place.at.to - place.at.from) / QUARTER },
    ];
    this.#city.takeDay(place);
    order.status = 'booked';
    return 'ok';
  }

  /** Moves a use to another time of its day: the old one gives way, with its price and what it counted. */
  moveInDay(old: Place, at: Stretch, use: Use): { says: string; order?: Order } {
    const blocked = this.clear(at, use, old);
    if (blocked) return { says: blocked };
    if (this.#city.dayOf(old.person).some((other) => other !== old && meet(other.at, at)))
      return { says: 'person-busy' };
    const place = this.place({ person: old.person, at, use, priceFen: old.priceFen, charges: old.charges });
    this.#city.handOver(old, place);
    const order = this.#city.open([place]);
    return { says: `booked ${order.id}`, order };
  }

  /** The nearest equal place: the lost room itself first, at the same time first, up to three hours away, then on near days. None costs anything. */
  equal({ person, at, use }: Place): Place | undefined {
    if (!use) return undefined;
    const [lostRoom = '', ...others] = use.resources;
    const rooms = [lostRoom, ...this.names.filter((name) => name !== lostRoom)];
    for (const stretch of nearby(at)) {
      if (stretch.from < OPENS || stretch.to > CLOSES || minuteOf(stretch) < this.#city.now + 60) continue;
      for (const room of rooms) {
        const there: Use = { ...use, resources: [room, ...others] };
        if (this.#blocked(stretch, there) || this.#whyNotPerson(person, stretch)) continue;
        return this.place({ person, at: stretch, use: there, priceFen: 0, charges: [] });
      }
    }
    return undefined;
  }
}

/** When to look, the nearest first. */
function* nearby(at: Stretch): Iterable<Stretch> {
  const shifted = (days: number, minutes: number): Stretch => ({
    date: new Date(Date.parse(at.date) + days * 86_400_000).toISOString().slice(0, 10),
    from: at.from + minutes,
    to: at.to + minutes,
  });
  yield shifted(0, 0);
  for (let minutes = QUARTER; minutes <= 180; minutes += QUARTER) yield* [shifted(0, minutes), shifted(0, -minutes)];
  for (let days = 1; days <= 7; days += 1) yield* [shifted(days, 0), shifted(-days, 0)];
}
