import type { Authorized } from '../access/authorize.ts';
import type { Message } from '../messages/message.ts';
import type { RawItem } from '../table/conditions.ts';
import type { ReadableKey } from '../table/keys.ts';
import type { Known } from '../table/read.ts';

/** One change of an item, as the table's stream tells it. */
export type Change = { readonly sk: string; readonly before: RawItem | undefined; readonly after: RawItem };

/** What is to be done about one change. */
export type Following = {
  /** Items it has to know. Those of a whole batch of changes are read at once, so they are as they stood when the batch began. */
  readonly needs: readonly ReadableKey[];
  /** Does what is missing and gives what people are to be told. When it throws, this change and all after it come again. */
  readonly follow: (known: Known) => Promise<readonly Message[]>;
};

/**
 * What a module wants to know of the stream. A change may come twice or late: what is needed decides whether anything is missing, and
 * whoever mends it looks at how things are now.
 */
export type Follower = {
  /** The `is` of the items it follows. */
  readonly kind: string;
  readonly events: readonly ('INSERT' | 'MODIFY')[];
  /**
   * What follows from a change; `undefined` when nothing does. `seen` is what the batch itself says of an item: the image of its last
   * record there. Where that shows that nothing is missing, nothing needs to be read.
   */
  readonly begin: (by: Authorized, change: Change, seen: Known) => Following | undefined;
};
