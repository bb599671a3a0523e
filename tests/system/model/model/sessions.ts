import { type City, meet, minuteOf, type Order, type Place, type Stretch, type Tier } from './city.ts';
import type { Taken } from './counters.ts';
import { type Canceling, cancelingOf, familyPrices } from './prices.ts';

export type Session = Stretch & {
  readonly id: string;
  readonly capacity: number;
  readonly priceFen: number;
  /** Sessions of one class are equal places. */
  readonly class: string;
  /** Paid before it counts: held so many minutes. */
  readonly payMinutes?: number;
  /** Percent that the first, second, … of a family pays. */
  readonly percents?: readonly number[];
  readonly tiers?: readonly Tier[];
  /** Whether a pass pays for it. */
  readonly passes?: boolean;
};

/** The session as it stands: who waits, and which closures shut it. */
export type StandingSession = Session & {
  queue: { lead: string; party: readonly string[] }[];
  decisions: number;
  readonly shutBy: Set<string>;
};

const OFFER_MINUTES = 30;
/** The rule of the city: so many bookings of sessions a person or a household has in a week. */
export const BOOKINGS_A_WEEK = 4;
export const PASS_UNITS = 3;

export type Wanted = {
  readonly sessions: readonly string[];
  readonly party: readonly string[];
  readonly wait: boolean;
  /** Paid with the pass of the household. */
  readonly pass: boolean;
};

/** Sessions: places of several people in several of them, all or none; waiting in line; canceling a part. */
export class Sessions {
  readonly all: ReadonlyMap<string, StandingSession>;
  /** Who ever was on a waitlist, `<session> <lead>`. */
  readonly #waited = new Set<string>();
  readonly #city: City;

  constructor(city: City, sessions: readonly Session[]) {
    this.#city = city;
    this.all = new Map(sessions.map((facts) => [facts.id, { ...facts, queue: [], decisions: 0, shutBy: new Set() }]));
  }

  session(id: string): StandingSession {
    const found = this.all.get(id);
    if (!found) throw new Error(`no session ${id}`);
    return found;
  }

  seats = (id: string): ReadonlyMap<string, { place: Place; order: Order }> =>
    new Map(this.#city.active(id).map((one) => [one.place.person, one]));

  /** Gives the code of the refusal, `booked` or `held` with the order, or the place in line. */
  book({ sessions: ids, party, wait, pass }: Wanted): string {
    // In the order of their names, however they were asked for.
    const sessions = [...ids].sort().map((id) => this.session(id));
    for (const { id } of sessions)
      for (const person of party) {
        const order = this.seats(id).get(person)?.order;
        if (order && this.#city.isOver(order)) this.#city.release(order);
      }
    if (sessions.some((one, index) => sessions.slice(index + 1).some((other) => meet(one, other))))
      return 'person-busy';
    const no = this.#whyNot(sessions, party, pass);
    if (no) return no;
    for (const session of sessions) {
      if (party.some((person) => this.seats(session.id).has(person))) return 'already-booked';
      const [only] = sessions;
      if (this.#free(session) < party.length) return wait && only ? this.#join(only, party) : 'session-full';
      if (party.some((person) => this.#city.isBusy(person, session))) return 'person-busy';
    }
    for (const session of sessions)
      if (session.capacity - this.seats(session.id).size < party.length) this.#releaseOver(session);
    const charges = (session: Session, person: string): Taken[] => [
      this.#ofWeek(session, person),
      ...(pass && session.priceFen > 0 ? [{ counter: this.passOf(person), n: 1 }] : []),
    ];
    const places = sessions.flatMap((session) => this.#places(session, party, pass, charges));
    const payMinutes = sessions.flatMap(
      ({ payMinutes: minutes, priceFen }) => (priceFen > 0 && !pass && minutes) || [],
    );
    const hold = { for: 'payment', until: this.#city.now + Math.min(...payMinutes) } as const;
    const order = this.#open(sessions, party, places, payMinutes.length > 0 ? hold : {}, pass);
    for (const place of places) this.#city.takeDay(place);
    return `${order.status} ${order.id}`;
  }

  /** What no free place helps against: it is shut, the household has had its bookings, the pass does not pay for it or has no units left. */
  #whyNot(sessions: readonly StandingSession[], party: readonly string[], pass: boolean): string | undefined {
    const { counters } = this.#city;
    const wanted = new Map<string, number>();
    const exceeds = (counter: string, most: number) => {
      wanted.set(counter, (wanted.get(counter) ?? 0) + 1);
      return counters.used(counter) + (wanted.get(counter) ?? 0) > most;
    };
    for (const session of sessions) {
      if (session.shutBy.size > 0) return 'session-closed';
      for (const person of party) {
        if (exceeds(this.#ofWeek(session, person).counter, BOOKINGS_A_WEEK)) return 'quota-exceeded';
        if (!pass || session.priceFen === 0) continue;
        if (!session.passes) return 'pass-not-accepted';
        if (exceeds(this.passOf(person), PASS_UNITS)) return 'pass-empty';
      }
    }
    return undefined;
  }

  passOf = (person: string): string => `pass ${this.#city.householdOf(person)[0]}`;

  /** One booking of the week of its date. All dates of these sessions lie in two weeks, and the second begins on the 9th. */
  #ofWeek = ({ date }: Session, person: string): Taken => ({
    counter: `bookings ${this.#city.ownerOf(person)} ${date < '2026-03-09' ? '2026-W10' : '2026-W11'}`,
    n: 1,
  });

  /** Free places for a newcomer: none while somebody waits; a hold whose time is over counts as free. */
  #free({ id, queue, capacity }: StandingSession): number {
    const taken = [...this.seats(id).values()].filter(({ order }) => !this.#city.isOver(order));
    return queue.length > 0 ? 0 : capacity - taken.length;
  }

  #places(
    { id, priceFen, percents = [], tiers = [], date, from, to }: Session,
    party: readonly string[],
    pass: boolean,
    charges: (session: Session, person: string) => readonly Taken[],
  ): Place[] {
    const ranks = this.#city.householdOf(party[0] ?? '').filter((person) => party.includes(person));
    const prices = familyPrices(priceFen, percents, ranks.length);
    return party.map((person) => ({
      person,
      where: id,
      at: { date, from, to },
      stands: true,
      priceFen: pass ? 0 : (prices[ranks.indexOf(person)] ?? priceFen),
      keptFen: 0,
      tiers: priceFen > 0 ? tiers : [],
      charges: charges(this.session(id), person),
    }));
  }

  #open(
    sessions: readonly Session[],
    party: readonly string[],
    places: readonly Place[],
    hold: Partial<Pick<Order, 'for' | 'until'>>,
    pass = false,
  ): Order {
    const eldestFirst = this.#city.householdOf(party[0] ?? '').filter((person) => party.includes(person));
    const paying = sessions.filter(({ percents }) => percents && !pass && party.length > 1);
    const families = new Map(paying.map(({ id }) => [id, { eldestFirst, gone: new Set<string>() }]));
    return this.#city.open(places, { ...hold, families });
  }

  /** What is paid, or an offer accepted, before its time is over. An offer takes the day only now, and what it counts against. */
  confirm(orderId: string): string {
    const order = this.#city.orders.get(orderId);
    if (!order?.for) return 'not-held';
    const decided = this.#city.decided(order);
    if (decided) return decided;
    const places = order.places.filter(({ stands }) => stands);
    if (order.for === 'offer') {
      for (const place of places) place.charges = [this.#ofWeek(this.session(place.where), place.person)];
      const counted = Map.groupBy(
        places.flatMap(({ charges }) => charges),
        ({ counter }) => counter,
      );
      const isOver = [...counted].some(([name, all]) => this.#city.counters.used(name) + all.length > BOOKINGS_A_WEEK);
      if (!order.instead && isOver) return 'quota-exceeded';
      if (places.some(({ person, at }) => this.#city.isBusy(person, at))) return 'person-busy';
      for (const place of places) this.#city.takeDay(place);
    }
    order.status = 'booked';
    return 'ok';
  }

  /** What canceling a booked place would come to now. */
  canceling(id: string, person: string): Canceling | undefined {
    const { percents = [], priceFen } = this.session(id);
    const seat = this.seats(id).get(person);
    return seat && cancelingOf(seat.order, seat.place, percents, priceFen, this.#city.now);
  }

  /** Cancels a place: a booked one by the rules of its price; a hold is given up, as a whole or not at all. */
  cancel(id: string, person: string): string {
    const { order, place } = this.seats(id).get(person) ?? {};
    if (!order || !place) throw new Error(`${person} has no place in ${id}`);
    if (order.status === 'held') {
      if (order.places.filter(({ stands }) => stands).length > 1) return 'held-as-one';
      return this.#city.decline(order.id);
    }
    const comesTo = this.canceling(id, person);
    order.families.get(id)?.gone.add(person);
    place.keptFen = comesTo?.keptFen ?? 0;
    for (const { place: other, priceFen } of comesTo?.stay ?? []) other.priceFen = priceFen;
    this.#city.end(place, comesTo?.keepPercent);
    return 'ok';
  }

  leave(id: string, lead: string): string {
    const session = this.session(id);
    if (!this.#waited.has(`${id} ${lead}`)) return 'not-waiting';
    session.queue = session.queue.filter((entry) => entry.lead !== lead);
    return 'ok';
  }

  /** What the stream brings about, when it has brought everything: free places are offered, in order, by the rule. */
  deliver(): Order[] {
    const offers: Order[] = [];
    for (const session of this.all.values()) {
      if (session.shutBy.size > 0) continue;
      for (let next = this.#next(session); next; next = this.#next(session)) {
        session.queue.splice(next.index, 1);
        session.decisions += 1;
        if (next.what === 'dropped') continue;
        const places = this.#places(session, next.party, false, () => []);
        const hold = { for: 'offer', until: this.#city.now + OFFER_MINUTES } as const;
        offers.push(this.#open([session], next.party, places, hold));
      }
    }
    return offers;
  }

  #next(session: StandingSession) {
    const seats = this.seats(session.id);
    const free = session.capacity - seats.size;
    if (free <= 0) return undefined;
    for (const [index, { party }] of session.queue.entries()) {
      if (party.some((person) => seats.has(person))) return { index, party, what: 'dropped' as const };
      if (party.length > free || party.some((person) => this.#city.isBusy(person, session))) continue;
      return { index, party, what: 'offered' as const };
    }
    return undefined;
  }

  #join(session: StandingSession, party: readonly string[]): string {
    const sorted = [...party].sort();
    const [lead = ''] = sorted;
    const stored = session.queue.find((entry) => entry.lead === lead);
    if (stored && stored.party.join() !== sorted.join()) return 'already-waiting';
    if (!stored) {
      session.queue.push({ lead, party: sorted });
      this.#waited.add(`${session.id} ${lead}`);
    }
    return `waiting ${session.queue.findIndex((entry) => entry.lead === lead) + 1}`;
  }

  #releaseOver({ id }: Session): void {
    for (const { order } of this.seats(id).values()) if (this.#city.isOver(order)) this.#city.release(order);
  }

  /** The nearest equal place for a party: same class, open, nobody waiting, places for all, each of them free, an hour ahead. */
  equal(party: readonly Place[]): StandingSession | undefined {
    const [first] = party;
    if (!first) return undefined;
    const { where, at } = first;
    const lost = this.session(where);
    const away = (one: Session) =>
      Math.abs(Date.parse(one.date) - Date.parse(at.date)) * 1_000 + Math.abs(one.from - at.from);
    return [...this.all.values()]
      .filter((one) => one !== lost && one.class === lost.class && one.shutBy.size === 0 && one.queue.length === 0)
      .filter((one) => minuteOf(one) >= this.#city.now + 60)
      .filter((one) => party.every(({ person }) => !this.#city.isBusy(person, one) && !this.seats(one.id).has(person)))
      .filter(({ id, capacity }) => this.seats(id).size + party.length <= capacity)
      .sort((one, other) => away(one) - away(other))[0];
  }

  /** A place in it, instead of a lost one: never dearer, canceled by its own rules, and counted once it is accepted. */
  instead({ id, date, from, to, priceFen, tiers = [] }: Session, lost: Place): Place {
    const price = Math.min(priceFen, lost.priceFen);
    const at = { date, from, to };
    const { person } = lost;
    return {
      person,
      where: id,
      at,
      stands: true,
      priceFen: price,
      keptFen: 0,
      tiers: price > 0 ? tiers : [],
      charges: [],
    };
  }
}
