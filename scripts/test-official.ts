import { run } from './run.ts';

/**
 * The model of sessions and rooms, and claims under faults and kills, once more on the official engine: one seed each, since the engines are
 * compared call by call in `tests/system/conformance`.
 */
process.env['LINLI_ENGINE'] = 'dynamodb-local';
process.env['LINLI_SEED'] ??= '1';
process.exitCode = await run(
  'vitest',
  'run',
  ...['tests/system/model/sessions.test.ts', 'tests/system/model/rooms.test.ts'],
  ...['tests/system/faults/claims.test.ts', 'tests/system/faults/killed.test.ts'],
);
