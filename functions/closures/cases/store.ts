import type { Authorized } from '../../../shared/access/authorize.ts';
import type { ClosureId } from '../../../shared/contracts/closures.ts';
import { condition, exists, isNew } from '../../../shared/table/conditions.ts';
import { keys } from '../../../shared/table/keys.ts';
import { getMany, parsedItem, queryAll } from '../../../shared/table/read.ts';
import { put, transact, update } from '../../../shared/table/write.ts';
import type { ClosureItem } from '../items.ts';
import { disposingWrite, endsWrite } from '../store/closures.ts';
import { type CaseItem, caseItem } from './items.ts';

/** The cases of a closure; who booked first comes first. */
export async function readCases(by: Authorized, closureId: ClosureId): Promise<CaseItem[]> {
  const cases = await queryAll({ pk: keys.closures.partition(by.tenantId, closureId), begins: 'CASE#' }, caseItem);
  return cases.sort((a, b) => (a.madeAt + a.bookingId < b.madeAt + b.bookingId ? -1 : 1));
}

/** Writes a case unless it is there. */
export async function openCase(by: Authorized, closureId: ClosureId, one: CaseItem): Promise<void> {
  const key = keys.closures.case(by.tenantId, closureId, one.bookingId);
  await put({ key, item: one, conditions: [isNew], meaning: () => 'done' });
}

type Change = Partial<Pick<CaseItem, 'state' | 'heldFor' | 'priceFen' | 'refused' | 'offer' | 'refundFen' | 'apart'>>;
/** A case as it was read, and what changes. */
export type CaseMove = { readonly was: CaseItem; readonly to: Change };

function moveWrite(by: Authorized, closureId: ClosureId, { was, to }: CaseMove) {
  const changes = Object.entries(to).filter(([, value]) => value !== undefined);
  return {
    key: keys.closures.case(by.tenantId, closureId, was.bookingId),
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
    conditions: [
      exists,
      condition('stands where it was read', '#state = :wasState AND size(#refused) = :wasRefused'),
      condition('as much together', `attribute_${was.apart ? '' : 'not_'}exists(apart)`),
    ],
  };
}

const moved = (moves: readonly CaseMove[]): CaseItem[] => moves.map(({ was, to }) => ({ ...was, ...to }));

const isWhereTo = (wanted: CaseItem, stored: CaseItem | undefined): boolean =>
  stored?.bookingId === wanted.bookingId &&
  stored.state === wanted.state &&
  stored.refused.length === wanted.refused.length &&
  stored.apart === wanted.apart;

/**
 * Moves cases on together, all or none, if each still stands where it was read; where they stand already where they were to go, by a write
 * whose answer was lost, they go on from there, in their turn. `undefined` when somebody else has moved one of them elsewhere.
 */
export async function moveCases(
  by: Authorized,
  closureId: ClosureId,
  moves: readonly CaseMove[],
): Promise<CaseItem[] | undefined> {
  const [first, ...others] = moves.map((move) => ({
    ...moveWrite(by, closureId, move),
    meaning: () => 'done' as const,
  }));
  if (!first) return [];
  const { outcome } = await (others.length === 0 ? update(first) : transact([first, ...others]));
  const wanted = moved(moves);
  if (outcome === 'fresh') return wanted;
  const items = await getMany(moves.map(({ was }) => keys.closures.case(by.tenantId, closureId, was.bookingId)));
  const stored = items.flatMap((item) => (item ? [parsedItem(caseItem, item)] : []));
  const areThere = wanted.every((one, index) => isWhereTo(one, stored[index]));
  return areThere ? stored : undefined;
}

/**
 * Takes cases in hand, all or none: from now on this closure, and no other, ends their bookings, even when it is lifted in the next
 * moment. `undefined` when one was moved by somebody else, or the closure is being lifted. Refuses `changed-meanwhile` when another
 * closure ends one of the bookings.
 */
export async function takeCases(
  by: Authorized,
  closure: ClosureItem,
  moves: readonly CaseMove[],
): Promise<CaseItem[] | undefined> {
  let stopped = false;
  const stop = () => {
    stopped = true;
    return 'done' as const;
  };
  await transact([
    { ...disposingWrite(by, closure), meaning: stop },
    ...moves.map((move) => ({ ...moveWrite(by, closure.closureId, move), meaning: stop })),
    ...moves.map(({ was }) => endsWrite(by, closure, was.bookingId)),
  ]);
  return stopped ? undefined : moved(moves);
}

/** Remembers that the message of a case is on the queue. */
export async function markTold(by: Authorized, closureId: ClosureId, { bookingId }: CaseItem): Promise<void> {
  await update({
    key: keys.closures.case(by.tenantId, closureId, bookingId),
    update: 'SET toldAt = if_not_exists(toldAt, :now)',
    values: { ':now': by.now.toISOString() },
    conditions: [exists],
  });
}
