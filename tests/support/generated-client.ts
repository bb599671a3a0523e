import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generateSource } from 'oazapfts';

export type GeneratedClient = {
  readonly folder: string;
  readonly source: string;
  remove(): void;
};

/** A client made from an OpenAPI document, in a folder of its own where its runtime is found. */
export async function generateClient(document: unknown): Promise<GeneratedClient> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-client-'));
  const spec = join(folder, 'openapi.json');
  writeFileSync(spec, JSON.stringify(document));
  const source = await generateSource(spec);
  writeFileSync(join(folder, 'client.ts'), source);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'));
  return { folder, source, remove: () => rmSync(folder, { recursive: true }) };
}

/** The generated module itself, run as any program would run it. */
export const importClient = ({ folder }: GeneratedClient): Promise<Record<string, unknown>> =>
  import(/* @vite-ignore */ pathToFileURL(join(folder, 'client.ts')).href);
