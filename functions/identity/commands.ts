import type * as z from 'zod';
import { type Authorized, anyone, asSystem, authorized } from '../../shared/access/authorize.ts';
import type { TokenAnswer } from '../../shared/contracts/identity.ts';
import type { ServiceTokenAnswer, serviceSignInRequest } from '../../shared/contracts/service-accounts.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { ACCESS_TOKEN_SECONDS, signAccessToken } from '../../shared/http/token.ts';
import { derivedId, randomId } from '../../shared/kernel/ids.ts';
import { normalizedPhone } from '../../shared/kernel/phone.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { deriveLookupMac, sameSecret } from '../../shared/keyring/keyring.ts';
import { sendMessage } from '../../shared/messages/send.ts';
import { readPersonOfPhone, sealNumber, verifyKey } from '../people/index.ts';
import { deriveCodeMac, deriveSourceMac, newCode, newSeed, refreshSecretOf } from './items.ts';
import { CODE_SECONDS, decisionOnRefresh, partsOfRefreshToken, refreshTokenText } from './rules.ts';
import * as store from './store.ts';

/** What a person is called until they say their name. */
const NAME_OF_NEWCOMERS = '新居民';

function phoneFrom(typed: string): string {
  const phone = normalizedPhone(typed);
  if (!phone) throw refuse('phone-format');
  return phone;
}

/**
 * Sends a one-time code to a number. Whether anybody is known by the number is not even looked up, so neither answer nor effort can
 * tell. Refuses `phone-format`, `rate-limited`.
 */
export async function sendCode(context: RequestContext, typedPhone: string): Promise<{ expiresInSeconds: number }> {
  const by = anyone(context);
  const phone = phoneFrom(typedPhone);
  await store.countAttempt(by, 'code', await deriveSourceMac(context.sourceIp));
  const phoneMac = await deriveLookupMac('phone', phone);
  const code = newCode();
  const codeMac = await deriveCodeMac(by.tenantId, phoneMac, code);
  await store.storeCode(by, phoneMac, codeMac);
  await sendMessage({
    kind: 'sign-in-code',
    tenantId: by.tenantId,
    messageId: derivedId('m', by.tenantId, codeMac, by.now.toISOString()),
    language: context.language,
    phone,
    code,
    minutes: CODE_SECONDS / 60,
  });
  return { expiresInSeconds: CODE_SECONDS };
}

/**
 * Signs in with the code; whoever comes with a number for the first time becomes a person. Repeating it under the same
 * Idempotency-Key gives the same sign-in again, so that a lost answer does not cost the code. Refuses `phone-format`,
 * `rate-limited`, `sign-in-code-wrong`.
 */
export async function signIn(
  context: RequestContext,
  { phone: typedPhone, code }: { phone: string; code: string },
): Promise<TokenAnswer> {
  const phone = phoneFrom(typedPhone);
  await store.countAttempt(anyone(context), 'sign-in', await deriveSourceMac(context.sourceIp));
  const phoneMac = await deriveLookupMac('phone', phone);
  const codeMac = await deriveCodeMac(context.tenantId, phoneMac, code);
  const signInId = context.idempotencyKey
    ? derivedId('s', context.tenantId, phoneMac, codeMac, context.idempotencyKey)
    : randomId('s');
  const expected = await store.countTry(anyone(context), phoneMac, signInId);
  if (!sameSecret(codeMac, expected)) throw refuse('sign-in-code-wrong');
  await store.spendCode(anyone(context), phoneMac, { codeMac, signInId });

  // From here on the caller has proven that the number is theirs.
  const by = asSystem(context.tenantId, context.now);
  const personId = (await readPersonOfPhone(by, phoneMac)) ?? (await newcomer(by, phone));
  const family = await store.startFamily(by, { personId, signInId, seed: newSeed() });
  if (family.generation !== 1) throw refuse('sign-in-code-wrong');
  return tokensOf(by, family, 1);
}

async function newcomer(by: Authorized, phone: string): Promise<string> {
  const personId = randomId('p');
  return store.createPerson(by, {
    personId,
    name: NAME_OF_NEWCOMERS,
    createdAt: by.now.toISOString(),
    phone: await sealNumber('phone', by.tenantId, personId, phone),
  });
}

async function tokensOf(by: Authorized, family: store.Family, generation: number): Promise<TokenAnswer> {
  const { personId, signInId } = family;
  const secret = await refreshSecretOf(by.tenantId, family, generation);
  return {
    accessToken: await signAccessToken({ tenantId: by.tenantId, personId, signInId }, by.now),
    accessTokenExpiresInSeconds: ACCESS_TOKEN_SECONDS,
    refreshToken: refreshTokenText({ personId, signInId, generation, secret }),
    personId,
  };
}

/**
 * Signs a program in with the key of its service account. A try is counted before anything is compared, and taken back when the key was
 * right. Refuses `service-key-wrong`, for whichever reason, and `rate-limited` after too many wrong keys of one source.
 */
export async function signInService(
  context: RequestContext,
  { accountId, key }: z.output<typeof serviceSignInRequest>,
): Promise<ServiceTokenAnswer> {
  const by = anyone(context);
  const takeBack = await store.countAttempt(by, 'service-key', await deriveSourceMac(context.sourceIp));
  const signInId = await verifyKey(by, accountId, key);
  if (!signInId) throw refuse('service-key-wrong');
  await takeBack();
  return {
    accessToken: await signAccessToken({ tenantId: by.tenantId, personId: accountId, signInId }, by.now),
    accessTokenExpiresInSeconds: ACCESS_TOKEN_SECONDS,
  };
}

/**
 * Gives new tokens for a refresh token. Refuses `not-signed-in` when it is none of ours or its sign-in is over, and
 * `refresh-reused`, ending the sign-in, when it had been used before (see {@link decisionOnRefresh}).
 */
export async function refresh(context: RequestContext, text: string): Promise<TokenAnswer> {
  const by = anyone(context);
  const token = partsOfRefreshToken(text);
  const family = token && (await store.readFamily(by, token.personId, token.signInId));
  if (!token || !family) throw refuse('not-signed-in');
  // Only a token that we made may end a sign-in; otherwise anybody who has seen an id could.
  const isOurs =
    token.generation <= family.generation &&
    sameSecret(token.secret, await refreshSecretOf(by.tenantId, family, token.generation));
  if (!isOurs) throw refuse('not-signed-in');
  const decision = decisionOnRefresh(token.generation, family, by.now.getTime());
  if (decision === 'end') {
    await store.endFamily(by, family.personId, family.signInId);
    throw refuse('refresh-reused');
  }
  if (decision === 'rotate') await store.rotateFamily(by, family);
  return tokensOf(by, family, token.generation + 1);
}

/** Ends this device's sign-in, or all of the person's. The access token at hand lives on for its minutes unless it is everywhere. */
export async function signOut(context: RequestContext, { everywhere }: { everywhere: boolean }): Promise<void> {
  const { actor } = context;
  const { by } = await authorized(context);
  if (everywhere) await store.endAllFamilies(by);
  else if (actor) await store.endFamily(by, actor.personId, actor.signInId);
}
