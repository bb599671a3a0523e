/** Money is an integer number of fen (1/100 yuan). */
export type Fen = number;

/**
 * Splits `amountFen` by whole-number `weights` so that the parts sum to the amount exactly. Each part is rounded down; the
 * remaining fen go one by one to the earliest parts with a weight. `allocateFen(1000, [1, 1, 1])` is `[334, 333, 333]`.
 * Throws RangeError when the amount is not an integer, or the weights are negative or all zero.
 */
export function allocateFen(amountFen: Fen, weights: readonly number[]): Fen[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!Number.isSafeInteger(amountFen)) throw new RangeError('amountFen must be an integer');
  if (total <= 0 || weights.some((weight) => weight < 0 || !Number.isSafeInteger(weight))) {
    throw new RangeError('weights must be whole, none negative, not all zero');
  }
  const sign = amountFen < 0 ? -1 : 1;
  const size = BigInt(Math.abs(amountFen));
  const parts = weights.map((weight) => Number((size * BigInt(weight)) / BigInt(total)));
  let left = Number(size) - parts.reduce((sum, part) => sum + part, 0);
  for (let index = 0; left > 0; index = (index + 1) % parts.length) {
    if (weights[index] === 0) continue;
    parts[index] = (parts[index] ?? 0) + 1;
    left -= 1;
  }
  return parts.map((part) => (part === 0 ? 0 : sign * part));
}

/** `1250` → `12.50`. Currency sign and grouping are the screen's business. */
export function yuanText(amountFen: Fen): string {
  const sign = amountFen < 0 ? '-' : '';
  const size = Math.abs(amountFen);
  return `${sign}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
}
