import { useSyncExternalStore } from 'react';
import type { PersonId } from '../../../shared/contracts/common.ts';
import type { TokenAnswer } from '../../../shared/contracts/identity.ts';

/** The sign-in of this browser: kept in local storage, shared by all tabs, renewed by one of them at a time. */
type SignIn = {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly personId: PersonId;
  readonly expiresAtEpochMs: number;
};

const STORAGE_KEY = 'linli.sign-in';
/** Renew this long before the access token ends, so that no request is sent with a dying one. */
const RENEW_EARLY_MS = 30_000;

const listeners = new Set<() => void>();
let cachedText: string | null | undefined;
let cached: SignIn | undefined;

function isSignIn(value: unknown): value is SignIn {
  return typeof value === 'object' && value !== null && 'accessToken' in value && 'refreshToken' in value;
}

function read(): SignIn | undefined {
  const text = localStorage.getItem(STORAGE_KEY);
  if (text !== cachedText) {
    cachedText = text;
    const value: unknown = text ? JSON.parse(text) : undefined;
    cached = isSignIn(value) ? value : undefined;
  }
  return cached;
}

function changed(): void {
  for (const listener of listeners) listener();
}

globalThis.addEventListener('storage', (event) => {
  if (event.key === STORAGE_KEY) changed();
});

export function keepSignIn(answer: TokenAnswer): void {
  const signIn: SignIn = {
    accessToken: answer.accessToken,
    refreshToken: answer.refreshToken,
    personId: answer.personId,
    expiresAtEpochMs: Date.now() + answer.accessTokenExpiresInSeconds * 1000,
  };
  localStorage.setItem(STORAGE_KEY, JSON.stringify(signIn));
  changed();
}

export function forgetSignIn(): void {
  localStorage.removeItem(STORAGE_KEY);
  changed();
}

export const signedInPersonId = (): string | undefined => read()?.personId;

/** Pages that a build draws are for everybody. */
const nobody = (): undefined => undefined;

/** The id of who is signed in here, `undefined` when nobody is. */
export function useSignedInPersonId(): string | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    signedInPersonId,
    nobody,
  );
}

type Renew = (refreshToken: string) => Promise<TokenAnswer | undefined>;
let renewing: Promise<void> | undefined;

/**
 * A refresh token works once, and one that comes back a second time ends the sign-in; so renewal is done by one request of one tab
 * at a time, and whoever waited uses what the other got.
 */
function renewOnce(worn: SignIn, renew: Renew): Promise<void> {
  const work = async () => {
    const current = read();
    if (!current || current.accessToken !== worn.accessToken) return;
    const answer = await renew(current.refreshToken);
    if (answer) keepSignIn(answer);
    else forgetSignIn();
  };
  renewing ??= (navigator.locks ? navigator.locks.request('linli-renew', work) : work()).finally(() => {
    renewing = undefined;
  });
  return renewing;
}

/** An access token that is good for the next seconds; `undefined` when nobody is signed in. `refused` is a token the server refused. */
export async function accessToken(renew: Renew, refused?: string): Promise<string | undefined> {
  const current = read();
  if (!current) return undefined;
  const worn = current.expiresAtEpochMs - RENEW_EARLY_MS < Date.now() || current.accessToken === refused;
  if (worn) await renewOnce(current, renew);
  return read()?.accessToken;
}
