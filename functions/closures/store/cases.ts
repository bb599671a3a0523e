import type { Authorized } from '../../../shared/access/authorize.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { condition, exists, isNew } from '../../../shared/table/conditions.ts';
import { keys } from '../../../shared/table/keys.ts';
import { parsedItem, queryAll } from '../../../shared/table/read.ts';
import { put, transact, update } from '../../../shared/table/write.ts';
import { type CaseItem, type ClosureItem, caseItem } from '../items.ts';

/** The cases of a closure; who booked first comes first. */
export async function casesOf(by: Authorized, closureId: string): Promise<CaseItem[]> {
  const cases = await queryAll({ pk: keys.closureCases(by.tenantId, closureId) }, caseItem);
  return cases.sort((a, b) => (a.madeAt + a.bookingId < b.madeAt + b.bookingId ? -1 : 1));
}

/** Writes a case unless it is there. */
export async function openCase(by: Authorized, closureId: string, one: CaseItem): Promise<void> {
  const key = keys.closureCase(by.tenantId, closureId, one.bookingId);
  await put({ key, item: one, conditions: [isNew], meaning: () => 'done' });
}

type Move = Partial<Pick<CaseItem, 'state' | 'heldFor' | 'priceFen' | 'refused' | 'offer' | 'refundFen'>>;

function moveWrite(by: Authorized, closureId: string, was: CaseItem, to: Move) {
  const changes = Object.entries(to).filter(([, value]) => value !== undefined);
  return {
    key: keys.closureCase(by.tenantId, closureId, was.bookingId),
    update: `SET ${changes.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    names: {
      '#state': 'state',
      '#refused': 'refused',
      ...Object.fromEntries(changes.map(([name]) => [`#${name}`, name])),
    },
    values: {
      ':wasState': was.state,
      ':wasRefused': was.refused.length,
      ...Object.fromEntries(changes.map(([name, value]) => [`:${name}`, value])),
    },
    conditions: [exists, condition('stands where it was read', '#state = :wasState AND size(#refused) = :wasRefused')],
  };
}

/**
 * Moves a case on, if it still stands where it was read; where it stands already where it was to go, by a write whose answer was lost, it
 * goes on from there, in its turn. `undefined` when somebody else has moved it elsewhere.
 */
export async function moveCase(
  by: Authorized,
  closureId: string,
  was: CaseItem,
  to: Move,
): Promise<CaseItem | undefined> {
  const { outcome, item } = await update({ ...moveWrite(by, closureId, was, to), meaning: () => 'done' });
  const wanted = { ...was, ...to };
  if (outcome === 'fresh') return wanted;
  const stands = item && parsedItem(caseItem, item);
  return stands?.state === wanted.state && stands.refused.length === wanted.refused.length ? stands : undefined;
}

/**
 * Takes a case in hand: from now on this closure, and no other, ends its booking, even when it is lifted in the next moment.
 * `undefined` when it was moved by somebody else, or the closure is being lifted. Refuses `changed-meanwhile` when another closure
 * ends the booking.
 */
export async function takeCase(
  by: Authorized,
  { closureId, centerId }: ClosureItem,
  was: CaseItem,
  to: Move,
): Promise<CaseItem | undefined> {
  let stopped = false;
  const stop = () => {
    stopped = true;
    return 'done' as const;
  };
  await transact([
    {
      key: keys.closure(by.tenantId, centerId, closureId),
      names: { '#status': 'status' },
      values: { ':disposing': 'disposing' },
      conditions: [condition('not lifted', '#status = :disposing')],
      meaning: stop,
    },
    { ...moveWrite(by, closureId, was, to), meaning: stop },
    {
      key: keys.closureOf(by.tenantId, centerId, was.bookingId),
      item: { closureId },
      values: { ':closure': closureId },
      conditions: [condition('of no other closure', 'attribute_not_exists(pk) OR closureId = :closure')],
      meaning: () => refuse('changed-meanwhile'),
    },
  ]);
  return stopped ? undefined : { ...was, ...to };
}

/** Remembers that the message of a case is on the queue. */
export async function markTold(by: Authorized, closureId: string, { bookingId }: CaseItem): Promise<void> {
  await update({
    key: keys.closureCase(by.tenantId, closureId, bookingId),
    update: 'SET toldAt = if_not_exists(toldAt, :now)',
    values: { ':now': by.now.toISOString() },
    conditions: [exists],
  });
}
