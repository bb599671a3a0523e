/** Repeats `step` until it is stopped, with a pause where the step says there was nothing to do. */
export type Loop = { stop(): Promise<void> };

export function startLoop(
  step: () => Promise<'busy' | 'idle'>,
  idleMs: number,
  onError: (error: unknown) => void,
): Loop {
  let running = true;
  let wake: () => void = () => undefined;
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const done = (async () => {
    while (running) {
      try {
        if ((await step()) === 'idle' && running) await pause(idleMs);
      } catch (error) {
        if (!running) return;
        onError(error);
        await pause(1_000);
      }
    }
  })();
  return {
    async stop() {
      running = false;
      wake();
      await done;
    },
  };
}
