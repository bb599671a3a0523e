import * as z from 'zod';
import { fund, pass, passPart } from '../../contracts/passes.ts';
import { requestHashAttribute, storedAs } from '../../table/stored.ts';

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

/** `COUNTER#<of> / <rule>.<window>`: an allowance; it is made by its first use. `paid`: quarter-hours beyond it. */
export const counterItem = z.object({ used: z.int().default(0), paid: z.int().default(0) });
export type CounterItem = z.infer<typeof counterItem>;

/** `COUNTER#person.<id> / pass.<id>`: units bought, units that can be used now, until when (civil date, included). */
const passFields = pass.omit({ parts: true }).extend({
  is: z.literal('pass').default('pass'),
  requestHash: z.string(),
  issuedBy: z.string(),
  reason: z.string(),
  parts: z.array(passPart.extend({ paidBy: z.string().optional() })).optional(),
});
export type PassItem = z.infer<typeof passFields>;
export const passItem = storedAs(passFields, requestHashAttribute);

/** `COUNTER#person.<id> / fund.<id>`: what a funder gave one person, and what is left, in fen. */
const fundFields = fund.omit({ leftFen: true }).extend({
  is: z.literal('fund').default('fund'),
  left: z.int(),
  requestHash: z.string(),
  givenBy: z.string(),
  reason: z.string(),
});
export type FundItem = z.infer<typeof fundFields>;
export const fundItem = storedAs(fundFields, requestHashAttribute);
