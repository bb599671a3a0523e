import * as z from 'zod';
import type { Authorized } from '../../access/authorize.ts';
import type { PersonId } from '../../contracts/common.ts';
import type { PassId } from '../../contracts/passes.ts';
import { refuse } from '../../kernel/refusal.ts';
import { condition, exists, isNew, type RawItem } from '../../table/conditions.ts';
import { type Key, keys } from '../../table/keys.ts';
import { get, parsedItem, queryAll } from '../../table/read.ts';
import { isOfRequest } from '../../table/stored.ts';
import { type Outcome, put, updateAndRead } from '../../table/write.ts';
import { type FundItem, fundItem, type PassItem, passItem } from '../items/counter.ts';
import { fundCounter, passCounter } from './counters.ts';

const ownCounter = z.looseObject({ sk: z.string() });

/** The passes and funds of a person, the newest last. */
export async function readBalances(
  by: Authorized,
  personId: PersonId,
): Promise<{ passes: PassItem[]; funds: FundItem[] }> {
  const pk = keys.booking.counters(by.tenantId, `person.${personId}`);
  const [passes, funds] = await Promise.all(['pass.', 'fund.'].map((begins) => queryAll({ pk, begins }, ownCounter)));
  return {
    passes: (passes ?? []).map((item) => parsedItem(passItem, item)),
    funds: (funds ?? []).map((item) => parsedItem(fundItem, item)),
  };
}

const passKey = (by: Authorized, personId: PersonId, passId: PassId): Key =>
  keys.booking.counter(by.tenantId, `person.${personId}`, passCounter(passId));

/** A pass of a person; `undefined` when there is none. */
export const readPass = (by: Authorized, personId: PersonId, passId: PassId): Promise<PassItem | undefined> =>
  get(passKey(by, personId, passId), passItem);

const sameRequest = (requestHash: string) => (stored: RawItem | undefined) =>
  isOfRequest(stored, requestHash) ? ('done' as const) : refuse('idempotency-key-reused');

/** Gives a person a pass, once. Refuses `idempotency-key-reused` when it stands for another request. */
export function createPass(by: Authorized, pass: PassItem): Promise<Outcome> {
  const key = passKey(by, pass.holderId, pass.passId);
  return put({ key, item: z.encode(passItem, pass), conditions: [isNew], meaning: sameRequest(pass.requestHash) });
}

/** Gives a person a fund, once. Refuses as {@link createPass}. */
export function createFund(by: Authorized, fund: FundItem): Promise<Outcome> {
  const key = keys.booking.counter(by.tenantId, `person.${fund.holderId}`, fundCounter(fund.fundId));
  return put({ key, item: z.encode(fundItem, fund), conditions: [isNew], meaning: sameRequest(fund.requestHash) });
}

/** Records one part as paid and opens its units, once. `index` counts from 0. */
export async function payPart(
  by: Authorized,
  { holderId, passId }: PassItem,
  index: number,
  units: number,
  paidBy: string,
): Promise<PassItem> {
  const item = await updateAndRead({
    key: passKey(by, holderId, passId),
    update: `SET parts[${index}].paidAt = :at, parts[${index}].paidBy = :by ADD #left :units`,
    names: { '#left': 'left' },
    values: { ':at': by.now.toISOString(), ':by': paidBy, ':units': units },
    conditions: [exists, condition('not yet paid', `attribute_not_exists(parts[${index}].paidAt)`)],
    meaning: () => 'done',
  });
  return parsedItem(passItem, item);
}
