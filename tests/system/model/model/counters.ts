/** So much of a counter: bookings or quarter-hours of an allowance, units of a pass; and quarter-hours beyond, which are paid for. */
export type Taken = { readonly counter: string; readonly n: number; readonly paid?: number };

const isPass = (counter: string): boolean => counter.startsWith('pass');

/** What is used of each allowance and of each pass. */
export class Counters {
  readonly #used = new Map<string, number>();
  readonly #paid = new Map<string, number>();

  used = (counter: string): number => this.#used.get(counter) ?? 0;
  paid = (counter: string): number => this.#paid.get(counter) ?? 0;
  get names(): string[] {
    return [...this.#used.keys()];
  }

  take(charges: readonly Taken[]): void {
    for (const { counter, n, paid = 0 } of charges) {
      this.#used.set(counter, this.used(counter) + n);
      this.#paid.set(counter, this.paid(counter) + paid);
    }
  }

  /** An allowance comes back whole; the unit of a pass only when nothing is kept. */
  giveBack(charges: readonly Taken[], keepPercent: number): void {
    const back = charges.filter(({ counter }) => !isPass(counter) || keepPercent === 0);
    this.take(back.map(({ counter, n, paid = 0 }) => ({ counter, n: -n, paid: -paid })));
  }
}
