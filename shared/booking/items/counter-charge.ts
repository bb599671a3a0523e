import * as z from 'zod';
import { storedAs } from '../../table/stored.ts';

/**
 * What a booking takes of a counter, kept on the person's day so that it can be given back. A counter is one item that moves in the same
 * transaction as the person's day: how much of a fair-use allowance is used, how many units of a pass are left, how much of what a
 * funder gave. That it stays within its limit is a condition of the claim itself, never a sum read before.
 */
const counterChargeFields = z.object({
  /** Whose: `person.<id>`, `household.<id>`, `organization.<id>`; and which: `<rule>.<window>`, `pass.<id>` or `fund.<id>`. */
  of: z.string(),
  id: z.string(),
  /** How much of it this booking takes: quarter-hours or bookings of a rule, units of a pass, fen of a fund. */
  amount: z.int().nonnegative(),
  /** Quarter-hours beyond the allowance, which are paid for: then what is left of it is taken to the last. */
  pricedQuarters: z.int().positive().optional(),
});
export type CounterCharge = z.infer<typeof counterChargeFields>;
export const counterCharge = storedAs(counterChargeFields, { amount: 'n', pricedQuarters: 'p' });
