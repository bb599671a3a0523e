import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartProblem } from './problem.ts';

export const repositoryRoot = fileURLToPath(new URL('..', import.meta.url));

/** Everything that the templates and bundles are made of. */
const sources = ['infra', 'functions', 'shared', 'cdk.json', 'package-lock.json'];
const KEPT_ASSEMBLIES = 6;

type Context = Readonly<Record<string, string>>;

/**
 * The folder of the cloud assembly of the sources as they are now. It is synthesized once and kept under the fingerprint of the sources, so
 * that a restart and every test run start without CDK, and a running city is never changed under its feet. `context` is what
 * `cdk synth -c name=value` would give.
 */
export async function currentAssembly(context: Context = {}): Promise<{ folder: string; isNew: boolean }> {
  const kept = join(repositoryRoot, '.linli', 'assemblies');
  const folder = join(kept, fingerprintOfSources(context));
  if (existsSync(folder)) return { folder, isNew: false };
  mkdirSync(kept, { recursive: true });
  const underway = `${folder}.${process.pid}`;
  await synthesizeInto(underway, context);
  // Whoever comes second finds the same content in place.
  if (existsSync(folder)) rmSync(underway, { recursive: true });
  else renameSync(underway, folder);
  forgetOldest(kept);
  return { folder, isNew: true };
}

/**
 * Runs the CDK app in a process of its own: the database starts meanwhile, and what CDK and esbuild need in memory is gone when the
 * city runs.
 */
async function synthesizeInto(outdir: string, context: Context): Promise<void> {
  const child = spawn(process.execPath, [join(repositoryRoot, 'infra', 'app.ts'), '--quick'], {
    cwd: repositoryRoot,
    env: { ...process.env, CDK_OUTDIR: outdir, CDK_VALIDATION: 'false', CDK_CONTEXT_JSON: JSON.stringify(context) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) {
    rmSync(outdir, { recursive: true, force: true });
    throw new StartProblem(`infra/app.ts does not synthesize:\n${errors.trim()}`);
  }
}

function fingerprintOfSources(context: Context): string {
  const hash = createHash('sha256').update(JSON.stringify(context));
  const add = (path: string): void => {
    const full = join(repositoryRoot, path);
    if (!statSync(full).isDirectory()) hash.update(path).update('\0').update(readFileSync(full));
    else for (const name of readdirSync(full).sort()) add(join(path, name));
  };
  for (const source of sources) add(source);
  return hash.digest('hex').slice(0, 16);
}

function forgetOldest(kept: string): void {
  const ageOf = (name: string) => statSync(join(kept, name)).mtimeMs;
  const names = readdirSync(kept).sort((a, b) => ageOf(b) - ageOf(a));
  for (const name of names.slice(KEPT_ASSEMBLIES)) rmSync(join(kept, name), { recursive: true, force: true });
}
