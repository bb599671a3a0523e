import * as z from 'zod';
import { type PersonId, personId } from '../../../shared/contracts/common.ts';
import { post } from '../../../shared/contracts/people.ts';
import { serviceAccount, serviceAccountEvent } from '../../../shared/contracts/service-accounts.ts';
import { randomId } from '../../../shared/kernel/ids.ts';
import { deriveLookupMac } from '../../../shared/keyring/keyring.ts';
import { requestHashAttribute, storedAs } from '../../../shared/table/stored.ts';
import { requestHash } from '../requests/items.ts';

/** What happened, as it is stored: of who did it only the id. */
const storedEvent = serviceAccountEvent.extend({ by: personId });
export type StoredEvent = z.infer<typeof storedEvent>;

/** `PERSON#<account> / SERVICE`: a service account, its key by a fingerprint; once ended there is no key. */
const serviceAccountFields = serviceAccount.extend({
  post,
  history: z.array(storedEvent),
  keyId: z.string().optional(),
  keyMac: z.string().optional(),
  requestHash,
});
export type ServiceAccountItem = z.infer<typeof serviceAccountFields>;
export const serviceAccountItem = storedAs(serviceAccountFields, requestHashAttribute);

/** `POSTS#<scope> / SERVICE#<account>`. */
export const accountPointer = z.object({ accountId: personId });

/** The fingerprint that a key is stored as: a key of one account proves nothing about another. */
export const deriveKeyMac = (accountId: PersonId, key: string): Promise<string> =>
  deriveLookupMac('service', `${accountId}.${key}`);

export type NewKey = { readonly keyId: string; readonly keyMac: string };

/** A key of 160 random bits, with the name that tokens carry of it. */
export async function newKey(accountId: PersonId): Promise<NewKey & { readonly key: string }> {
  const key = `${randomId('')}${randomId('')}`;
  return { keyId: randomId('k'), keyMac: await deriveKeyMac(accountId, key), key };
}
