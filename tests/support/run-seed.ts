import { randomInt } from 'node:crypto';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    seedOfRun: number;
  }
}

/** Draws the one seed that a run adds to those of every day, and says it, however the run ends. */
export default function setup(project: TestProject): void {
  const seed = randomInt(1_000, 1_000_000_000);
  project.provide('seedOfRun', seed);
  const wanted = process.env['LINLI_SEED'];
  process.stdout.write(wanted ? `seeds: ${wanted}\n` : `seed of this run: ${seed}; LINLI_SEED=${seed} repeats it\n`);
}
