import { createHmac, randomBytes, randomInt } from 'node:crypto';
import type { PersonId } from '../../shared/contracts/common.ts';
import type { TenantId } from '../../shared/contracts/id.ts';
import { deriveSecret } from '../../shared/keyring/keyring.ts';
import { sourceOf } from './rules.ts';

/** Secrets of sign-in: made, fingerprinted and compared here, so that none is stored or logged in clear. */

const mac = async (purpose: string, ...parts: readonly (string | number)[]): Promise<Buffer> =>
  createHmac('sha256', await deriveSecret(purpose))
    .update(parts.join('\n'))
    .digest();

/** Six digits from the system's generator, each code as likely as any other. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** The keyed fingerprint that a code is stored as, bound to its city and number. */
export async function deriveCodeMac(tenantId: TenantId, phoneMac: string, code: string): Promise<string> {
  return (await mac('sign-in-code', tenantId, phoneMac, code)).toString('base64url');
}

/** A source address as a limit is stored under: the address itself is nobody's business ten minutes later. */
export async function deriveSourceMac(ip: string): Promise<string> {
  return `ip-${(await mac('source', sourceOf(ip))).toString('hex').slice(0, 26)}`;
}

export const newSeed = (): string => randomBytes(32).toString('base64url');

/**
 * The secret part of a refresh token, 256 bits. It follows from the sign-in's random seed and our key, so the successor of a token
 * can be given again when its answer was lost, yet neither the table alone nor the key alone yields a token.
 */
export async function refreshSecretOf(
  tenantId: TenantId,
  family: { personId: PersonId; signInId: string; seed: string },
  generation: number,
): Promise<string> {
  const secret = await mac('refresh', tenantId, family.personId, family.signInId, family.seed, generation);
  return secret.toString('base64url');
}
