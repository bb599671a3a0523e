import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

const ignored = new Set(['node_modules', 'dist', 'cdk.out', '.linli', '.git']);

/** Every file below `folder`, as paths from the root. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    if (ignored.has(name)) return [];
    const path = join(folder, name);
    return statSync(join(root, path)).isDirectory() ? filesBelow(path) : [path];
  });
}

export type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean };

/** The imports of our own files by our own files, told from the text of the import lines. */
export function ownImports(folders: readonly string[]): Import[] {
  const sources = folders.flatMap(filesBelow).filter((path) => /\.tsx?$/.test(path));
  return sources.flatMap((from) => {
    const text = readFileSync(join(root, from), 'utf8');
    const lines = text.matchAll(
      /^(?:import|export)\s+(type\s+)?(?:[^;']*?\sfrom\s+)?'(\.[^']+)'|import\('(\.[^']+)'\)/gm,
    );
    return [...lines].map((match) => ({
      from,
      to: relative(root, resolve(root, dirname(from), match[2] ?? match[3] ?? '')),
      typeOnly: match[1] !== undefined,
    }));
  });
}

/** The circles among `edges`, each told as the way around: `a → b → a`. */
export function circlesIn(edges: readonly (readonly [from: string, to: string])[]): string[] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of edges) if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (name: string, trail: readonly string[]): void => {
    if (trail.includes(name)) circles.push([...trail.slice(trail.indexOf(name)), name].join(' → '));
    if (trail.includes(name) || done.has(name)) return;
    for (const to of next.get(name) ?? []) visit(to, [...trail, name]);
    done.add(name);
  };
  for (const name of next.keys()) visit(name, []);
  return circles;
}
