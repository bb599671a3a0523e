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
   * Ends one booking, with its price back, and keeps the nearest equal place for an answer: `find` makes it, or there is none. What was
   * only held for a payment or an approval was nobody's yet, and nothing replaces it.
   */
  end(order: Order, lost: Place, find: (lost: Place) => Place | undefined): Case {
    const held = order.status === 'held';
    this.#city.end(lost);
    if (held && !order.places.some(({ stands }) => stands)) {
      this.#city.release(order);
      order.closed = true;
    }
    const refundFen = held ? 0 : lost.priceFen;
    const place = held && order.for !== 'offer' ? undefined : find(lost);
    if (!place) return { lost, refundFen };
    const until = Math.min(this.#city.now + ANSWER_HOURS * 60, minuteOf(place.at));
    return { lost, refundFen, offer: this.#city.open([place], { for: 'offer', until, instead: true }) };
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
