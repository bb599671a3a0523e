import * as z from 'zod';
import type { Authorized, AuthorizedActor } from '../../../shared/access/authorize.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { condition, isNew } from '../../../shared/table/conditions.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get, getMany, parsedItem, queryAll } from '../../../shared/table/read.ts';
import { type Outcome, transact, update } from '../../../shared/table/write.ts';
import { scopeOfPost } from '../posts/items.ts';
import { personItems } from '../profiles/items.ts';
import { sameRequest } from '../requests/store.ts';
import { accountPointer, type NewKey, type ServiceAccountItem, type StoredEvent, serviceAccountItem } from './items.ts';

export const readAccount = (by: Authorized, accountId: PersonId): Promise<ServiceAccountItem | undefined> =>
  get(keys.people.serviceAccount(by.tenantId, accountId), serviceAccountItem);

/** All accounts with a post of this scope, ended ones too, oldest first. */
export async function readAccounts(by: AuthorizedActor, scope: string): Promise<ServiceAccountItem[]> {
  const pointers = await queryAll({ pk: keys.people.posts(by.tenantId, scope), begins: 'SERVICE#' }, accountPointer);
  const found: ServiceAccountItem[] = [];
  for (let at = 0; at < pointers.length; at += 100) {
    const keyList = pointers
      .slice(at, at + 100)
      .map(({ accountId }) => keys.people.serviceAccount(by.tenantId, accountId));
    for (const item of await getMany(keyList)) if (item) found.push(parsedItem(serviceAccountItem, item));
  }
  const createdAt = ({ history }: ServiceAccountItem) => history[0]?.at ?? '';
  return found.sort((a, b) => (createdAt(a) < createdAt(b) ? -1 : 1));
}

/** Creates an account with all that lets it act: a record, and rights that hold its post and nothing else. */
export async function createAccount(by: AuthorizedActor, account: ServiceAccountItem): Promise<Outcome> {
  const { accountId, name, post, keyId, requestHash } = account;
  const actor = personItems(by.tenantId, {
    personId: accountId,
    name,
    createdAt: by.now.toISOString(),
    posts: { [post.postId]: post },
    service: { keyId },
  });
  return transact([
    {
      key: keys.people.serviceAccount(by.tenantId, accountId),
      item: z.encode(serviceAccountItem, account),
      conditions: [isNew],
      meaning: sameRequest(requestHash),
    },
    ...[
      { key: keys.people.serviceAccountOf(by.tenantId, scopeOfPost(post), accountId), item: { accountId } },
      ...actor,
    ].map((planned) => ({ ...planned, conditions: [isNew] })),
  ]);
}

const sameKey = condition('the key is the one that was read', 'keyId = :was');
const sameKeyInRights = condition('the key is the one that was read', '#service.keyId = :was');

/** Puts a new key in the place of the one that was read; what was signed in with that one has ended. Refuses `changed-meanwhile`. */
export async function replaceKey(
  by: AuthorizedActor,
  account: ServiceAccountItem,
  { keyId, keyMac }: NewKey,
  history: readonly StoredEvent[],
): Promise<void> {
  await transact([
    {
      key: keys.people.serviceAccount(by.tenantId, account.accountId),
      update: 'SET keyId = :id, keyMac = :mac, #history = :history',
      names: { '#history': 'history' },
      values: { ':id': keyId, ':mac': keyMac, ':history': history, ':was': account.keyId },
      conditions: [sameKey],
    },
    {
      key: keys.people.access(by.tenantId, account.accountId),
      update: 'SET #service = :service',
      names: { '#service': 'service' },
      values: { ':service': { keyId }, ':was': account.keyId },
      conditions: [sameKeyInRights],
    },
  ]);
}

/** Takes the key and the post, as one. Refuses `changed-meanwhile`. */
export async function endAccount(
  by: AuthorizedActor,
  account: ServiceAccountItem,
  history: readonly StoredEvent[],
): Promise<void> {
  await transact([
    {
      key: keys.people.serviceAccount(by.tenantId, account.accountId),
      update: 'SET endedAt = :at, #history = :history REMOVE keyId, keyMac',
      names: { '#history': 'history' },
      values: { ':at': by.now.toISOString(), ':history': history, ':was': account.keyId },
      conditions: [sameKey],
    },
    {
      key: keys.people.access(by.tenantId, account.accountId),
      update: 'SET #service = :none, posts = :none',
      names: { '#service': 'service' },
      values: { ':none': {}, ':was': account.keyId },
      conditions: [sameKeyInRights],
    },
  ]);
}

/** Writes down the day on which the key was used, once a day. Refuses `service-key-wrong` when the key has ended meanwhile. */
export async function markUsed(
  by: Authorized,
  { accountId, keyId }: ServiceAccountItem,
  onDate: string,
): Promise<void> {
  await update({
    key: keys.people.serviceAccount(by.tenantId, accountId),
    update: 'SET lastUsedOn = :today',
    values: { ':today': onDate, ':was': keyId },
    conditions: [sameKey],
    meaning: () => refuse('service-key-wrong'),
  });
}
