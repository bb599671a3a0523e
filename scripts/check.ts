import { runAll } from './run.ts';

/** Types, lint and format, dead code, and the laws of structure: everything that needs no database. */
await runAll([
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'lint and format', command: ['biome', 'ci', '.'] },
  { name: 'dead code', command: ['knip'] },
  { name: 'structure', command: ['vitest', 'run', '--project', 'pure', 'tests/system/structure'] },
]);
