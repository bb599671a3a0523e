import type { ClosureWaitRow, ClosureWaitTotals } from '../../../shared/contracts/closures.ts';
import type { WaitCaseItem } from './items.ts';

/** What became of one wait, as the report says it. */
export const outcomeOfWait = ({ state }: Pick<WaitCaseItem, 'state'>): ClosureWaitRow['outcome'] =>
  state === 'pending' || state === 'ending' ? 'waiting' : state;

/** Counted from the rows alone, so that the report adds up by construction. */
export function waitTotalsOf(rows: readonly Pick<ClosureWaitRow, 'outcome'>[]): ClosureWaitTotals {
  const count = (wanted: ClosureWaitRow['outcome']) => rows.filter(({ outcome }) => outcome === wanted).length;
  return {
    inLine: rows.length,
    waiting: count('waiting'),
    ended: count('ended'),
    kept: count('kept'),
    left: count('left'),
  };
}

/** Whether nothing is left to do about this wait. */
export const isOver = ({ state }: WaitCaseItem): boolean => state !== 'pending' && state !== 'ending';
