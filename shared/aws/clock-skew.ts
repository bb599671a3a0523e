import { ServiceError } from './service-error.ts';

/** Refusals that a wrong clock brings about. */
const ofTheClock = new Set([
  'AuthFailure',
  'InvalidSignatureException',
  'RequestExpired',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
]);
/** Less than this is no reason for a refusal: services take five minutes to either side. */
const SKEW_MS = 240_000;

/** Milliseconds that the services' clocks are ahead of ours, as far as a refusal has told. */
let offsetMs = 0;

export const clockOffsetMs = (): number => offsetMs;

/** The time that a signature must bear: `20260302T010000Z`. */
export const signingTime = (offset: number): string =>
  `${new Date(Date.now() + offset).toISOString().slice(0, 19).replace(/[:-]/g, '')}Z`;

/**
 * Sets our clock by a refusal's `Date` header. True when the refusal was about the clock and its request, signed with `usedOffsetMs`, would
 * be signed otherwise now.
 */
export function learnClock(error: unknown, date: string | undefined, usedOffsetMs: number): boolean {
  if (!(error instanceof ServiceError) || !ofTheClock.has(error.name)) return false;
  const found = Date.parse(date ?? '') - Date.now();
  if (Number.isNaN(found) || Math.abs(found - usedOffsetMs) < SKEW_MS) return false;
  offsetMs = found;
  return true;
}
