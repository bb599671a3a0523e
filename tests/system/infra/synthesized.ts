import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { synthesize } from '../../../infra/app.ts';
import type { Partition } from '../../../infra/settings.ts';

export type Resource = { Type: string; Properties: Record<string, unknown>; DeletionPolicy?: string };

export type Synthesized = {
  readonly assembly: CloudAssembly;
  /** All templates as one text, for what must not stand anywhere. */
  readonly text: string;
  /** Every resource of this type in all stacks, by logical id. */
  ofType(type: string): [string, Resource][];
};

const kept = new Map<Partition, Promise<Synthesized>>();

/** The production stage of a partition with every check on; synthesized once a run. */
export function synthesized(partition: Partition): Promise<Synthesized> {
  const known = kept.get(partition) ?? synthesizeNow(partition);
  kept.set(partition, known);
  return known;
}

async function synthesizeNow(partition: Partition): Promise<Synthesized> {
  const outdir = mkdtempSync(join(tmpdir(), `linli-${partition}-`));
  const webBuild = join(outdir, 'pages');
  mkdirSync(webBuild);
  writeFileSync(join(webBuild, 'index.html'), '<!doctype html>');
  const assembly = await synthesize({ outdir, webBuild, context: { stage: 'prod', partition } });
  const templates = assembly.stacks.map(({ template }) => template as { Resources: Record<string, Resource> });
  const resources = templates.flatMap(({ Resources }) => Object.entries(Resources));
  return {
    assembly,
    text: JSON.stringify(templates),
    ofType: (type) => resources.filter(([, { Type }]) => Type === type),
  };
}

/** The value at a dotted path, for properties that CDK nests. */
export function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], value);
}
