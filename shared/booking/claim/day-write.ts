import type { Refusal } from '../../kernel/refusal.ts';
import { type Condition, condition, type RawItem } from '../../table/conditions.ts';
import type { Key } from '../../table/keys.ts';
import type { Write } from '../../table/write.ts';
import {
  type AgendaEntry,
  type BufferQuarters,
  entryAttribute,
  type RoomEntry,
  stretchQuarters,
} from '../items/day-sheet.ts';

type DayClaim = {
  readonly key: Key;
  readonly is: 'room-day' | 'agenda-day';
  readonly id: string;
  readonly entry: RoomEntry | AgendaEntry;
  /** The entry as it is stored. */
  readonly stored: RawItem;
  readonly buffers: BufferQuarters;
  readonly counted?: { readonly attribute: 'roomQuarters'; readonly limit: number };
  readonly meaning: (item: RawItem | undefined) => Refusal | 'done';
};

/**
 * The one conditional update that is a claim on a day sheet (law 2): its own quarter-hours free of bookings, of their buffers and of
 * closures; its buffers free of bookings. So buffers may overlap each other, and never a booking.
 */
export function claimWrite({
  key,
  is,
  id,
  entry,
  stored,
  buffers,
  counted,
  meaning,
}: DayClaim): Write & { update: string } {
  const { own, pre, post } = stretchQuarters(entry.startsAt, entry.endsAt, buffers);
  const values: Record<string, unknown> = { ':entry': stored, ':own': new Set(own), ':is': is };
  const conditions: Condition[] = [condition('not yet entered', 'attribute_not_exists(#entry)')];
  const mustLack = (set: string, quarters: readonly number[]) => {
    if (quarters.length === 0) return;
    for (const quarter of quarters) values[`:q${quarter}`] = quarter;
    const any = quarters.map((quarter) => `contains(${set}, :q${quarter})`).join(' OR ');
    conditions.push(condition(`free in ${set}`, `NOT (${any})`));
  };
  mustLack('busy', [...pre, ...own, ...post]);
  if (is === 'room-day') {
    mustLack('closed', own);
    // A buffer touches its booking, which the stretch does not: so where the two meet at all they meet at the stretch's own end.
    mustLack('pre', own.slice(-1));
    mustLack('post', own.slice(0, 1));
  }
  const adds = ['busy :own'];
  for (const [name, quarters] of Object.entries({ pre, post })) {
    if (quarters.length === 0) continue;
    values[`:${name}`] = new Set(quarters);
    adds.push(`${name} :${name}`);
  }
  if (counted) {
    values[':count'] = own.length;
    values[':most'] = counted.limit - own.length;
    adds.push(`${counted.attribute} :count`);
    const within = `attribute_not_exists(${counted.attribute}) OR ${counted.attribute} <= :most`;
    conditions.push(condition('within the daily limit', within));
  }
  return {
    key,
    update: `SET #entry = :entry, #is = :is ADD ${adds.join(', ')}`,
    names: { '#entry': entryAttribute(id), '#is': 'is' },
    values,
    conditions,
    meaning,
  };
}

/** Whether one of these quarter-hours is in a set of the day. */
export const touches = (item: RawItem | undefined, set: 'busy' | 'closed', quarters: readonly number[]): boolean => {
  const taken = item?.[set];
  return taken instanceof Set && quarters.some((quarter) => taken.has(quarter));
};
