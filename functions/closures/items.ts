import * as z from 'zod';
import { closure } from '../../shared/contracts/closures.ts';
import { personId } from '../../shared/contracts/common.ts';

/**
 * How far a closure has come. Every arrow is a conditional write on its item, which also carries how many days of the present step are
 * done, so that whoever continues it knows where.
 *
 *   open ──────> listing ──────> disposing ──────> done
 *   shut day     a case for      every case has    │
 *   by day       each booking    its end           │
 *     └──────────────┴──────────────┴──────────────┴──> lifting ──> lifted
 *                                              opened again    and once more, a minute later
 */
export const closureStates = ['open', 'listing', 'disposing', 'done', 'lifting', 'lifted'] as const;

/** `CLOSURES#<center> / CLOSURE#<closureId>` */
export const closureItem = closure.extend({
  is: z.literal('closure').default('closure'),
  status: z.enum(closureStates),
  done: z.int().default(0),
  affected: z.int().default(0),
  inLine: z.int().default(0),
  closedBy: personId,
  liftedBy: personId.optional(),
  /** Fingerprint of the request. */
  h: z.string(),
});
export type ClosureItem = z.infer<typeof closureItem>;
