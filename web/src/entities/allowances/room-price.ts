import type { Allowance } from '../../../../shared/contracts/city-rules.ts';

/** What a stretch of a room takes beyond one allowance, as the server reckons it. */
export type Beyond = {
  readonly allowance: Allowance;
  readonly overHours: number;
  readonly priceFen: number;
  readonly refused: boolean;
};

/** What each allowance of rooms says about `minutes` more, the strictest first. A use with a price of its own is no free hour. */
export function beyondOf(allowances: readonly Allowance[], minutes: number, ownFen: number): Beyond[] {
  return allowances
    .filter(({ rule }) => rule.of.kind === 'room' && !rule.of.offeringIds && !rule.of.service)
    .filter(({ rule }) => rule.beyond === 'refuse' || ownFen === 0)
    .map((allowance) => {
      const { rule, left } = allowance;
      const overHours = Math.max(0, (rule.unit === 'hours' ? minutes / 60 : 1) - left);
      const rate = rule.beyond === 'refuse' ? 0 : rule.beyond.pricePerHourFen;
      const refused = rule.beyond === 'refuse' && overHours > 0;
      return { allowance, overHours, priceFen: Math.round(rate * overHours), refused };
    })
    .sort((a, b) => Number(b.refused) - Number(a.refused) || b.priceFen - a.priceFen);
}
