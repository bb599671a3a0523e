import type { PersonId } from '../../shared/contracts/common.ts';
/** What sign-in allows, in numbers, and the pure decisions about codes, limits and refresh tokens. */

export const CODE_SECONDS = 5 * 60;
export const CODE_TRIES = 5;
/** Codes to one number: one a minute, ten a day. */
export const CODE_PAUSE_SECONDS = 60;
export const CODES_PER_DAY = 10;
/** From one source: generous enough for a center where staff help many people sign in. Of programs only wrong keys count. */
export const SOURCE_WINDOW_SECONDS = 10 * 60;
export const SOURCE_LIMITS = { code: 60, 'sign-in': 120, 'service-key': 60 } as const;
export type LimitedAction = keyof typeof SOURCE_LIMITS;

/** A sign-in that is not refreshed for this long has ended. */
export const FAMILY_SECONDS = 30 * 86_400;
/** How long the immediate predecessor of a refresh token still gives its successor: an answer may be lost, two tabs may race. */
export const REFRESH_GRACE_MS = 10_000;

/** The source that a limit counts: an IPv4 address, or the /64 of an IPv6 address, which is what one subscriber is given. */
export function sourceOf(ip: string): string {
  if (!ip.includes(':')) return ip;
  const [head = '', tail] = ip.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const before = groups(head);
  const after = groups(tail ?? '');
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}

/** The fixed window that `nowEpochSeconds` lies in: its start, and the seconds left of it. */
export function windowAt(nowEpochSeconds: number, lengthSeconds: number): { startsAt: number; secondsLeft: number } {
  const startsAt = Math.floor(nowEpochSeconds / lengthSeconds) * lengthSeconds;
  return { startsAt, secondsLeft: startsAt + lengthSeconds - nowEpochSeconds };
}

/** A refresh token is opaque to its holder; we find the sign-in by its first parts and prove it by the last. */
export type RefreshToken = {
  readonly personId: PersonId;
  readonly signInId: string;
  readonly generation: number;
  readonly secret: string;
};

export function refreshTokenText({ personId, signInId, generation, secret }: RefreshToken): string {
  return [personId, signInId, generation, secret].join('.');
}

/** The parts of a refresh token, `undefined` when it cannot be one. */
export function partsOfRefreshToken(text: string): RefreshToken | undefined {
  const match = /^(p[0-9a-z]{16})\.(s[0-9a-z]{16})\.([1-9]\d{0,8})\.([\w-]{43})$/.exec(text);
  const [, personId, signInId, generation, secret] = match ?? [];
  if (!personId || !signInId || !generation || !secret) return undefined;
  return { personId, signInId, generation: Number(generation), secret };
}

/**
 * What to do with an authentic refresh token of `presented` while the sign-in stands at `current`:
 * - `rotate`: it is the current one;
 * - `repeat`: it is the one before, within {@link REFRESH_GRACE_MS} of the rotation: give the same successor again;
 * - `end`: it was used before; whoever sends it now, or whoever sent it first, is not the person who signed in.
 */
export function decisionOnRefresh(
  presented: number,
  current: { generation: number; rotatedAtEpochMs: number },
  nowEpochMs: number,
): 'rotate' | 'repeat' | 'end' {
  if (presented === current.generation) return 'rotate';
  const isPredecessor = presented === current.generation - 1;
  return isPredecessor && nowEpochMs - current.rotatedAtEpochMs <= REFRESH_GRACE_MS ? 'repeat' : 'end';
}
