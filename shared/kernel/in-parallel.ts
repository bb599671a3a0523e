/**
 * Runs `work` for every item, at most `atOnce` at a time, and gives what came of each, in the order of the items. The first failure stops
 * what has not begun, and is thrown when the rest has ended: so nothing of a failed step still runs when the next one begins.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  // One iterator for all workers: each takes the next item that is left.
  const left = items.entries();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const [index, item] of left) {
      if (failed) return;
      try {
        results[index] = await work(item, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  const failure = workers.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
  return results;
}
