/** What a function said about a batch: all done, or from which record on it has to be seen again. */
export type BatchOutcome = { readonly doneUpTo: number; readonly error: string | undefined };

export type BatchRecord = { readonly id: string; readonly createdAtMs: number; readonly record: unknown };

export type StreamBatchOptions = {
  /** Gives the records to the function; throws when it fails. */
  readonly invoke: (records: readonly unknown[]) => Promise<unknown>;
  readonly retryAttempts: number;
  readonly maximumAgeSeconds: number;
  readonly bisect: boolean;
  readonly reportFailures: boolean;
  /** Receives what is given up. */
  readonly deadLetter: (records: readonly BatchRecord[], reason: string) => Promise<void>;
  readonly pause: (attempt: number) => Promise<void>;
  readonly nowMs: () => number;
};

/**
 * Sees a batch of stream records through, as Lambda does: a failure is retried from the first failed record; with `bisect` a failing
 * batch is halved so that one bad record does not take good ones with it; what fails too often or gets too old goes to the dead
 * letters. Order is kept. It returns when every record is done or given up.
 */
export async function processBatch(records: readonly BatchRecord[], options: StreamBatchOptions): Promise<void> {
  let rest = records;
  for (let attempt = 0; rest.length > 0; attempt += 1) {
    const { doneUpTo, error } = await tryOnce(rest, options);
    rest = rest.slice(doneUpTo);
    if (rest.length === 0) return;
    const oldest = rest[0]?.createdAtMs ?? 0;
    const tooOld = options.maximumAgeSeconds > 0 && options.nowMs() - oldest > options.maximumAgeSeconds * 1_000;
    if (tooOld || (options.retryAttempts >= 0 && attempt >= options.retryAttempts)) {
      await options.deadLetter(rest, tooOld ? 'RecordAgeExceeded' : 'RetryAttemptsExhausted');
      return;
    }
    await options.pause(attempt);
    if (options.bisect && rest.length > 1 && error !== undefined) {
      const middle = Math.ceil(rest.length / 2);
      const left = { ...options, retryAttempts: options.retryAttempts < 0 ? -1 : options.retryAttempts - attempt - 1 };
      await processBatch(rest.slice(0, middle), left);
      await processBatch(rest.slice(middle), left);
      return;
    }
  }
}

async function tryOnce(records: readonly BatchRecord[], options: StreamBatchOptions): Promise<BatchOutcome> {
  try {
    const answer = await options.invoke(records.map(({ record }) => record));
    if (!options.reportFailures) return { doneUpTo: records.length, error: undefined };
    const failed = failedIds(answer);
    if (failed.length === 0) return { doneUpTo: records.length, error: undefined };
    const positions = failed.map((id) => records.findIndex((record) => record.id === id));
    // An id that is not in the batch means that the whole batch failed.
    const first = positions.includes(-1) ? 0 : Math.min(...positions);
    return { doneUpTo: first, error: undefined };
  } catch (error) {
    return { doneUpTo: 0, error: error instanceof Error ? error.message : String(error) };
  }
}

/** The ids in `batchItemFailures` of a function's answer; none when the answer is empty. */
export function failedIds(answer: unknown): string[] {
  const failures = (answer as { batchItemFailures?: { itemIdentifier?: string }[] } | null)?.batchItemFailures ?? [];
  return failures.map(({ itemIdentifier }) => itemIdentifier ?? '');
}
