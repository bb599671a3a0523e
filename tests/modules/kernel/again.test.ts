import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { again, retry } from '../../../shared/kernel/again.ts';
import { isRefusal, refuse } from '../../../shared/kernel/refusal.ts';

/** What one attempt does: ends, gives `retry`, or fails with an error that is met or not. */
const step = fc.constantFrom('done', 'retry', 'met', 'fails');
type Step = 'done' | 'retry' | 'met' | 'fails';

async function run(rounds: number, steps: readonly Step[]): Promise<{ made: number[]; outcome: string }> {
  const made: number[] = [];
  const attempt = async (round: number) => {
    made.push(round);
    const now = steps[round] ?? 'retry';
    if (now === 'met') throw refuse('changed-meanwhile');
    if (now === 'fails') throw refuse('not-found');
    return now === 'retry' ? retry : now;
  };
  const outcome = await again(rounds, attempt, (error) => isRefusal(error, 'changed-meanwhile')).catch((error) =>
    isRefusal(error) ? error.code : 'another error',
  );
  return { made, outcome };
}

describe('an attempt made again', () => {
  test('ends with the first that is neither retried nor met, at most so often as said, and then refuses', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 8 }), async (rounds, steps) => {
        const { made, outcome } = await run(rounds, steps);
        const last = steps.findIndex((one) => one === 'done' || one === 'fails');
        const ends = last >= 0 && last < rounds;
        expect(made).toEqual(Array.from({ length: ends ? last + 1 : rounds }, (_, round) => round));
        expect(outcome).toBe(ends ? (steps[last] === 'done' ? 'done' : 'not-found') : 'try-again');
      }),
    );
  });

  test('gives back whatever it ends with, nothing too', async () => {
    expect(await again(1, async () => undefined)).toBeUndefined();
    expect(await again(1, async () => false)).toBe(false);
  });

  test('meets no error unless told', async () => {
    let made = 0;
    const failing = async () => {
      made += 1;
      throw refuse('changed-meanwhile');
    };
    await expect(again(3, failing)).rejects.toMatchObject({ code: 'changed-meanwhile' });
    expect(made).toBe(1);
  });
});
