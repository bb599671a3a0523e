import * as z from 'zod';
import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import type { RawItem } from '../../shared/table/conditions.ts';
import type { Key } from '../../shared/table/keys.ts';
import { getMany, queryAll } from '../../shared/table/read.ts';
import { transact, type Write } from '../../shared/table/write.ts';

const rawItem = z.record(z.string(), z.unknown());

export const partitionItems = (pk: string): Promise<RawItem[]> => queryAll({ pk }, rawItem);

/** Items of any number of keys, in their order. */
export async function itemsOf(keyList: readonly Key[]): Promise<(RawItem | undefined)[]> {
  const items: (RawItem | undefined)[] = [];
  for (let at = 0; at < keyList.length; at += 100) items.push(...(await getMany(keyList.slice(at, at + 100))));
  return items;
}

/** Writes that belong together: all of them or none. */
export type Group = readonly Write[];

/** The most that one transaction takes. */
const WRITES_A_CALL = 100;

function packed(groups: readonly Group[]): Group[][] {
  const packs: Group[][] = [];
  let size = WRITES_A_CALL;
  for (const group of groups) {
    size += group.length;
    if (size > WRITES_A_CALL) {
      packs.push([]);
      size = group.length;
    }
    packs.at(-1)?.push(group);
  }
  return packs;
}

const isDecision = (error: unknown): error is Refusal => isRefusal(error) && error.code !== 'try-again';

/**
 * Writes groups, up to a hundred writes in a transaction and one transaction after another. The local engine commits each call to
 * disk and waits for it: on two cores, hundred-item transactions wrote 500 to 650 items a second, batches of 25 from 70 to 280, and
 * more calls at once made neither faster. In the cloud a transaction costs twice the write units, cents for a city. When a pack is refused its
 * groups are tried alone; a group that is refused alone goes to `refused`.
 */
export async function writeGroups(
  groups: readonly Group[],
  progress: (done: number) => void = () => {},
  refused: (group: Group, refusal: Refusal) => Promise<void> | void = (_, refusal) => {
    throw refusal;
  },
): Promise<void> {
  let done = 0;
  for (const pack of packed(groups)) {
    try {
      // What one group's refusal means says nothing about the others, so a pack has no meanings.
      await transact(pack.flatMap((group) => group.map(({ meaning: _, ...write }) => write)));
    } catch (error) {
      if (!isDecision(error)) throw error;
      for (const group of pack)
        await transact(group).catch((alone) => {
          if (!isDecision(alone)) throw alone;
          return refused(group, alone);
        });
    }
    done += pack.length;
    progress(done);
  }
}
