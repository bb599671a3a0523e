import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './synthesis.ts';

/** Everything the pages are made of. */
const sources = ['web', 'shared', 'scripts/notices.ts', 'package-lock.json'];

/** Builds the pages when one of their sources is newer than the build. Says in one line what was done. */
export async function buildWebIfStale(): Promise<string> {
  if (!existsSync(join(repositoryRoot, 'web', 'index.html'))) return 'Pages: none yet (web/index.html is missing)';
  const built = join(repositoryRoot, 'web', 'dist', 'index.html');
  const builtAtMs = existsSync(built) ? statSync(built).mtimeMs : 0;
  if (Math.max(...sources.map((source) => newestMs(join(repositoryRoot, source)))) < builtAtMs)
    return 'Pages: built before';
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'error'], {
    cwd: repositoryRoot,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) {
    // The API is of use without pages, so the city starts all the same.
    const reason = output
      .split('\n')
      .find((line) => /error|could not|cannot/i.test(line) && !/^✗|with \d+ error/.test(line));
    return `Pages: DO NOT BUILD, an older build is served if there is one (npm run build:web shows why): ${reason?.trim() ?? ''}`;
  }
  return `Pages: built in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
}

function newestMs(path: string): number {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const inside = readdirSync(path)
    .filter((name) => name !== 'dist' && name !== 'node_modules')
    .map((name) => newestMs(join(path, name)));
  return Math.max(mtimeMs, ...inside);
}
