import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type JsonWebKey,
  randomBytes,
  sign,
  timingSafeEqual,
} from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { environment } from '../kernel/environment.ts';

/**
 * The keys of a city: one that signs tokens, one that encrypts card and phone numbers, one from which secrets are derived. In the
 * cloud they live in KMS and never leave it (the signing key) or are used through it; on one machine they are files
 * (`file:/path`), made by the local runtime.
 */
export type PublicJwk = JsonWebKey & { kid: string; alg: 'ES256'; use: 'sig' };

const isFile = (keyId: string): boolean => keyId.startsWith('file:');
const cache = new Map<string, Promise<unknown>>();

function once<T>(name: string, make: () => Promise<T>): Promise<T> {
  let promise = cache.get(name) as Promise<T> | undefined;
  if (!promise) {
    promise = make();
    cache.set(name, promise);
    promise.catch(() => cache.delete(name));
  }
  return promise;
}

async function fileKey(keyId: string): Promise<{ jwk?: JsonWebKey; base64?: string }> {
  return once(keyId, async () => JSON.parse(await readFile(keyId.slice('file:'.length), 'utf8')));
}

/** KMS is loaded only where it is used, so that no local start pays for it. */
async function kms() {
  return once('kms', async () => {
    const sdk = await import('@aws-sdk/client-kms');
    return { sdk, client: new sdk.KMSClient({}) };
  });
}

/** Signs with ECDSA P-256 and SHA-256; 64 bytes, r then s, as JWS wants it. */
export async function signEs256(data: Uint8Array): Promise<Uint8Array> {
  const keyId = environment('TOKEN_KEY_ID');
  if (isFile(keyId)) {
    const { jwk } = await fileKey(keyId);
    const key = createPrivateKey({ key: jwk ?? {}, format: 'jwk' });
    return sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' });
  }
  const { sdk, client } = await kms();
  const answer = await client.send(
    new sdk.SignCommand({ KeyId: keyId, Message: data, MessageType: 'RAW', SigningAlgorithm: 'ECDSA_SHA_256' }),
  );
  return joseSignature(answer.Signature ?? new Uint8Array());
}

/** KMS answers with ASN.1 DER (SEQUENCE of two INTEGERs); JWS wants the two numbers, 32 bytes each. */
export function joseSignature(der: Uint8Array): Uint8Array {
  const out = new Uint8Array(64);
  let at = 2;
  for (const half of [0, 1]) {
    const length = der[at + 1] ?? 0;
    const number = der.subarray(at + 2, at + 2 + length);
    const significant = number.subarray(Math.max(0, number.length - 32));
    out.set(significant, half * 32 + (32 - significant.length));
    at += 2 + length;
  }
  return out;
}

/** The public half of the token key, as published in the JWKS and used by every function to verify tokens. */
export async function readTokenPublicJwk(): Promise<PublicJwk> {
  const keyId = environment('TOKEN_KEY_ID');
  return once(`public ${keyId}`, async () => {
    const publicKey = isFile(keyId)
      ? createPublicKey(createPrivateKey({ key: (await fileKey(keyId)).jwk ?? {}, format: 'jwk' }))
      : await kmsPublicKey(keyId);
    const jwk = publicKey.export({ format: 'jwk' });
    // RFC 7638 would name the key by its thumbprint; x and y identify it just as well and keep this free of canonical JSON.
    const kid = createHmac('sha256', 'linli-kid').update(`${jwk.x}.${jwk.y}`).digest('base64url').slice(0, 16);
    return { ...jwk, kid, alg: 'ES256' as const, use: 'sig' as const };
  });
}

async function kmsPublicKey(keyId: string) {
  const { sdk, client } = await kms();
  const answer = await client.send(new sdk.GetPublicKeyCommand({ KeyId: keyId }));
  return createPublicKey({ key: Buffer.from(answer.PublicKey ?? []), format: 'der', type: 'spki' });
}

/** Encrypts a short text (a card or phone number) bound to `context`; what comes back is safe to store. */
export async function encrypt(plain: string, context: string): Promise<string> {
  const keyId = environment('DATA_KEY_ID');
  if (isFile(keyId)) {
    const key = Buffer.from((await fileKey(keyId)).base64 ?? '', 'base64');
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
  }
  const { sdk, client } = await kms();
  const answer = await client.send(
    new sdk.EncryptCommand({ KeyId: keyId, Plaintext: Buffer.from(plain), EncryptionContext: { context } }),
  );
  return Buffer.from(answer.CiphertextBlob ?? []).toString('base64');
}

/** The text that {@link encrypt} was given, when `context` is the same; throws otherwise. */
export async function decrypt(stored: string, context: string): Promise<string> {
  const keyId = environment('DATA_KEY_ID');
  const bytes = Buffer.from(stored, 'base64');
  if (isFile(keyId)) {
    const key = Buffer.from((await fileKey(keyId)).base64 ?? '', 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }
  const { sdk, client } = await kms();
  const answer = await client.send(
    new sdk.DecryptCommand({ KeyId: keyId, CiphertextBlob: bytes, EncryptionContext: { context } }),
  );
  return Buffer.from(answer.Plaintext ?? []).toString('utf8');
}

/**
 * A secret for one purpose (`lookup`, `cursor`), derived from the MAC key and kept for the life of the environment: one KMS call a
 * cold start, none after.
 */
export async function deriveSecret(purpose: string): Promise<Buffer> {
  const keyId = environment('MAC_KEY_ID');
  return once(`secret ${keyId} ${purpose}`, async () => {
    if (isFile(keyId)) {
      const key = Buffer.from((await fileKey(keyId)).base64 ?? '', 'base64');
      return createHmac('sha256', key).update(purpose).digest();
    }
    const { sdk, client } = await kms();
    const answer = await client.send(
      new sdk.GenerateMacCommand({ KeyId: keyId, Message: Buffer.from(purpose), MacAlgorithm: 'HMAC_SHA_256' }),
    );
    return Buffer.from(answer.Mac ?? []);
  });
}

/** A keyed fingerprint of a number or a secret, so that it can be looked up or compared without being stored. 26 characters. */
export async function deriveLookupMac(
  kind: 'phone' | 'card' | 'feed' | 'door' | 'service',
  value: string,
): Promise<string> {
  return createHmac('sha256', await deriveSecret('lookup'))
    .update(`${kind}:${value}`)
    .digest('hex')
    .slice(0, 26);
}

/** Compares without telling by its duration where two texts differ. */
export function sameSecret(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
