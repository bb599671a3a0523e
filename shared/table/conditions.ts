import type { Refusal } from '../kernel/refusal.ts';

/** An item as it came from the table, not yet parsed. */
export type RawItem = Record<string, unknown>;

/**
 * A rule of a write, with a name. The expression uses the write's own names and values. All conditions of a write are joined by AND;
 * when the table refuses, {@link Meaning} tells from the item as it stood which one it was.
 */
export type Condition = { readonly name: string; readonly expression: string };

export const condition = (name: string, expression: string): Condition => ({ name, expression });

/** The item is not there yet: the heart of every create. */
export const isNew = condition('is new', 'attribute_not_exists(pk)');
/** The item is there: an update never conjures up half an item. */
export const exists = condition('exists', 'attribute_exists(pk)');

/**
 * What a refused write means, told from the item as it stood (`undefined`: there was none). Either a refusal to throw, or
 * `'done'`: the write had already happened (a replay, or an answer lost on the way), and all is well.
 */
export type Meaning = (item: RawItem | undefined) => Refusal | 'done';

export const joined = (conditions: readonly Condition[]): string =>
  conditions.map(({ expression }) => `(${expression})`).join(' AND ');
