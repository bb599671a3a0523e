import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests that need no engine: what is pure, what is synthesized, what looks at the repository itself. */
const pure = ['modules/kernel', 'modules/web', 'system/infra', 'system/structure'].map(
  (folder) => `tests/${folder}/**/*.test.ts`,
);
/** Tests that start the whole city themselves, in a browser or over HTTP. */
const wholeCity = ['e2e', 'integration', 'faults', 'releases', 'conformance'].map(
  (folder) => `tests/system/${folder}/**/*.test.ts`,
);

/** What a test says to the console unasked fails it, in every project. */
const quiet = 'tests/support/quiet.ts';

export default defineConfig({
  test: {
    // Much of a test is waiting for the engine, for messages, for a page: two files at a time also where there is one core. A city is a
    // dozen processes, so that more than four at a time only get in each other's way.
    maxWorkers: Math.min(4, Math.max(2, availableParallelism())),
    globalSetup: ['tests/support/run-seed.ts'],
    projects: [
      { test: { name: 'pure', include: pure, setupFiles: [quiet], testTimeout: 120_000 } },
      {
        test: {
          name: 'engine',
          include: ['tests/**/*.test.ts'],
          exclude: [...pure, ...wholeCity],
          globalSetup: ['tests/support/engine.ts'],
          setupFiles: [quiet, 'tests/support/environment.ts', 'tests/support/judged.ts'],
          testTimeout: 90_000,
        },
      },
      {
        test: { name: 'city', include: wholeCity, setupFiles: [quiet], testTimeout: 180_000, hookTimeout: 180_000 },
      },
    ],
  },
});
