import type { Authorized } from '../../access/authorize.ts';
import type { BookingId, PersonId, SessionId } from '../../contracts/common.ts';
import type { FundId, PassId } from '../../contracts/passes.ts';
import { instantOf } from '../../kernel/days.ts';
import { type Refusal, refuse } from '../../kernel/refusal.ts';
import { condition, exists, type RawItem } from '../../table/conditions.ts';
import { keys } from '../../table/keys.ts';
import type { Write } from '../../table/write.ts';
import { type ClaimCharge, type CounterCharge, countedAttribute } from '../items/counter.ts';
import { splitOf } from './cancel-rules.ts';

/**
 * A charge with its bound. Of an allowance: the most that may be used, and when it starts anew. A pass and a fund know their own:
 * nothing is taken that is not there, nor for a date after they end.
 */
export type BoundedCharge = CounterCharge & {
  readonly most?: number;
  readonly resetsOn?: string;
  /** An allowance of hours is counted in quarter-hours. */
  readonly unit?: 'hours' | 'bookings';
  /** The date of what is paid for. */
  readonly on?: string;
};

/** What the places of one request take of each counter, on top of what is used. */
export class Together {
  readonly #taken = new Map<string, number>();

  /** Adds a charge, and gives what they come to. */
  add({ of, id, amount }: BoundedCharge): number {
    const sum = (this.#taken.get(`${of} ${id}`) ?? 0) + amount;
    this.#taken.set(`${of} ${id}`, sum);
    return sum;
  }
}

const PASS = 'pass.';
const FUND = 'fund.';
export const passCounter = (passId: PassId): string => PASS + passId;
export const fundCounter = (fundId: FundId): string => FUND + fundId;
const isFund = ({ id }: Pick<CounterCharge, 'id'>): boolean => id.startsWith(FUND);
const isBalance = (charge: Pick<CounterCharge, 'id'>): boolean => charge.id.startsWith(PASS) || isFund(charge);

function balanceWrite(by: Authorized, charge: BoundedCharge): Write & { update: string } {
  const { of, id, amount, on } = charge;
  const facts = isFund(charge) ? { fundId: id.slice(FUND.length) } : { passId: id.slice(PASS.length) };
  return {
    key: keys.booking.counter(by.tenantId, of, id),
    update: 'ADD #left :minus',
    names: { '#left': 'left' },
    values: { ':amount': amount, ':minus': -amount, ...(on ? { ':on': on } : {}) },
    conditions: [
      exists,
      ...(on ? [condition('still valid', 'validUntil >= :on')] : []),
      condition('enough left', '#left >= :amount'),
    ],
    meaning: (item) => {
      if (!item) return refuse('not-found', facts);
      if (on && String(item['validUntil']) < on)
        return refuse('pass-expired', { ...facts, validUntil: item['validUntil'] });
      const left = Number(item['left']);
      return isFund(charge)
        ? refuse('fund-empty', { ...facts, leftFen: left, neededFen: amount })
        : refuse('pass-empty', { ...facts, left });
    },
  };
}

/** That the allowance has as much left as is taken; and, where more is paid for, not a quarter-hour more than that. */
function boundOf({ amount, pricedQuarters }: BoundedCharge, most: number): string {
  if (pricedQuarters === undefined)
    return amount <= most ? 'attribute_not_exists(used) OR used <= :bound' : 'used <= :bound';
  if (amount === 0) return most <= 0 ? 'attribute_not_exists(used) OR used >= :bound' : 'used >= :bound';
  return amount === most ? 'attribute_not_exists(used) OR used = :bound' : 'used = :bound';
}

/**
 * Takes from the counter. Refuses `quota-exceeded` with the day on which it starts anew, `pass-empty`, `fund-empty`, `pass-expired`, or
 * `not-found` for a pass that is not there.
 */
export function chargeWrite(by: Authorized, charge: BoundedCharge): Write & { update: string } {
  if (isBalance(charge)) return balanceWrite(by, charge);
  const { of, id, amount, pricedQuarters, most = 0 } = charge;
  return {
    key: keys.booking.counter(by.tenantId, of, id),
    update: `ADD used :amount${pricedQuarters ? ', paid :priced' : ''}`,
    values: {
      ':amount': amount,
      ':bound': most - amount,
      ...(pricedQuarters ? { ':priced': pricedQuarters } : {}),
    },
    conditions: [condition('within the allowance', boundOf(charge, most))],
    meaning: (item) => quotaExceeded(charge, Number(item?.['used'] ?? 0)),
  };
}

/**
 * Whether a charge is counted by name: an allowance of the very person of the claim, and wholly within it. A counter of a household is
 * met by several, a balance has a bound of its own, and what is beyond has a price that the claim must agree to.
 */
export const isCountedByName = ({ of, id, pricedQuarters }: CounterCharge, personId: PersonId): boolean =>
  of === ownerOf(personId) && !isBalance({ id }) && pricedQuarters === undefined;

const ownerOf = (personId: PersonId): string => `person.${personId}`;

/** A charge as the claim carries it. */
export const claimChargeOf = ({ id, amount, most = 0 }: BoundedCharge): ClaimCharge => ({ id, amount, most });

/** The charges of a claim with their bounds; `known` adds what only a refusal tells. */
export const boundedCharges = (
  personId: PersonId,
  charges: readonly ClaimCharge[] = [],
  known: readonly BoundedCharge[] = [],
): BoundedCharge[] =>
  charges.map((charge) => ({ ...known.find(({ id }) => id === charge.id), ...charge, of: ownerOf(personId) }));

/**
 * Counts a booking by name: the counter remembers how much, in the very update that counts, so that it is counted once however often
 * it is asked, and by whomever. `done` when it was. Refuses `quota-exceeded`, also when it stands there with another amount.
 */
export function countWrite(by: Authorized, charge: BoundedCharge, bookingId: BookingId): Write & { update: string } {
  const attribute = countedAttribute(bookingId);
  const write = chargeWrite(by, charge);
  return {
    ...write,
    update: `SET #counted = :amount ${write.update}`,
    names: { '#counted': attribute },
    conditions: [condition('not yet counted', 'attribute_not_exists(#counted)'), ...(write.conditions ?? [])],
    meaning: (item: RawItem | undefined) =>
      item?.[attribute] === charge.amount ? 'done' : quotaExceeded(charge, Number(item?.['used'] ?? 0)),
  };
}

/** Gives back exactly what a counter remembers of a booking; `done` where it remembers nothing. */
export function uncountWrite(
  by: Authorized,
  { of, id, pricedQuarters }: Pick<CounterCharge, 'of' | 'id' | 'pricedQuarters'>,
  bookingId: BookingId,
): Write & { update: string } {
  return {
    key: keys.booking.counter(by.tenantId, of, id),
    update: `SET used = used - #counted REMOVE #counted${pricedQuarters ? ' ADD paid :priced' : ''}`,
    names: { '#counted': countedAttribute(bookingId) },
    values: pricedQuarters ? { ':priced': -pricedQuarters } : {},
    conditions: [condition('counted', 'attribute_exists(#counted)')],
    meaning: () => 'done',
  };
}

/** The refusal of an allowance: its rule, what is used of what, in hours or bookings, when it starts anew, and what it is about. */
export function quotaExceeded(
  { id, most = 0, unit = 'bookings', resetsOn }: BoundedCharge,
  used: number,
  about: { readonly sessionId?: SessionId; readonly personId?: PersonId } = {},
): Refusal {
  const per = unit === 'hours' ? 4 : 1;
  const resetsAt = resetsOn && instantOf(resetsOn, '00:00').toISOString();
  const rule = id.slice(0, id.indexOf('.'));
  return refuse('quota-exceeded', { rule, unit, used: used / per, most: most / per, resetsOn, resetsAt, ...about });
}

/**
 * What comes back of a charge when `keepPercent` of a price is kept: an allowance whole, a unit of a pass only when nothing is kept, a
 * fund its share as a resident would have it.
 */
export function comesBack(charge: CounterCharge, keepPercent: number): number {
  if (isFund(charge)) return splitOf(charge.amount, keepPercent).refundFen;
  return isBalance(charge) && keepPercent > 0 ? 0 : charge.amount;
}

/** Gives back what {@link chargeWrite} took, as far as {@link comesBack} says; `undefined` when that is nothing. */
export function releaseChargeWrite(
  by: Authorized,
  charge: CounterCharge,
  keepPercent = 0,
): (Write & { update: string }) | undefined {
  const { of, id, pricedQuarters } = charge;
  const key = keys.booking.counter(by.tenantId, of, id);
  const back = comesBack(charge, keepPercent);
  if (isBalance(charge)) {
    if (back === 0) return undefined;
    return { key, update: 'ADD #left :back', names: { '#left': 'left' }, values: { ':back': back } };
  }
  return {
    key,
    update: `ADD used :back${pricedQuarters ? ', paid :priced' : ''}`,
    values: { ':back': -back, ...(pricedQuarters ? { ':priced': -pricedQuarters } : {}) },
  };
}
