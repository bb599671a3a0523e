import * as z from 'zod';
import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import type { RawItem } from '../../shared/table/conditions.ts';
import type { Key } from '../../shared/table/keys.ts';
import { getMany, queryAll } from '../../shared/table/read.ts';
import { transact, type Write } from '../../shared/table/write.ts';

const rawItem = z.record(z.string(), z.unknown());

export const readPartition = (pk: string): Promise<RawItem[]> => queryAll({ pk }, rawItem);

/** Items of any number of keys, in their order. */
export async function readItems(keyList: readonly Key[]): Promise<(RawItem | undefined)[]> {
  const items: (RawItem | undefined)[] = [];
  for (let at = 0; at < keyList.length; at += 100) items.push(...(await getMany(keyList.slice(at, at + 100))));
  return items;
}

/** Writes that belong together: all of them or none. */
export type Group = readonly Write[];

/** The most that one transaction takes, and as many conditions on one item as fit into an expression. */
const WRITES_A_CALL = 100;
const CONDITIONS_AN_ITEM = 50;

const isCheck = ({ item, update, remove }: Write): boolean => !item && !update && !remove;

/** A transaction takes an item once: several checks of one item become one. */
function merged(writes: readonly Write[]): Write[] {
  const checks = Map.groupBy(writes.filter(isCheck), ({ key }) => `${key.pk} ${key.sk}`);
  return [
    ...writes.filter((write) => !isCheck(write)),
    ...[...checks.values()].flatMap(([first, ...others]) => (first ? [others.reduce(both, first)] : [])),
  ];
}

const both = (a: Write, b: Write): Write => {
  const known = new Set(a.conditions?.map(({ name }) => name));
  return {
    ...a,
    names: { ...a.names, ...b.names },
    values: { ...a.values, ...b.values },
    conditions: [...(a.conditions ?? []), ...(b.conditions ?? []).filter(({ name }) => !known.has(name))],
  };
};

const fits = (writes: readonly Write[]): boolean =>
  writes.length <= WRITES_A_CALL && writes.every(({ conditions = [] }) => conditions.length <= CONDITIONS_AN_ITEM);

function packed(groups: readonly Group[]): Group[][] {
  const packs: Group[][] = [];
  for (const group of groups) {
    const last = packs.at(-1);
    if (last && fits(merged([...last, group].flat()))) last.push(group);
    else packs.push([group]);
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
      await transact(merged(pack.flat()).map(({ meaning: _, ...write }) => write));
    } catch (error) {
      if (!isDecision(error)) throw error;
      for (const group of pack)
        await transact(merged(group)).catch((alone) => {
          if (!isDecision(alone)) throw alone;
          return refused(group, alone);
        });
    }
    done += pack.length;
    progress(done);
  }
}
