import { createHash, randomBytes } from 'node:crypto';

/** Crockford's alphabet, lower case: no i, l, o, u, so a code read aloud or copied by hand survives. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Encodes bytes as base32, five bits a character; leftover bits below five are dropped. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(value >>> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return text;
}

/** A random id of 80 bits (16 characters) behind a letter that says what it names: `p` person, `h` household. */
export function randomId(letter: string): string {
  return letter + base32(randomBytes(10));
}

/**
 * The same parts always give the same id (80 bits). This is how a repeated create becomes the same create:
 * the id is made from the actor and the `Idempotency-Key`. Parts are length-prefixed, so `['ab','c']` and `['a','bc']` differ.
 */
export function derivedId(letter: string, ...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}`);
  return letter + base32(hash.digest().subarray(0, 10));
}

/** A fingerprint of a request body, to tell a replay from another body under the same key. Key order does not matter. */
export function fingerprint(value: unknown): string {
  return base32(createHash('sha256').update(canonicalJson(value)).digest().subarray(0, 10));
}

/** JSON with sorted keys and no `undefined`: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** Names a booking: its civil date first (bookings of a person sort by day), then a derived hash. `20260214-3k…` */
export function bookingIdFor(date: string, ...parts: readonly string[]): string {
  return `${date.replaceAll('-', '')}-${derivedId('', ...parts).slice(0, 13)}`;
}
