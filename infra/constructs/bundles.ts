import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { PlannedFunction } from '../plans.ts';

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

export const functionName = ({ module, entry }: Pick<PlannedFunction, 'module' | 'entry'>): string =>
  entry === 'handler' ? module : `${module}-${entry}`;

/**
 * Bundles all functions in one run of esbuild, which then parses the shared code once. Each gets its own folder under `folder` with
 * an `index.mjs` that needs nothing else; equal sources give equal bytes, so an unchanged function keeps its asset hash.
 */
export function bundleFunctions(plans: readonly PlannedFunction[], folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (plans.length === 0) return;
  buildSync({
    absWorkingDir: repositoryRoot,
    entryPoints: plans.map((plan) => ({
      in: `functions/${plan.module}/${plan.entry}.ts`,
      out: join(functionName(plan), 'index'),
    })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: false,
    legalComments: 'none',
    logLevel: 'error',
    // Some packages are CommonJS and call require() for Node's own modules; ESM has none unless it is made.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
}

/** Puts a generated file beside a function's bundle, so that it is deployed with it. */
export function addToBundle(folder: string, name: string, file: string, text: string): void {
  writeFileSync(join(folder, name, file), text);
}
