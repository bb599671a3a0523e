import { errors, importJWK, jwtVerify } from 'jose';
import * as z from 'zod';
import { type PersonId, personId } from '../contracts/common.ts';
import type { TenantId } from '../contracts/id.ts';
import { epochSeconds } from '../kernel/clock.ts';
import { refuse } from '../kernel/refusal.ts';
import { readTokenPublicJwk, signEs256 } from '../keyring/keyring.ts';
import type { Actor } from './context.ts';

export const ACCESS_TOKEN_SECONDS = 15 * 60;

const claims = z.object({ sub: personId, ten: z.string(), sid: z.string(), iat: z.int() });

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A signed access token (JWT, ES256) that says who and in which city, for {@link ACCESS_TOKEN_SECONDS}. */
export async function signAccessToken(
  who: { tenantId: TenantId; personId: PersonId; signInId: string },
  now: Date,
): Promise<string> {
  const { kid } = await readTokenPublicJwk();
  const iat = epochSeconds(now);
  const payload = { sub: who.personId, ten: who.tenantId, sid: who.signInId, iat, exp: iat + ACCESS_TOKEN_SECONDS };
  const signed = `${part({ alg: 'ES256', typ: 'JWT', kid })}.${part(payload)}`;
  const signature = await signEs256(Buffer.from(signed));
  return `${signed}.${Buffer.from(signature).toString('base64url')}`;
}

let verifying: { readonly kid: string; readonly key: ReturnType<typeof importJWK> } | undefined;

/** The key that tokens are verified with, made once for the life of the environment. */
async function verifyingKey() {
  const jwk = await readTokenPublicJwk();
  if (verifying?.kid !== jwk.kid) verifying = { kid: jwk.kid, key: importJWK(jwk, 'ES256') };
  return verifying.key;
}

/** The actor a bearer token names. Refuses `token-expired` or `not-signed-in`; asks nothing of the table. */
export async function verifyActor(token: string, now: Date): Promise<Actor> {
  try {
    const { payload } = await jwtVerify(token, await verifyingKey(), { algorithms: ['ES256'], currentDate: now });
    const { sub, ten, sid, iat } = claims.parse(payload);
    return { tenantId: ten, personId: sub, signInId: sid, issuedAtEpochSeconds: iat };
  } catch (error) {
    throw refuse(error instanceof errors.JWTExpired ? 'token-expired' : 'not-signed-in');
  }
}
