import * as z from 'zod';
import { fund, pass, passPart } from '../../contracts/passes.ts';
import type { RawItem } from '../../table/conditions.ts';
import { requestHashAttribute, storedAs } from '../../table/stored.ts';

/**
 * What a booking takes of a counter, kept on the person's day so that it can be given back. A counter is one item: how much of a fair-use
 * allowance is used, how many units of a pass are left, how much of what a funder gave. That it stays within its limit is a condition of
 * the write that moves it, never a sum read before. It moves in the same transaction as the person's day, or by name right after it.
 */
const counterChargeFields = z.object({
  /** Whose: `person.<id>`, `household.<id>`, `organization.<id>`; and which: `<rule>.<window>`, `pass.<id>` or `fund.<id>`. */
  of: z.string(),
  id: z.string(),
  /** How much of it this booking takes: quarter-hours or bookings of a rule, units of a pass, fen of a fund. */
  amount: z.int().nonnegative(),
  /** Quarter-hours beyond the allowance, which are paid for: then what is left of it is taken to the last. */
  pricedQuarters: z.int().positive().optional(),
  /** Counted by name: the booking under which the counter remembers it. One that has moved since keeps the name of the first. */
  countedAs: z.string().optional(),
});
export type CounterCharge = z.infer<typeof counterChargeFields>;
export const counterCharge = storedAs(counterChargeFields, { amount: 'n', pricedQuarters: 'p', countedAs: 'b' });

/** What a claim is to be counted by, by name, within allowances of its own person: on the claim, so that whoever completes it counts it. */
export const claimCharges = z.array(
  z.codec(
    z.tuple([z.string(), z.int().nonnegative(), z.int()]),
    z.object({ id: z.string(), amount: z.int(), most: z.int() }),
    {
      decode: ([id, amount, most]) => ({ id, amount, most }),
      encode: ({ id, amount, most }): [string, number, number] => [id, amount, most],
    },
  ),
);
export type ClaimCharge = z.infer<typeof claimCharges>[number];

/** On a counter, one attribute for each booking that it has counted by name: how much of it. */
const COUNTED_PREFIX = 'b:';
export const countedAttribute = (bookingId: string): string => COUNTED_PREFIX + bookingId;

function withCounted(item: unknown): unknown {
  const raw = item as RawItem;
  const named = Object.entries(raw).filter(([name]) => name.startsWith(COUNTED_PREFIX));
  return { ...raw, counted: Object.fromEntries(named.map(([name, of]) => [name.slice(COUNTED_PREFIX.length), of])) };
}

/**
 * `COUNTER#<of> / <rule>.<window>`: an allowance; it is made by its first use. `paid`: quarter-hours beyond it. `counted`: how much of it
 * by booking, of those that were counted by name.
 */
export const counterItem = z.preprocess(
  withCounted,
  z.object({ used: z.int().default(0), paid: z.int().default(0), counted: z.record(z.string(), z.int()) }),
);
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
