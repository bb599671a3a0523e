import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { NOTICES_FILE, noticesOf } from '../../scripts/notices.ts';
import type { FunctionPlan } from '../../shared/plan/plan.ts';
import { unusedSchemas } from './unused-schemas.ts';

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

/** What a bundle has in the place of each client of the SDK, by its package: the same names over one light transport. */
const lightClients = {
  '@aws-sdk/client-dynamodb': './shared/aws/dynamodb.ts',
  '@aws-sdk/client-kms': './shared/aws/kms.ts',
  '@aws-sdk/client-secrets-manager': './shared/aws/secrets-manager.ts',
  '@aws-sdk/client-sqs': './shared/aws/sqs.ts',
} as const;

/** Whose clients of AWS a bundle holds: the light ones, or the SDK's own, with which to tell what a fault is due to. */
export type Clients = 'light' | 'sdk';

/** What names a function: its module, and the file of it that runs. */
type FunctionOfModule = Pick<FunctionPlan, 'entry'> & { readonly module: string };

export const functionName = ({ module, entry }: FunctionOfModule): string =>
  entry === 'handler' ? module : `${module}-${entry}`;

/**
 * Bundles all functions in one run of esbuild, which then parses the shared code once. Each gets its own folder under `folder` with
 * an `index.cjs` that needs nothing else, and the notices of the packages inside; equal sources give equal bytes, so an unchanged function keeps its asset hash.
 */
export async function bundleFunctions(
  plans: readonly FunctionOfModule[],
  folder: string,
  { clients }: { readonly clients: Clients },
): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (plans.length === 0) return;
  const { metafile } = await build({
    absWorkingDir: repositoryRoot,
    entryPoints: plans.map((plan) => ({
      in: `functions/${plan.module}/${plan.entry}.ts`,
      out: join(functionName(plan), 'index'),
    })),
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    // Loads in less time than a module of ECMAScript does.
    format: 'cjs',
    define: { 'import.meta.dirname': '__dirname' },
    alias: clients === 'light' ? lightClients : {},
    mainFields: ['module', 'main'],
    minify: true,
    // Chinese as it is: escaped, it takes twice the bytes.
    charset: 'utf8',
    keepNames: false,
    // What the comments would say stands in the notices.
    legalComments: 'none',
    plugins: [unusedSchemas],
    metafile: true,
    logLevel: 'error',
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
