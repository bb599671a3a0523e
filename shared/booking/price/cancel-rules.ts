import type { CancellationTier } from '../../contracts/policy.ts';
import type { Fen } from '../../kernel/money.ts';

/** What is kept of a price and what is given back; the two sum to it. */
export type CancelAmounts = { readonly keptFen: Fen; readonly refundFen: Fen };

const MS_PER_HOUR = 3_600_000;

/** `percent` of the price is kept, rounded down to the fen: what cannot be split is the resident's. */
export function splitOf(priceFen: Fen, keepPercent: number): CancelAmounts {
  const keptFen = Math.floor((priceFen * keepPercent) / 100);
  return { keptFen, refundFen: priceFen - keptFen };
}

/**
 * Percent kept of a cancellation at `at`: of the tiers whose hours before the start have begun, the one with the fewest hours counts. At
 * the very hour of a tier it does not count yet: "under 24 hours" begins after it.
 */
export function keepPercentAt(tiers: readonly CancellationTier[], starts: Date, at: Date): number {
  const leftMs = starts.getTime() - at.getTime();
  const begun = tiers.filter(({ underHours }) => leftMs < underHours * MS_PER_HOUR);
  return begun.sort((one, other) => one.underHours - other.underHours)[0]?.keepPercent ?? 0;
}

/** A stretch of time in which a cancellation costs the same. */
export type CancelStep = CancelAmounts & {
  readonly keepPercent: number;
  /** From the moment after this one on, an instant; always, where it is left out. */
  readonly from?: string;
};

/** What a cancellation costs, step by step in the order of time, until it starts. */
export function cancelSteps(tiers: readonly CancellationTier[], priceFen: Fen, starts: Date): CancelStep[] {
  const inTime = [...tiers].sort((one, other) => other.underHours - one.underHours);
  return [
    { keepPercent: 0, ...splitOf(priceFen, 0) },
    ...inTime.map(({ underHours, keepPercent }) => ({
      from: new Date(starts.getTime() - underHours * MS_PER_HOUR).toISOString(),
      keepPercent,
      ...splitOf(priceFen, keepPercent),
    })),
  ];
}

/** Until when the amounts of a moment hold: the beginning of the next step, or the start. */
export function holdsUntil(steps: readonly CancelStep[], starts: Date, at: Date): Date {
  const next = steps.flatMap(({ from }) => (from && Date.parse(from) >= at.getTime() ? [Date.parse(from)] : []));
  return new Date(Math.min(starts.getTime(), ...next));
}
