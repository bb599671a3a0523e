import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartProblem } from './problem.ts';

export const repositoryRoot = fileURLToPath(new URL('..', import.meta.url));

/** Everything that the templates and bundles are made of. */
const sources = ['infra', 'functions', 'shared', 'scripts/notices.ts', 'cdk.json', 'package-lock.json'];
const KEPT_ASSEMBLIES = 6;
const KEPT_MS = 6 * 3_600_000;
const SYNTHESES_AT_MOST = 4;

type Context = Readonly<Record<string, string>>;

/**
 * The folder of the cloud assembly of the sources as they are now. It is synthesized once and kept under the fingerprint of the sources, so
 * that a restart and every test run start without CDK, and a running city is never changed under its feet. `context` is what
 * `cdk synth -c name=value` would give.
 */
export async function currentAssembly(context: Context = {}): Promise<{ folder: string; isNew: boolean }> {
  const kept = join(repositoryRoot, '.linli', 'assemblies');
  for (let attempt = 1; attempt <= SYNTHESES_AT_MOST; attempt += 1) {
    const fingerprint = fingerprintOfSources(context);
    const folder = join(kept, fingerprint);
    if (existsSync(folder)) {
      utimesSync(folder, new Date(), new Date());
      return { folder, isNew: attempt > 1 };
    }
    mkdirSync(kept, { recursive: true });
    const underway = `${folder}.${process.pid}`;
    await synthesizeInto(underway, context);
    // Sources that were edited meanwhile give a mixture that belongs under no fingerprint.
    const edited = fingerprintOfSources(context) !== fingerprint;
    // Whoever comes second finds the same content in place.
    if (edited || existsSync(folder)) rmSync(underway, { recursive: true });
    else renameSync(underway, folder);
    if (edited) continue;
    forgetOldest(kept);
    return { folder, isNew: true };
  }
  throw new StartProblem('The sources changed during each synthesis; start again when they rest.');
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

/** A city may still run from an assembly of the last hours, and loads bundles as it needs them. */
function forgetOldest(kept: string): void {
  const changedAtMs = (name: string) => statSync(join(kept, name)).mtimeMs;
  const newestFirst = readdirSync(kept).sort((a, b) => changedAtMs(b) - changedAtMs(a));
  for (const name of newestFirst.slice(KEPT_ASSEMBLIES)) {
    if (Date.now() - changedAtMs(name) > KEPT_MS) rmSync(join(kept, name), { recursive: true, force: true });
  }
}
