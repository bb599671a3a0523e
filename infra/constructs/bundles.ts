import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { NOTICES_FILE, noticesOf } from '../../scripts/notices.ts';
import type { FunctionPlan } from '../../shared/plan/plan.ts';

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

/** What names a function: its module, and the file of it that runs. */
type FunctionOfModule = Pick<FunctionPlan, 'entry'> & { readonly module: string };

export const functionName = ({ module, entry }: FunctionOfModule): string =>
  entry === 'handler' ? module : `${module}-${entry}`;

/**
 * Bundles all functions in one run of esbuild, which then parses the shared code once. Each gets its own folder under `folder` with
 * an `index.mjs` that needs nothing else, and the notices of the packages inside; equal sources give equal bytes, so an unchanged function keeps its asset hash.
 */
export function bundleFunctions(plans: readonly FunctionOfModule[], folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (plans.length === 0) return;
  const { metafile } = buildSync({
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
    // Chinese as it is: escaped, it takes twice the bytes.
    charset: 'utf8',
    keepNames: false,
    // What the comments would say stands in the notices.
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
    // Some packages are CommonJS and call require() for Node's own modules; ESM has none unless it is made.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  for (const [output, { inputs }] of Object.entries(metafile.outputs)) {
    const kept = Object.keys(inputs).filter((input) => (inputs[input]?.bytesInOutput ?? 0) > 0);
    writeFileSync(
      join(repositoryRoot, dirname(output), NOTICES_FILE),
      noticesOf(kept.map((input) => join(repositoryRoot, input))),
    );
  }
}

/** Puts a generated file beside a function's bundle, so that it is deployed with it. */
export function addToBundle(bundle: string, file: { readonly name: string; readonly text: string }): void {
  writeFileSync(join(bundle, file.name), file.text);
}
