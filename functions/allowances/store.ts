import * as z from 'zod';
import type { Authorized } from '../../shared/access/authorize.ts';
import { type FundItem, fundItem, type PassItem, passItem } from '../../shared/booking/items/counter.ts';
import { fundCounter, passCounter } from '../../shared/booking/price/counters.ts';
import type { PersonId } from '../../shared/contracts/common.ts';
import { type PassId, passKindsAnswer } from '../../shared/contracts/passes.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { condition, exists, isNew, type RawItem } from '../../shared/table/conditions.ts';
import { type Key, keys } from '../../shared/table/keys.ts';
import { get, getMany, parsedItem, queryAll } from '../../shared/table/read.ts';
import { isOfRequest } from '../../shared/table/stored.ts';
import { type Outcome, put, updateAndRead } from '../../shared/table/write.ts';

/** `RULES / PASSES`: the kinds of pass of a city. */
const passKindsItem = passKindsAnswer;
export type PassKinds = z.output<typeof passKindsItem>;

export const readPassKinds = async (by: Authorized): Promise<PassKinds> =>
  (await get(keys.rules.passKinds(by.tenantId), passKindsItem)) ?? { kinds: [], version: 0 };

/** Puts a document of the city in the place of the version that was read. Refuses `precondition-failed` when that no longer stands. */
export async function replaceDocument(key: Key, version: number, document: RawItem): Promise<void> {
  await put({
    key,
    item: { ...document, version: version + 1 },
    ...(version === 0
      ? { conditions: [isNew] }
      : {
          names: { '#version': 'version' },
          values: { ':read': version },
          conditions: [condition('still as it was read', '#version = :read')],
        }),
    meaning: () => refuse('precondition-failed'),
  });
}

/** The counters of these names, in their order. */
export async function counters(by: Authorized, names: readonly { of: string; id: string }[]) {
  return getMany(names.map(({ of, id }) => keys.booking.counter(by.tenantId, of, id)));
}

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

export const readPass = (by: Authorized, personId: PersonId, passId: PassId): Promise<PassItem | undefined> =>
  get(passKey(by, personId, passId), passItem);

const sameRequest = (requestHash: string) => (stored: RawItem | undefined) =>
  isOfRequest(stored, requestHash) ? ('done' as const) : refuse('idempotency-key-reused');

export function createPass(by: Authorized, pass: PassItem): Promise<Outcome> {
  const key = passKey(by, pass.holderId, pass.passId);
  return put({ key, item: z.encode(passItem, pass), conditions: [isNew], meaning: sameRequest(pass.requestHash) });
}

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
