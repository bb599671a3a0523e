import { describe, expect, it } from 'vitest';
import { type BatchRecord, processBatch, type StreamBatchOptions } from '../../../local/events/batch.ts';

const NOW_MS = 1_000_000;

const batchOf = (...ids: string[]): BatchRecord[] => ids.map((id) => ({ id, createdAtMs: NOW_MS, record: id }));

/** Runs a batch through `invoke` and tells what it was given and what was given up. */
async function run(
  records: BatchRecord[],
  invoke: (ids: string[]) => unknown,
  options: Partial<StreamBatchOptions> = {},
) {
  const calls: string[] = [];
  const dead: string[] = [];
  await processBatch(records, {
    invoke: async (given) => {
      calls.push(given.join(''));
      return invoke(given as string[]);
    },
    retryAttempts: 3,
    maximumAgeSeconds: -1,
    bisect: true,
    reportFailures: true,
    deadLetter: async (given, reason) => {
      dead.push(`${reason} ${given.map(({ id }) => id).join('')}`);
    },
    pause: async () => undefined,
    nowMs: () => NOW_MS,
    ...options,
  });
  return { calls, dead };
}

const failing = (bad: string) => (ids: string[]) => {
  if (ids.includes(bad)) throw new Error(`cannot do ${bad}`);
};
const reporting = (bad: string) => (ids: string[]) => ({
  batchItemFailures: ids.filter((id) => id === bad).map((itemIdentifier) => ({ itemIdentifier })),
});

describe('a batch of stream records', () => {
  it('is done in one call when nothing fails', async () => {
    expect(await run(batchOf('a', 'b', 'c'), () => undefined)).toEqual({ calls: ['abc'], dead: [] });
  });

  it('is repeated from the first record that the function reports', async () => {
    let attempts = 0;
    const { calls, dead } = await run(batchOf('a', 'b', 'c', 'd'), (ids) => {
      attempts += 1;
      return attempts === 1 ? reporting('c')(ids) : undefined;
    });
    expect(calls).toEqual(['abcd', 'cd']);
    expect(dead).toEqual([]);
  });

  it('counts a reported id that is not in it as a failure of all', async () => {
    let attempts = 0;
    const { calls } = await run(batchOf('a', 'b'), () => {
      attempts += 1;
      return attempts === 1 ? { batchItemFailures: [{ itemIdentifier: 'unknown' }] } : undefined;
    });
    expect(calls).toEqual(['ab', 'ab']);
  });

  it('is halved when the function fails, so that one bad record takes no good ones with it', async () => {
    const { calls, dead } = await run(batchOf('a', 'b', 'c', 'd'), failing('c'));
    expect(calls.slice(0, 3)).toEqual(['abcd', 'ab', 'cd']);
    expect(calls).toContain('d');
    expect(dead).toEqual(['RetryAttemptsExhausted c']);
  });

  it('is given up as a whole without halving', async () => {
    const { calls, dead } = await run(batchOf('a', 'b'), failing('b'), { bisect: false, retryAttempts: 2 });
    expect(calls).toEqual(['ab', 'ab', 'ab']);
    expect(dead).toEqual(['RetryAttemptsExhausted ab']);
  });

  it('is given up when its oldest record is too old', async () => {
    const old = [{ id: 'a', createdAtMs: NOW_MS - 61_000, record: 'a' }];
    const { calls, dead } = await run(old, failing('a'), { maximumAgeSeconds: 60, retryAttempts: -1 });
    expect(calls).toEqual(['a']);
    expect(dead).toEqual(['RecordAgeExceeded a']);
  });

  it('takes a report for nothing when the mapping does not ask for reports', async () => {
    const { calls } = await run(batchOf('a'), reporting('a'), { reportFailures: false });
    expect(calls).toEqual(['a']);
  });
});
