import * as z from 'zod';
import type { Authorized } from '../../../shared/access/authorize.ts';
import type { ClosureId } from '../../../shared/contracts/closures.ts';
import type { BookingId, CenterId } from '../../../shared/contracts/common.ts';
import { epochSeconds } from '../../../shared/kernel/clock.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { condition, exists, isNew, type RawItem } from '../../../shared/table/conditions.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get, parsedItem, queryAll, queryDue } from '../../../shared/table/read.ts';
import { isOfRequest } from '../../../shared/table/stored.ts';
import { put, updateAndRead, type Write } from '../../../shared/table/write.ts';
import { type CaseItem, caseItem } from '../cases/items.ts';
import { type ClosureItem, closureItem } from '../items.ts';

export const readClosure = (
  by: Authorized,
  centerId: CenterId,
  closureId: ClosureId,
): Promise<ClosureItem | undefined> => get(keys.closures.closure(by.tenantId, centerId, closureId), closureItem);

/** The closures of a center, the newest first. */
export async function readClosures(by: Authorized, centerId: CenterId): Promise<ClosureItem[]> {
  const found = await queryAll({ pk: keys.closures.list(by.tenantId, centerId), begins: 'CLOSURE#' }, closureItem);
  return found.sort((a, b) => (a.closedAt + a.closureId < b.closedAt + b.closureId ? 1 : -1));
}

/** Closures whose next step is due, the one that has waited longest first. */
export const readDueClosures = (by: Authorized): Promise<ClosureItem[]> =>
  queryDue(keys.due.closures(by.tenantId), epochSeconds(by.now), closureItem);

const dueAt = (by: Authorized, inSeconds: number) => ({
  duePk: keys.due.closures(by.tenantId),
  dueAtEpochSeconds: epochSeconds(by.now) + inSeconds,
});

/** Writes a new closure, due at once, or gives the one that stands under this id. Refuses `idempotency-key-reused`. */
export async function createClosure(by: Authorized, closure: ClosureItem): Promise<ClosureItem> {
  const { item } = await put({
    key: keys.closures.closure(by.tenantId, closure.centerId, closure.closureId),
    item: { ...z.encode(closureItem, closure), ...dueAt(by, 0) },
    conditions: [isNew],
    meaning: (stored) => (isOfRequest(stored, closure.requestHash) ? 'done' : refuse('idempotency-key-reused')),
  });
  return item ? parsedItem(closureItem, item) : closure;
}

type Move = Partial<Pick<ClosureItem, 'status' | 'done' | 'affected' | 'inLine' | 'liftedAt' | 'liftedBy'>>;

/**
 * Moves a closure on, on the condition that it still stands where it was read, and gives it as it then stands: of two who carry it on
 * only one moves it. `dueInSeconds` is when the next step is due; none when left out.
 */
export async function moveClosure(
  by: Authorized,
  was: ClosureItem,
  to: Move,
  dueInSeconds: number | undefined,
): Promise<ClosureItem> {
  const changes = Object.entries({ ...to, ...(dueInSeconds === undefined ? {} : dueAt(by, dueInSeconds)) });
  const item = await updateAndRead({
    key: keys.closures.closure(by.tenantId, was.centerId, was.closureId),
    update: `SET ${changes.map(([name]) => `#${name} = :${name}`).join(', ')}${dueInSeconds === undefined ? ' REMOVE duePk, dueAtEpochSeconds' : ''}`,
    names: { '#status': 'status', '#done': 'done', ...Object.fromEntries(changes.map(([name]) => [`#${name}`, name])) },
    values: {
      ':wasStatus': was.status,
      ':wasDone': was.done,
      ...Object.fromEntries(changes.map(([name, value]) => [`:${name}`, value])),
    },
    conditions: [exists, condition('stands where it was read', '#status = :wasStatus AND #done = :wasDone')],
    meaning: () => 'done',
  });
  return parsedItem(closureItem, item);
}

/** The check, in a transaction, that the closure disposes of its cases and is not being lifted. */
export const disposingWrite = (by: Authorized, { centerId, closureId }: ClosureItem): Write => ({
  key: keys.closures.closure(by.tenantId, centerId, closureId),
  names: { '#status': 'status' },
  values: { ':disposing': 'disposing' },
  conditions: [condition('not lifted', '#status = :disposing')],
});

/** The write by which this closure, and no other, ends a booking or a wait. Refuses `changed-meanwhile` when another does. */
export const endsWrite = (
  by: Authorized,
  { centerId, closureId }: ClosureItem,
  endedId: string,
): Write & { item: RawItem } => ({
  key: keys.closures.endOf(by.tenantId, centerId, endedId),
  item: { closureId },
  values: { ':closure': closureId },
  conditions: [condition('of no other closure', 'attribute_not_exists(pk) OR closureId = :closure')],
  meaning: () => refuse('changed-meanwhile'),
});

const endedBy = z.object({ closureId: z.string() });

/** The case in which a closure has ended this booking, if one did. */
export async function readCaseThatEnded(
  by: Authorized,
  centerId: CenterId,
  bookingId: BookingId,
): Promise<CaseItem | undefined> {
  const ended = await get(keys.closures.endOf(by.tenantId, centerId, bookingId), endedBy);
  return ended && get(keys.closures.case(by.tenantId, ended.closureId, bookingId), caseItem);
}
