import type { ClosureLineRow, ClosureLineTotals } from '../../../shared/contracts/closures.ts';
import type { LineItem } from './items.ts';

/** What became of one wait, as the report says it. */
export const outcomeOfWait = ({ state }: Pick<LineItem, 'state'>): ClosureLineRow['outcome'] =>
  state === 'pending' || state === 'ending' ? 'waiting' : state;

/** Counted from the rows alone, so that the report adds up by construction. */
export function lineTotalsOf(rows: readonly Pick<ClosureLineRow, 'outcome'>[]): ClosureLineTotals {
  const count = (wanted: ClosureLineRow['outcome']) => rows.filter(({ outcome }) => outcome === wanted).length;
  return {
    inLine: rows.length,
    waiting: count('waiting'),
    ended: count('ended'),
    kept: count('kept'),
    left: count('left'),
  };
}

/** Whether nothing is left to do about this wait. */
export const isOver = ({ state }: LineItem): boolean => state !== 'pending' && state !== 'ending';
