import type { Authorized } from '../../../shared/access/authorize.ts';
import type { ClosureId } from '../../../shared/contracts/closures.ts';
import { condition, exists, isNew } from '../../../shared/table/conditions.ts';
import { keys } from '../../../shared/table/keys.ts';
import { queryAll } from '../../../shared/table/read.ts';
import { put, transact, update } from '../../../shared/table/write.ts';
import type { ClosureItem } from '../items.ts';
import { disposingWrite, endsWrite } from '../store/closures.ts';
import { type WaitCaseItem, waitCaseItem } from './items.ts';

/** The parties that waited for what a closure shuts; who joined first comes first. */
export async function readWaitCases(by: Authorized, closureId: ClosureId): Promise<WaitCaseItem[]> {
  const line = await queryAll({ pk: keys.closures.partition(by.tenantId, closureId), begins: 'LINE#' }, waitCaseItem);
  const order = ({ joinedAt = '', waitId }: WaitCaseItem) => joinedAt + waitId;
  return line.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** Writes a party in line unless it is there. */
export async function openWaitCase(by: Authorized, closureId: ClosureId, one: WaitCaseItem): Promise<void> {
  const key = keys.closures.party(by.tenantId, closureId, one.waitId);
  await put({ key, item: one, conditions: [isNew], meaning: () => 'done' });
}

type Move = Pick<WaitCaseItem, 'state'> & Partial<Pick<WaitCaseItem, 'toldAt'>>;

const moveWrite = (by: Authorized, closureId: ClosureId, was: WaitCaseItem, { state, toldAt }: Move) => ({
  key: keys.closures.party(by.tenantId, closureId, was.waitId),
  update: `SET #state = :state${toldAt ? ', toldAt = :told' : ''}`,
  names: { '#state': 'state' },
  values: { ':state': state, ':was': was.state, ...(toldAt ? { ':told': toldAt } : {}) },
  conditions: [exists, condition('stands where it was read', '#state = :was')],
});

/** Moves a party on, if it still stands where it was read. False when somebody else has moved it. */
export async function moveWaitCase(
  by: Authorized,
  closureId: ClosureId,
  was: WaitCaseItem,
  to: Move,
): Promise<boolean> {
  const { outcome } = await update({ ...moveWrite(by, closureId, was, to), meaning: () => 'done' });
  return outcome === 'fresh';
}

/**
 * Takes a party in hand, as `takeCases` does bookings. False when it was moved by somebody else, or the closure is being lifted. Refuses
 * `changed-meanwhile` when another closure ends its wait.
 */
export async function takeWaitCase(by: Authorized, closure: ClosureItem, was: WaitCaseItem): Promise<boolean> {
  let stopped = false;
  const stop = () => {
    stopped = true;
    return 'done' as const;
  };
  await transact([
    { ...disposingWrite(by, closure), meaning: stop },
    { ...moveWrite(by, closure.closureId, was, { state: 'ending' }), meaning: stop },
    endsWrite(by, closure, was.waitId),
  ]);
  return !stopped;
}
