import { createHmac, timingSafeEqual } from 'node:crypto';
import { refuse } from '../kernel/refusal.ts';
import { deriveSecret } from '../keyring/keyring.ts';
import type { Key } from './keys.ts';

const MAC_BYTES = 12;

async function macOf(payload: string, scope: string): Promise<Buffer> {
  return createHmac('sha256', await deriveSecret('cursor'))
    .update(`${scope}\n${payload}`)
    .digest()
    .subarray(0, MAC_BYTES);
}

/** Where a page ended, as an opaque signed text. `scope` binds it to the list it came from (and so to the tenant). */
export async function sealCursor(last: Key | undefined, scope: string): Promise<string | undefined> {
  if (!last) return undefined;
  const payload = Buffer.from(JSON.stringify([last.pk, last.sk])).toString('base64url');
  return `${payload}.${(await macOf(payload, scope)).toString('base64url')}`;
}

/** The key inside a cursor; refuses with `invalid-cursor` when it was not made here for this `scope`. */
export async function openCursor(cursor: string | undefined, scope: string): Promise<Key | undefined> {
  if (cursor === undefined) return undefined;
  const [payload = '', mac = ''] = cursor.split('.');
  const given = Buffer.from(mac, 'base64url');
  const expected = await macOf(payload, scope);
  if (given.length !== MAC_BYTES || !timingSafeEqual(given, expected)) throw refuse('invalid-cursor');
  const [pk, sk] = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  return { pk: String(pk), sk: String(sk) };
}
