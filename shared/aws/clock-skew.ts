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

/** The clock by which a client signs: ours, and how far the service's is ahead of it as far as a refusal has told. */
export class SigningClock {
  /** Milliseconds. */
  offset = 0;

  /** The time that a signature must bear: `20260302T010000Z`. */
  now(): string {
    return `${new Date(Date.now() + this.offset).toISOString().slice(0, 19).replace(/[:-]/g, '')}Z`;
  }

  /**
   * Sets the clock by a refusal's `Date` header. True when the refusal was about the clock and its request, signed at the offset `used`,
   * would be signed otherwise now.
   */
  learn(error: unknown, date: string | undefined, used: number): boolean {
    if (!(error instanceof ServiceError) || !ofTheClock.has(error.name)) return false;
    const found = Date.parse(date ?? '') - Date.now();
    if (Number.isNaN(found) || Math.abs(found - used) < SKEW_MS) return false;
    this.offset = found;
    return true;
  }
}
