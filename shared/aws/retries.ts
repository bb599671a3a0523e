import { ServiceError } from './service-error.ts';

/** What is tried again, and after how long: the SDK's standard mode, number for number (`@smithy/core/retry`). */
const throttling = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);
const passing = new Set([
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  'ReplicatedWriteConflictException',
]);
const passingStatus = new Set([500, 502, 503, 504]);
const passingCode = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

const FIRST_PAUSE_MS = 50;
const FIRST_THROTTLED_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 20_000;

/** Why a call may be sent again; `undefined`: it may not. A write here is conditional or deterministic, so its second sending finds the first. */
export function causeToRetry(error: unknown): 'throttling' | 'passing' | undefined {
  if (!(error instanceof Error)) return undefined;
  const status = error instanceof ServiceError ? (error.$metadata.httpStatusCode ?? 0) : 0;
  if (throttling.has(error.name) || status === 429) return 'throttling';
  const { code = '' } = error as NodeJS.ErrnoException;
  return passing.has(error.name) || passingCode.has(code) || passingStatus.has(status) ? 'passing' : undefined;
}

/** Milliseconds to wait before the retry with this number, from 0: full jitter under a bound that doubles. */
export function pauseMs(cause: 'throttling' | 'passing', retry: number): number {
  const first = cause === 'throttling' ? FIRST_THROTTLED_PAUSE_MS : FIRST_PAUSE_MS;
  return Math.floor(Math.random() * Math.min(LONGEST_PAUSE_MS, first * 2 ** retry));
}

const MOST_TOKENS = 500;
const COST = { throttling: 5, passing: 14 } as const;

/** What a client may spend on retries before it stops making trouble worse: each retry costs, each success gives back. */
export class RetryBudget {
  #tokens = MOST_TOKENS;

  /** The tokens taken for a retry, or `undefined` when there are not enough. */
  take(cause: 'throttling' | 'passing'): number | undefined {
    const cost = COST[cause];
    if (this.#tokens < cost) return undefined;
    this.#tokens -= cost;
    return cost;
  }

  /** A call went well: its last retry's cost comes back, or one token when it had none. */
  give(lastCost: number | undefined): void {
    this.#tokens = Math.min(MOST_TOKENS, this.#tokens + (lastCost ?? 1));
  }
}
