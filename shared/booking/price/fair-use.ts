import type { FairUseRule } from '../../contracts/city-rules.ts';
import type { HouseholdId, OfferingId, PersonId, Service } from '../../contracts/common.ts';
import { addDays, type IsoDate, isoWeekOf, mondayOf } from '../../kernel/days.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { CounterItem } from '../items/counter.ts';
import { type BoundedCharge, quotaExceeded } from './counters.ts';

/** What somebody wants to use, as far as fair use looks at it. */
export type Use = {
  readonly kind: 'room' | 'session';
  readonly date: IsoDate;
  readonly service?: Service | undefined;
  readonly offeringId?: OfferingId | undefined;
  /** How long, in quarter-hours. */
  readonly quarters: number;
  /** What it costs by itself. */
  readonly priceFen: Fen;
  readonly personId: PersonId;
  readonly householdId?: HouseholdId | undefined;
  /** The organization that it is for; then it counts against what organizations may use, and nobody's own. */
  readonly organizationId?: string | undefined;
};

/** The window of a date: its name, and the first day of the next one. Weeks begin on Monday, months on the 1st, at 00:00 civil time. */
export function windowOf(window: FairUseRule['window'], date: IsoDate): { name: string; resetsOn: IsoDate } {
  if (window === 'day') return { name: date, resetsOn: addDays(date, 1) };
  if (window === 'week') return { name: isoWeekOf(date), resetsOn: addDays(mondayOf(date), 7) };
  const month = date.slice(0, 7);
  return { name: month, resetsOn: `${addDays(`${month}-28`, 4).slice(0, 7)}-01` };
}

/** Whose counter: of a household where there is one, else the person is a household of their own. */
export function counterOwner(per: FairUseRule['per'], { personId, householdId, organizationId }: Whose): string {
  if (per === 'organization') return `organization.${organizationId ?? ''}`;
  return per === 'household' && householdId ? `household.${householdId}` : `person.${personId}`;
}
type Whose = Pick<Use, 'personId' | 'householdId' | 'organizationId'>;

/** A rule with what a use takes of it. */
export type RuleCharge = { readonly rule: FairUseRule; readonly charge: BoundedCharge };

/** Quarter-hours of an hour: the unit of counters of hours. */
export const QUARTERS_PER_HOUR = 4;
const inUnits = (rule: FairUseRule, amount: number): number =>
  rule.unit === 'hours' ? Math.round(amount * QUARTERS_PER_HOUR) : amount;

export const isInForce = ({ validFrom, validUntil }: FairUseRule, date: IsoDate): boolean =>
  validFrom <= date && (validUntil === undefined || date <= validUntil);

function applies(rule: FairUseRule, use: Use): boolean {
  const { of, per, beyond } = rule;
  if (!isInForce(rule, use.date) || of.kind !== use.kind) return false;
  if (of.service && of.service !== use.service) return false;
  if (of.offeringIds && !of.offeringIds.some((id) => id === use.offeringId)) return false;
  // What has a price of its own is no free hour, and is not paid for twice.
  if (beyond !== 'refuse' && use.priceFen > 0) return false;
  return (per === 'organization') === (use.organizationId !== undefined);
}

/** What a use counts against, by the rules of the city that are in force on its date. */
export function chargesOf(rules: readonly FairUseRule[], use: Use): RuleCharge[] {
  return rules
    .filter((rule) => applies(rule, use))
    .map((rule) => {
      const { name, resetsOn } = windowOf(rule.window, use.date);
      const charge: BoundedCharge = {
        of: counterOwner(rule.per, use),
        id: `${rule.ruleId}.${name}`,
        amount: rule.unit === 'hours' ? use.quarters : 1,
        most: inUnits(rule, rule.free),
        resetsOn,
        unit: rule.unit,
      };
      return { rule, charge };
    });
}

/** What a use takes and costs, given what is used already. */
export type Settled = {
  readonly charges: readonly BoundedCharge[];
  readonly freeQuarters: number;
  readonly pricedQuarters: number;
  /** For the hours beyond the allowance. */
  readonly priceFen: Fen;
};

/**
 * Takes what is left of each allowance, and prices what is beyond it where its rule says so; the dearest rule counts, for nobody pays
 * twice for one hour. Gives the refusal where a rule has nothing beyond. The charges hold only for exactly this: whatever moves in
 * between is refused by the claim, and is settled anew.
 */
export function settle(
  wanted: readonly RuleCharge[],
  quarters: number,
  usedOf: (charge: BoundedCharge) => Pick<CounterItem, 'used'>,
): Settled | { readonly refusal: Refusal } {
  const charges: BoundedCharge[] = [];
  let [pricedQuarters, priceFen] = [0, 0];
  for (const { rule, charge } of wanted) {
    const { amount, most = 0 } = charge;
    const { used } = usedOf(charge);
    if (rule.beyond === 'refuse') {
      if (used + amount > most) return { refusal: quotaExceeded(charge, used) };
      charges.push(charge);
      continue;
    }
    const free = Math.min(amount, Math.max(0, most - used));
    const over = amount - free;
    charges.push(over > 0 ? { ...charge, amount: free, pricedQuarters: over } : charge);
    pricedQuarters = Math.max(pricedQuarters, over);
    priceFen = Math.max(priceFen, Math.round((rule.beyond.pricePerHourFen * over) / QUARTERS_PER_HOUR));
  }
  return { charges, freeQuarters: quarters - pricedQuarters, pricedQuarters, priceFen };
}

/** Whether one of these allowances has a price beyond it: then what it costs depends on what is used, and is asked anew when that moves. */
export const hasPrice = (wanted: readonly RuleCharge[]): boolean => wanted.some(({ rule }) => rule.beyond !== 'refuse');
