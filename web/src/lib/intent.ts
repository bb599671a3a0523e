/**
 * One intent, one `Idempotency-Key`. A double tap, a retry after a lost answer and a reload of the page all send the key again, so
 * the server does the thing once. A changed body is another intent. The key lives in session storage until the server has decided.
 */
import { isDefinite } from './problem.ts';

type Kept = { readonly body: string; readonly key: string };

const storageKey = (name: string): string => `linli.intent.${name}`;

function kept(name: string): Kept | undefined {
  const value: unknown = JSON.parse(sessionStorage.getItem(storageKey(name)) ?? 'null');
  return typeof value === 'object' && value !== null && 'body' in value && 'key' in value ? (value as Kept) : undefined;
}

function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Runs `send` with the key of this intent and forgets the key once the server has said yes, or no for good. */
export async function once<T>(name: string, body: unknown, send: (key: string) => Promise<T>): Promise<T> {
  const text = JSON.stringify(body);
  const before = kept(name);
  const key = before?.body === text ? before.key : randomKey();
  sessionStorage.setItem(storageKey(name), JSON.stringify({ body: text, key } satisfies Kept));
  try {
    const answer = await send(key);
    sessionStorage.removeItem(storageKey(name));
    return answer;
  } catch (error) {
    if (isDefinite(error)) sessionStorage.removeItem(storageKey(name));
    throw error;
  }
}
