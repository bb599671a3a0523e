import type * as z from 'zod';
import type { AuthorizedActor } from '../../../shared/access/authorize.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import { derivedId } from '../../../shared/kernel/ids.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { keys } from '../../../shared/table/keys.ts';
import { queryPage } from '../../../shared/table/read.ts';
import { scopeOfPost } from '../posts/items.ts';
import type { PlannedItem } from '../profiles/items.ts';
import { readItem } from './items.ts';

/** What a staff read is called in the log: as whom it was made, what was seen, and why. */
export type Reading = { readonly as: string; readonly what: string; readonly reason?: string | undefined };

/** The posts of whoever reads, as the log names them: `center-staff.yuhu`. */
export function readPostNames(by: AuthorizedActor): string {
  return Object.values(by.access.posts)
    .map((post) => scopeOfPost(post))
    .join(', ');
}

const MINUTE_MS = 60_000;

/** The log item of one read. The same read within one minute is one item, so a board that refreshes itself does not flood it. */
export function readLogItem(by: AuthorizedActor, personId: PersonId, reading: Reading): PlannedItem {
  const at = new Date(Math.floor(by.now.getTime() / MINUTE_MS) * MINUTE_MS).toISOString();
  const readId = derivedId('r', by.actor.personId, reading.as, reading.what, reading.reason ?? '');
  const item: z.output<typeof readItem> = { at, byId: by.actor.personId, ...reading };
  return { key: keys.people.readLog(by.tenantId, personId, at, readId), item };
}

/** Writes into each person's log that staff have seen their data (law 8); call it before the data leaves. */
export async function logReads(by: AuthorizedActor, personIds: readonly PersonId[], reading: Reading): Promise<void> {
  const others = [...new Set(personIds)].filter((personId) => personId !== by.actor.personId);
  await putMany(others.map((personId) => readLogItem(by, personId, reading)));
}

const READS_SHOWN = 100;

/** The latest staff reads of the person's data, newest first. */
export async function readReads(by: AuthorizedActor, personId: PersonId) {
  const range = {
    pk: keys.people.partition(by.tenantId, personId),
    begins: 'READ#',
    newestFirst: true,
    limit: READS_SHOWN,
  };
  return (await queryPage(range, readItem)).items;
}
