import * as z from 'zod';
import type { RawItem } from './conditions.ts';

/** Names of an item's attributes in code, with what they are called in the table. */
export type Attributes<Name extends string> = { readonly [K in Name]?: string };

/** The attribute of the fingerprint of the request that made an item: it tells a replay from another body under the same key. */
export const requestHashAttribute = { requestHash: 'h' } as const;

/** Whether an item, as stored, was made by this very request. */
export const isOfRequest = (item: RawItem | undefined, requestHash: string | undefined): boolean =>
  item?.[requestHashAttribute.requestHash] === requestHash;

/** The attributes of `item` under other names; those that `nameOf` does not know keep theirs, and those it knows as `undefined` go. */
function renamed(item: object, nameOf: ReadonlyMap<string, string | undefined>): RawItem {
  const found: RawItem = {};
  for (const [name, value] of Object.entries(item)) {
    const to = nameOf.has(name) ? nameOf.get(name) : name;
    if (to !== undefined) found[to] = value;
  }
  return found;
}

const rawItem = z.custom<RawItem>((value) => typeof value === 'object' && value !== null);

/**
 * The codec of something stored with other names of attributes than it has in code, in most cases shorter ones, since every write is billed
 * by the size of the whole item: `parse` reads what is stored, `z.encode` gives what to store. Attributes not in `attributes` are
 * called the same on both sides.
 */
export function storedAs<S extends z.ZodObject>(named: S, attributes: Attributes<keyof S['shape'] & string>) {
  const attributeOf = new Map(Object.entries<string | undefined>(attributes));
  const nameOf = new Map<string, string | undefined>();
  // A name that has another attribute is no attribute itself.
  for (const name of attributeOf.keys()) nameOf.set(name, undefined);
  for (const [name, attribute] of attributeOf) if (attribute !== undefined) nameOf.set(attribute, name);
  return z.codec(rawItem, named, {
    decode: (stored) => renamed(stored, nameOf) as z.input<S>,
    encode: (value) => renamed(value as object, attributeOf),
  });
}
