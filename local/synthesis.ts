import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartProblem } from './problem.ts';

export const repositoryRoot = fileURLToPath(new URL('..', import.meta.url));

/**
 * Synthesizes the CDK app into `outdir`. A process of its own: the database starts meanwhile, and what CDK and esbuild need in memory
 * is gone when the city runs.
 */
export async function synthesizeInto(outdir: string): Promise<void> {
  const child = spawn(process.execPath, [join(repositoryRoot, 'infra', 'app.ts'), '--quick'], {
    cwd: repositoryRoot,
    env: { ...process.env, CDK_OUTDIR: outdir },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new StartProblem(`infra/app.ts does not synthesize:\n${errors.trim()}`);
}
