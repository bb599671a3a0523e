import type { Closure } from '../../shared/contracts/closures.ts';
import type { ClosureItem } from './items.ts';

/** As people see it: what is being opened again is no closure any more. */
export function publicClosure({ status, ...closure }: ClosureItem): Closure {
  return { ...closure, status: status === 'lifting' ? 'lifted' : status };
}
