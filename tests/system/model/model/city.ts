import { Counters, type Taken } from './counters.ts';

/**
 * The engine as plain values in memory: what its commands are meant to do, with none of how. The tests drive it and the real engine by
 * the same commands and compare what each says and what is left. This is what all of it stands on: time, places, orders, people's days.
 */

/** From when to when on a date, in minutes of its day. */
export type Stretch = { readonly date: string; readonly from: number; readonly to: number };

export const meet = (one: Stretch, other: Stretch): boolean =>
  one.date === other.date && one.from < other.to && other.from < one.to;

/** Somebody's place in a session, or use of a room: it stands, or it is over. */
export type Place = {
  readonly person: string;
  /** The session, or the room. */
  readonly where: string;
  readonly at: Stretch;
  stands: boolean;
  priceFen: number;
  /** What was kept of the price when it ended. */
  keptFen: number;
  /** How canceling it costs, as agreed: under so many hours before the start, so many percent are kept. */
  readonly tiers: readonly Tier[];
  /** What it counts against. */
  charges: readonly Taken[];
  /** Of a room: what came along, time kept free around it, as what kind of use. */
  readonly use?: Use;
};
export type Tier = { readonly underHours: number; readonly keepPercent: number };
export type Use = {
  readonly kind: string;
  /** The room first. */
  readonly resources: readonly string[];
  readonly pre: number;
  readonly post: number;
};

export type Order = {
  readonly id: string;
  status: 'held' | 'booked' | 'released';
  /** What it was held for at first. */
  readonly for?: 'payment' | 'offer' | 'approval';
  /** Minute of the test's clock from which it can no longer be confirmed. */
  readonly until: number;
  readonly places: readonly Place[];
  /** By session: who pays as a family, the eldest first, and who of it has canceled. */
  readonly families: ReadonlyMap<string, { readonly eldestFirst: readonly string[]; readonly gone: Set<string> }>;
  /** Offered in the stead of something that a closure ended. */
  readonly instead?: boolean;
  /** A closure has ended the last of its places while they were held. */
  closed?: boolean;
  /** Somebody said no, before its time was over. */
  refused?: boolean;
};
type Facts = Partial<Pick<Order, 'for' | 'until' | 'families' | 'instead'>>;

/** Monday 2 March 2026, 09:00: the minute 0 of the test's clock. */
export const START_DATE = '2026-03-02';
export const START_MINUTE = 9 * 60;
const DAY = 24 * 60;

/** The minute of the test's clock at which something begins. */
export const minuteOf = ({ date, from }: Stretch): number =>
  ((Date.parse(date) - Date.parse(START_DATE)) / 86_400_000) * DAY + from - START_MINUTE;

/** Whose an allowance is. */
export type Per = 'person' | 'household';

/** A run counts by the one or the other, as its seed says. */
export const perOf = (seed: number): Per => (seed % 2 === 0 ? 'household' : 'person');

export class City {
  now = 0;
  readonly orders = new Map<string, Order>();
  readonly counters = new Counters();
  /** Places that take the day of who has them; an offer does not, until it is accepted. */
  readonly #days = new Set<Place>();
  readonly #households: readonly (readonly string[])[];
  readonly #per: Per;

  /** Households, the eldest of each first. */
  constructor(households: readonly (readonly string[])[], per: Per = 'household') {
    this.#households = households;
    this.#per = per;
  }

  /** Everybody, or one of each household, who has an allowance of their own. */
  get owners(): string[] {
    return this.#per === 'person' ? this.#households.flat() : this.#households.flatMap(([first = '']) => first);
  }

  /** In whose name something counts: their own, or the first of the household. */
  ownerOf = (person: string): string => (this.#per === 'person' ? person : (this.householdOf(person)[0] ?? person));

  householdOf(person: string): readonly string[] {
    return this.#households.find((members) => members.includes(person)) ?? [person];
  }

  open(places: readonly Place[], facts: Facts = {}): Order {
    const id = `order-${this.orders.size + 1}`;
    const status = facts.for ? 'held' : 'booked';
    const order: Order = { id, status, until: 0, families: new Map(), places, ...facts };
    this.orders.set(id, order);
    return order;
  }

  /** Places of a session, or uses of a room or of what comes with it, held ones too, whether or not their time is over. */
  active(where: string): { place: Place; order: Order }[] {
    return [...this.orders.values()].flatMap((order) =>
      order.places
        .filter(({ stands, where: there, use }) => stands && (there === where || use?.resources.includes(where)))
        .map((place) => ({ place, order })),
    );
  }

  isBusy(person: string, at: Stretch): boolean {
    return this.dayOf(person).some((place) => meet(place.at, at));
  }

  dayOf(person: string): Place[] {
    return [...this.#days].filter((place) => place.person === person);
  }

  /** Minutes in rooms on a date. */
  roomMinutes(person: string, date: string): number {
    return this.dayOf(person)
      .filter(({ use, at }) => use && at.date === date)
      .reduce((sum, { at }) => sum + at.to - at.from, 0);
  }

  /** The person's day is theirs now, and what it counts against is taken. */
  takeDay(place: Place): void {
    this.#days.add(place);
    this.counters.take(place.charges);
  }

  isOver = (order: Order): boolean => order.status === 'held' && this.now >= order.until;

  /** One place ends; the day and what it counted against come back. */
  end(place: Place, keepPercent = 0): void {
    place.stands = false;
    if (this.#days.delete(place)) this.counters.giveBack(place.charges, keepPercent);
  }

  /** A place gives its day to another, with what it counted against. */
  handOver(from: Place, to: Place): void {
    from.stands = false;
    this.#days.delete(from);
    this.#days.add(to);
  }

  /** What is held is held no more; what is decided stays. */
  release(order: Order): void {
    if (order.status !== 'held') return;
    order.status = 'released';
    for (const place of order.places) if (place.stands) this.end(place);
  }

  /** Somebody says no. */
  decline(orderId: string): string {
    const order = this.orders.get(orderId);
    if (!order?.for) return 'not-held';
    if (order.status === 'booked') return 'already-decided';
    if (order.status === 'held') order.refused = true;
    this.release(order);
    return 'ok';
  }

  /** Why a hold can no longer be confirmed; `ok` when it was. */
  decided(order: Order): string | undefined {
    if (order.status === 'booked') return 'ok';
    if (order.refused) return 'already-decided';
    return order.status === 'released' || this.now >= order.until ? 'hold-expired' : undefined;
  }

  /** What the sweep does: holds whose time is over are gone. */
  sweep(): void {
    for (const order of this.orders.values()) if (this.isOver(order)) this.release(order);
  }
}
