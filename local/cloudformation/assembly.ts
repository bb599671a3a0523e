import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Resource = { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> };

export type Template = {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>
  >;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
};

export type Stack = {
  readonly name: string;
  readonly region: string;
  readonly template: Template;
  /** Folder of each asset by its key in the asset bucket (`<hash>.zip`). */
  readonly assets: ReadonlyMap<string, string>;
};

type Manifest = {
  artifacts: Record<
    string,
    {
      type: string;
      environment?: string;
      properties?: { templateFile?: string; file?: string };
      dependencies?: string[];
    }
  >;
};

type AssetManifest = {
  files: Record<string, { source: { path: string }; destinations: Record<string, { objectKey: string }> }>;
};

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

/** Reads the stacks of a synthesized cloud assembly, with the folders of their assets. */
export function readAssembly(folder: string): Stack[] {
  const { artifacts } = readJson<Manifest>(join(folder, 'manifest.json'));
  const stacks: Stack[] = [];
  for (const [name, artifact] of Object.entries(artifacts)) {
    if (artifact.type !== 'aws:cloudformation:stack') continue;
    const template = readJson<Template>(join(folder, artifact.properties?.templateFile ?? ''));
    const assets = new Map<string, string>();
    for (const dependency of artifact.dependencies ?? []) {
      const manifest = artifacts[dependency];
      if (manifest?.type !== 'cdk:asset-manifest' || !manifest.properties?.file) continue;
      const { files } = readJson<AssetManifest>(join(folder, manifest.properties.file));
      for (const { source, destinations } of Object.values(files)) {
        for (const { objectKey } of Object.values(destinations)) assets.set(objectKey, join(folder, source.path));
      }
    }
    stacks.push({ name, region: artifact.environment?.split('/').at(-1) ?? '', template, assets });
  }
  return stacks;
}
