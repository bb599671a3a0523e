import type { City, Order, Stretch } from './city.ts';
import { type Rooms, type UseKind, uses, type WantedRoom } from './rooms.ts';

/** One date of a series: where it is, or was wanted; what became of it, and why not, or why it did not move. */
export type Occurrence = { at: Stretch; outcome: 'booked' | 'skipped' | 'canceled'; order?: Order; code?: string };

export type Series = {
  readonly id: string;
  readonly person: string;
  readonly kind: UseKind;
  readonly resources: readonly string[];
  /** By the date that the rule gave. */
  readonly occurrences: ReadonlyMap<string, Occurrence>;
};

/** A use of a room again and again, each date by itself. */
export class SeriesOfRooms {
  readonly all = new Map<string, Series>();
  readonly #city: City;
  readonly #rooms: Rooms;

  constructor(city: City, rooms: Rooms) {
    this.#city = city;
    this.#rooms = rooms;
  }

  make({ person, at, kind, resources }: WantedRoom, dates: readonly string[]): Series {
    const occurrences = new Map<string, Occurrence>();
    for (const date of dates) occurrences.set(date, this.#tried({ person, kind, resources }, { ...at, date }));
    const series = { id: `series-${this.all.size + 1}`, person, kind, resources, occurrences };
    this.all.set(series.id, series);
    return series;
  }

  #tried(whose: Omit<WantedRoom, 'at'>, at: Stretch): Occurrence {
    const { says, order } = this.#rooms.book({ ...whose, at });
    return order ? { at, outcome: 'booked', order } : { at, outcome: 'skipped', code: says };
  }

  /** A date as it stands: its booking may have ended by itself. */
  outcomeOf({ outcome, order }: Occurrence): Occurrence['outcome'] {
    return outcome === 'booked' && !order?.places.some(({ stands }) => stands) ? 'canceled' : outcome;
  }

  /** Moves one date. Where the new place cannot be had the old one stays, with the reason. */
  move(series: Series, recurrence: string, at: Stretch): string {
    const one = series.occurrences.get(recurrence);
    if (!one || this.outcomeOf(one) === 'canceled') return 'occurrence-over';
    const old = one.order?.places[0];
    const isThere = one.at.date === at.date && one.at.from === at.from;
    if (old && isThere) return 'ok';
    const { person, kind, resources } = series;
    const whose = { person, kind, resources };
    if (!old) {
      Object.assign(one, { code: undefined }, this.#tried(whose, at));
      return 'ok';
    }
    const use = { kind, resources, pre: uses[kind].pre, post: uses[kind].post };
    const { says, order } =
      one.at.date === at.date ? this.#rooms.moveInDay(old, at, use) : this.#rooms.book({ ...whose, at });
    if (!order) {
      one.code = says;
      return 'ok';
    }
    if (old.stands) this.#city.end(old);
    Object.assign(one, { at, order, code: undefined });
    return 'ok';
  }

  /** Calls off a date and all that follow. */
  cancelFrom(series: Series, from: string): string {
    for (const [recurrence, one] of series.occurrences) {
      if (recurrence < from || this.outcomeOf(one) === 'canceled') continue;
      for (const place of one.order?.places ?? []) this.#city.end(place);
      Object.assign(one, { outcome: 'canceled', code: undefined });
    }
    return 'ok';
  }
}
