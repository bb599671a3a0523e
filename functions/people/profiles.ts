import type * as z from 'zod';
import type { Authorized, AuthorizedActor } from '../../shared/access/authorize.ts';
import { derivedId } from '../../shared/kernel/ids.ts';
import { putMany } from '../../shared/table/bulk.ts';
import { keys } from '../../shared/table/keys.ts';
import { get, getMany, parsedItem } from '../../shared/table/read.ts';
import { type PlannedItem, type Profile, phoneOfProfile, profileItem, type readItem, scopeOfPost } from './items.ts';

/** What other modules learn of a person. */
export type PersonSummary = Pick<Profile, 'personId' | 'name' | 'birthDate' | 'district' | 'householdId'>;

/** The summaries of these people by id, one call for each hundred; whoever does not exist is missing from the map. */
export async function profilesOf(
  by: Authorized,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, PersonSummary>> {
  const wanted = [...new Set(personIds)];
  const found = new Map<string, PersonSummary>();
  for (let at = 0; at < wanted.length; at += 100) {
    const keyList = wanted.slice(at, at + 100).map((personId) => keys.profile(by.tenantId, personId));
    for (const item of await getMany(keyList)) {
      if (!item) continue;
      const { personId, name, birthDate, district, householdId } = parsedItem(profileItem, item);
      found.set(personId, { personId, name, birthDate, district, householdId });
    }
  }
  return found;
}

/** The person's phone number in clear (E.164), for a message to them; `undefined` when they have none. */
export async function phoneOf(by: Authorized, personId: string): Promise<string | undefined> {
  const profile = await get(keys.profile(by.tenantId, personId), profileItem);
  return profile && phoneOfProfile(by.tenantId, profile);
}

/** What a staff read is called in the log: as whom it was made, what was seen, and why. */
export type Reading = { readonly as: string; readonly what: string; readonly reason?: string | undefined };

/** The posts of whoever reads, as the log names them: `center-staff.yuhu`. */
export function postNamesOf(by: AuthorizedActor): string {
  return Object.values(by.access.posts)
    .map((post) => scopeOfPost(post))
    .join(', ');
}

const MINUTE_MS = 60_000;

/** The log item of one read. The same read within one minute is one item, so a board that refreshes itself does not flood it. */
export function readLogItem(by: AuthorizedActor, personId: string, reading: Reading): PlannedItem {
  const at = new Date(Math.floor(by.now.getTime() / MINUTE_MS) * MINUTE_MS).toISOString();
  const readId = derivedId('r', by.actor.personId, reading.as, reading.what, reading.reason ?? '');
  const item: z.output<typeof readItem> = { at, byId: by.actor.personId, ...reading };
  return { key: keys.readLog(by.tenantId, personId, at, readId), item };
}

/** Writes into each person's log that staff have seen their data (law 8); call it before the data leaves. */
export async function logReads(by: AuthorizedActor, personIds: readonly string[], reading: Reading): Promise<void> {
  const others = [...new Set(personIds)].filter((personId) => personId !== by.actor.personId);
  await putMany(others.map((personId) => readLogItem(by, personId, reading)));
}
