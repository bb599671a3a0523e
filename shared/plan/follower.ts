import type { Authorized } from '../access/authorize.ts';
import type { RawItem } from '../table/conditions.ts';

/** One change of an item, as the table's stream tells it. */
export type Change = { readonly sk: string; readonly before: RawItem | undefined; readonly after: RawItem };

/**
 * What a module wants to know of the stream. A change may come twice or late, so `follow` looks at how things are now and does what
 * is missing; when it throws, this change and all after it come again.
 */
export type Follower = {
  /** The `is` of the items it follows. */
  readonly kind: string;
  readonly events: readonly ('INSERT' | 'MODIFY')[];
  readonly follow: (by: Authorized, change: Change) => Promise<void>;
};
