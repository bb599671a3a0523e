import { runAll } from './run.ts';

const given = process.argv.slice(2);

/** With arguments, just those tests (`npm test -- tests/modules/rooms`); without, everything: checks first, then every test. */
await runAll(
  given.length > 0
    ? [{ name: 'tests', command: ['vitest', 'run', ...given] }]
    : [
        { name: 'checks', command: ['node', 'scripts/check.ts'] },
        { name: 'web build', command: ['vite', 'build', 'web', '--logLevel', 'warn'] },
        { name: 'tests', command: ['vitest', 'run'] },
        { name: 'what decides, on the official engine', command: ['node', 'scripts/test-official.ts'] },
      ],
);
