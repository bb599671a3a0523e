import { type City, minuteOf, type Order, type Place } from './city.ts';

/** What becomes of a booking that a closure has ended. */
export type Case = { readonly lost: Place; readonly refundFen: number; readonly offer?: Order };
export type Outcome = 'offered' | 'moved' | 'declined' | 'lapsed' | 'none';

export const ANSWER_HOURS = 1;

/** What was closed, by the names of the closures, with everybody affected. */
export class Closures {
  readonly all = new Map<string, Case[]>();
  readonly #city: City;

  constructor(city: City) {
    this.#city = city;
  }

  begin(): { name: string; cases: Case[] } {
    const name = `closure-${this.all.size + 1}`;
    const cases: Case[] = [];
    this.all.set(name, cases);
    return { name, cases };
  }

  /**
   * Ends what one party has booked together, with its price back, and keeps the nearest equal place that has room for all of them for an
   * answer, or else one for each: `find` makes it, or there is none. What was only held for a payment or an approval was nobody's yet, and
   * nothing replaces it.
   */
  end(order: Order, lost: readonly Place[], find: (lost: readonly Place[]) => readonly Place[] | undefined): Case[] {
    const held = order.status === 'held';
    for (const place of lost) this.#city.end(place);
    if (held && !order.places.some(({ stands }) => stands)) {
      this.#city.release(order);
      order.closed = true;
    }
    const cases = lost.map((place): Case => ({ lost: place, refundFen: held ? 0 : place.priceFen }));
    return held && order.for !== 'offer' ? cases : this.#replace(cases, find);
  }

  #replace(cases: readonly Case[], find: (lost: readonly Place[]) => readonly Place[] | undefined): Case[] {
    const places = find(cases.map(({ lost }) => lost));
    if (!places && cases.length > 1) return cases.flatMap((one) => this.#replace([one], find));
    const [first] = places ?? [];
    if (!places || !first) return [...cases];
    const until = Math.min(this.#city.now + ANSWER_HOURS * 60, minuteOf(first.at));
    const offer = this.#city.open(places, { for: 'offer', until, instead: true });
    return cases.map((one) => ({ ...one, offer }));
  }

  outcomeOf({ offer }: Case): Outcome {
    if (!offer) return 'none';
    if (offer.status === 'booked') return 'moved';
    if (offer.refused) return 'declined';
    // Whose offered place was closed in its turn had said nothing to it.
    return offer.status === 'released' || this.#city.isOver(offer) ? this.#ending(offer) : 'offered';
  }

  #ending = (offer: Order): Outcome => (offer.closed ? 'declined' : 'lapsed');
}
