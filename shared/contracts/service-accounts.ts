import * as z from 'zod';
import { freeText, instant, isoDate, namedPerson, personId } from './common.ts';
import { post, postScope } from './people.ts';

/** What happened to a service account, when, and by whom. */
export const serviceAccountEvent = z.object({
  what: z.enum(['created', 'rotated', 'ended']),
  at: instant,
  by: namedPerson,
});

/**
 * A program that calls the API under a key of its own: the city's data platform, an operator's system, a kiosk. It acts under its id as a
 * person does, by the one post that it has; it books nothing for itself, acts for nobody, and gives no posts.
 */
export const serviceAccount = z.object({
  /** Its programs sign in with this and the key; where anybody is named by a `personId`, it is named by this. */
  accountId: personId,
  name: z.string(),
  post,
  /** Oldest first. Of very many changes of the key, the first and the latest. */
  history: z.array(serviceAccountEvent),
  /** The civil date on which it last signed in. */
  lastUsedOn: isoDate.optional(),
  /** From then on it may do nothing. */
  endedAt: instant.optional(),
});
export type ServiceAccount = z.infer<typeof serviceAccount>;

/** A service account to create: what it is called, and the post that it acts by. */
export const serviceAccountCreate = z.strictObject({ name: freeText(40), post: postScope });

/** The account with its key, which is told this once: a repeat under the same `Idempotency-Key` leaves it out. */
export const serviceAccountCreated = z.object({ account: serviceAccount, key: z.string().optional() });
/** The account with its new key, which is told this once. */
export const serviceKeyRotated = z.object({ account: serviceAccount, key: z.string() });
export type ServiceKeyRotated = z.infer<typeof serviceKeyRotated>;
export const serviceAccountsAnswer = z.object({ accounts: z.array(serviceAccount) });

export const serviceSignInRequest = z.strictObject({ accountId: personId, key: z.string().max(64) });
/** A token for some minutes; there is nothing to refresh, the program signs in again. */
export const serviceTokenAnswer = z.object({
  /** ES256 JWT; send it as `Authorization: Bearer …`. */
  accessToken: z.string(),
  accessTokenExpiresInSeconds: z.int(),
});
export type ServiceTokenAnswer = z.infer<typeof serviceTokenAnswer>;
