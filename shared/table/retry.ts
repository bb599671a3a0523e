import { setTimeout as sleep } from 'node:timers/promises';
import { refuse } from '../kernel/refusal.ts';

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 400;

/** Errors that say "not now": nothing was written, trying again is right. Throttling reaches us only after the client's own retries. */
const passing = new Set([
  'TransactionConflictException',
  'TransactionInProgressException',
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'InternalServerError',
  'TimeoutError',
  'ECONNRESET',
]);

function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (passing.has(error.name) || passing.has(String((error as NodeJS.ErrnoException).code))) return true;
  const reasons = (error as { CancellationReasons?: readonly { Code?: string }[] }).CancellationReasons ?? [];
  return (
    reasons.some(({ Code }) => Code === 'TransactionConflict' || Code === 'ThrottlingError') &&
    !reasons.some(({ Code }) => Code === 'ConditionalCheckFailed')
  );
}

/**
 * Runs `send`, again after a full-jitter pause while the table says "not now", at most five times; then refuses with `try-again`. A
 * decision that others have overtaken is made again without a pause, by `again` of `shared/kernel/again.ts`.
 */
export async function retryCall<T>(send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (attempt === ATTEMPTS) throw refuse('try-again');
      await sleep(Math.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
    }
  }
}
