import type * as z from 'zod';
import type { Authorized } from '../../shared/access/authorize.ts';
import { passKindsAnswer } from '../../shared/contracts/passes.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { condition, isNew, type RawItem } from '../../shared/table/conditions.ts';
import { type Key, keys } from '../../shared/table/keys.ts';
import { get } from '../../shared/table/read.ts';
import { put } from '../../shared/table/write.ts';

/** `RULES / PASSES`: the kinds of pass of a city. */
const passKindsItem = passKindsAnswer;
export type PassKinds = z.output<typeof passKindsItem>;

export const readPassKinds = async (by: Authorized): Promise<PassKinds> =>
  (await get(keys.rules.passKinds(by.tenantId), passKindsItem)) ?? { kinds: [], version: 0 };

/** Puts a document of the city in the place of the version that was read. Refuses `precondition-failed` when that no longer stands. */
export async function replaceDocument(key: Key, version: number, document: RawItem): Promise<void> {
  await put({
    key,
    item: { ...document, version: version + 1 },
    ...(version === 0
      ? { conditions: [isNew] }
      : {
          names: { '#version': 'version' },
          values: { ':read': version },
          conditions: [condition('still as it was read', '#version = :read')],
        }),
    meaning: () => refuse('precondition-failed'),
  });
}
