import type * as z from 'zod';
import { type Authorized, type AuthorizedActor, authorized } from '../../../shared/access/authorize.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import type { Post } from '../../../shared/contracts/people.ts';
import type {
  ServiceAccount,
  ServiceKeyRotated,
  serviceAccountCreate,
} from '../../../shared/contracts/service-accounts.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { CIVIL_ZONE, civilNow } from '../../../shared/kernel/days.ts';
import { fingerprint } from '../../../shared/kernel/ids.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { sameSecret } from '../../../shared/keyring/keyring.ts';
import { mustBeAbove } from '../posts/queries.ts';
import { type Created, idFor } from '../requests/items.ts';
import { deriveKeyMac, newKey, type ServiceAccountItem, type StoredEvent } from './items.ts';
import { readWithNames } from './queries.ts';
import { historyWith } from './rules.ts';
import * as store from './store.ts';

const eventOf = (by: AuthorizedActor, what: StoredEvent['what']): StoredEvent => ({
  what,
  at: by.now.toISOString(),
  by: by.actor.personId,
});

/**
 * Creates an account for a program by whoever may give its post, and tells its key, this once: a repeat gives the account alone, as it
 * is by now. Refuses `forbidden`.
 */
export async function createAccount(
  context: RequestContext,
  body: z.output<typeof serviceAccountCreate>,
): Promise<Created<{ account: ServiceAccount; key?: string }>> {
  const { by } = await authorized(context);
  const accountId = idFor(context, 'p', 'service-account');
  mustBeAbove(by, accountId, body.post);
  const post: Post = { ...body.post, postId: idFor(context, 'j', 'service-account') };
  const { key, ...kept } = await newKey(accountId);
  const account: ServiceAccountItem = {
    accountId,
    name: body.name,
    post,
    ...kept,
    history: [eventOf(by, 'created')],
    requestHash: fingerprint(body),
  };
  const { outcome } = await store.createAccount(by, account);
  if (outcome === 'done')
    return { account: await readWithNames(by, await mustReadAccount(by, accountId)), replayed: true };
  return { account: await readWithNames(by, account), key, replayed: false };
}

async function mustReadAccount(by: AuthorizedActor, accountId: PersonId): Promise<ServiceAccountItem> {
  const account = await store.readAccount(by, accountId);
  if (!account) throw refuse('not-found');
  return account;
}

/** The account, for whoever may give its post. Who may give none at all is not told which accounts there are. */
async function accountBelow(
  context: RequestContext,
  accountId: PersonId,
): Promise<{ by: AuthorizedActor; account: ServiceAccountItem }> {
  const { by } = await authorized(context);
  mustBeAbove(by, accountId, { kind: 'center-staff' });
  const account = await mustReadAccount(by, accountId);
  mustBeAbove(by, accountId, account.post);
  return { by, account };
}

/**
 * Gives the account a new key and tells it, this once; the old one and the tokens it brought end with the same write. Refuses `forbidden`,
 * `not-found`, `service-account-ended`, `changed-meanwhile`.
 */
export async function rotateKey(context: RequestContext, accountId: PersonId): Promise<ServiceKeyRotated> {
  const { by, account } = await accountBelow(context, accountId);
  if (account.endedAt) throw refuse('service-account-ended');
  const { key, ...kept } = await newKey(accountId);
  const history = historyWith(account.history, eventOf(by, 'rotated'));
  await store.replaceKey(by, account, kept, history);
  return { account: await readWithNames(by, { ...account, history }), key };
}

/**
 * Ends the account for good: key, tokens and post end with the same write. Twice is once. Refuses `forbidden`, `not-found`,
 * `changed-meanwhile`.
 */
export async function endAccount(context: RequestContext, accountId: PersonId): Promise<void> {
  const { by, account } = await accountBelow(context, accountId);
  if (account.endedAt) return;
  await store.endAccount(by, account, historyWith(account.history, eventOf(by, 'ended')));
}

/**
 * The name of the account's key when this is the key, `undefined` otherwise; it takes the same time whether there is no such account, none
 * that stands, or another key. A right one is written down, once a day.
 */
export async function verifyKey(by: Authorized, accountId: PersonId, key: string): Promise<string | undefined> {
  const [account, given] = await Promise.all([store.readAccount(by, accountId), deriveKeyMac(accountId, key)]);
  const isRight = sameSecret(given, account?.keyMac ?? ''.padEnd(given.length, ' '));
  if (!account || !isRight) return undefined;
  const today = civilNow(by.now, CIVIL_ZONE).date;
  if (account.lastUsedOn !== today) await store.markUsed(by, account, today);
  return account.keyId;
}
