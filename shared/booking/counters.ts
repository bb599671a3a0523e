import * as z from 'zod';
import type { Authorized } from '../access/authorize.ts';
import { refuse } from '../kernel/refusal.ts';
import { condition, exists } from '../table/conditions.ts';
import { keys } from '../table/keys.ts';
import type { Write } from '../table/write.ts';

/**
 * A counter is one item that moves in the same transaction as the person's day: how much of a fair-use allowance is used, or how many
 * units of a pass are left. That it stays within its limit is a condition of the claim itself, never a sum read before.
 */
export const counterCharge = z.object({
  /** Whose: `person.<id>`, `household.<id>`, `organization.<id>`; and which: `<rule>.<window>` or `pass.<id>`. */
  of: z.string(),
  id: z.string(),
  /** How much of it this booking takes: quarter-hours or bookings of a rule, units of a pass. */
  n: z.int().positive(),
});
export type CounterCharge = z.infer<typeof counterCharge>;

/** A charge with its bound: the most that may be used of an allowance; a pass knows its own, `left` never falls below zero. */
export type BoundedCharge = CounterCharge & { readonly most?: number; readonly resetsOn?: string };

export const isPass = ({ id }: Pick<CounterCharge, 'id'>): boolean => id.startsWith('pass.');

/** `COUNTER#<of> / <id>` of an allowance; it is made by its first use. */
export const counterItem = z.object({ used: z.int() });
/** `COUNTER#<of> / pass.<id>`: units bought, units left, until when it may be used (civil date, included). */
export const passItem = z.object({
  is: z.literal('pass').default('pass'),
  passId: z.string(),
  kind: z.string(),
  units: z.int(),
  left: z.int(),
  validUntil: z.string(),
});
export type PassItem = z.infer<typeof passItem>;

/** Takes from the counter. Refuses `quota-exceeded` with the day on which it starts anew, or `pass-empty`. */
export function chargeWrite(by: Authorized, { of, id, n, most, resetsOn }: BoundedCharge): Write & { update: string } {
  const key = keys.counter(by.tenantId, of, id);
  if (isPass({ id })) {
    return {
      key,
      update: 'ADD #left :minus',
      names: { '#left': 'left' },
      values: { ':n': n, ':minus': -n },
      conditions: [exists, condition('enough left', '#left >= :n')],
      meaning: (item) => refuse('pass-empty', { passId: id.slice('pass.'.length), left: Number(item?.['left'] ?? 0) }),
    };
  }
  const limit = most ?? 0;
  return {
    key,
    update: 'ADD used :n',
    values: { ':n': n, ':most': limit - n },
    conditions: [
      condition('within the allowance', limit >= n ? 'attribute_not_exists(used) OR used <= :most' : 'used <= :most'),
    ],
    meaning: (item) =>
      refuse('quota-exceeded', {
        of,
        rule: id.split('.')[0],
        most: limit,
        used: Number(item?.['used'] ?? 0),
        resetsOn,
      }),
  };
}

/** Gives back what {@link chargeWrite} took. */
export function giveBackWrite(by: Authorized, { of, id, n }: CounterCharge): Write & { update: string } {
  const pass = isPass({ id });
  return {
    key: keys.counter(by.tenantId, of, id),
    update: pass ? 'ADD #left :n' : 'ADD used :n',
    ...(pass ? { names: { '#left': 'left' } } : {}),
    values: { ':n': pass ? n : -n },
  };
}
