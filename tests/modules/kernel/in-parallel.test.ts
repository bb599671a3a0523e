import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inParallel } from '../../../shared/kernel/in-parallel.ts';

const waits = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 });
const atOnce = fc.integer({ min: 1, max: 5 });

describe('work in parallel', () => {
  test('is done once for every item, never more at once than said, and answers in the order of the items', async () => {
    await fc.assert(
      fc.asyncProperty(waits, atOnce, async (list, most) => {
        let now = 0;
        let highest = 0;
        const results = await inParallel(list, most, async (wait, index) => {
          now += 1;
          highest = Math.max(highest, now);
          await sleep(wait);
          now -= 1;
          return [index, wait];
        });
        expect(results).toEqual(list.map((wait, index) => [index, wait]));
        expect(highest).toBe(Math.min(most, list.length));
      }),
      { numRuns: 30 },
    );
  });

  test('stops at the first failure: nothing new begins, what has begun ends, and the failure is thrown', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const work = async (item: number) => {
      begun.push(item);
      if (item === 1) throw new Error('the second');
      await sleep(5);
      ended.push(item);
    };
    await expect(inParallel([0, 1, 2, 3, 4], 3, work)).rejects.toThrow('the second');
    expect([begun, ended]).toEqual([
      [0, 1, 2],
      [0, 2],
    ]);
  });
});
