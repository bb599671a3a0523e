import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { parseAst } from 'vite';

/** Files that state schemas: all contracts, and what modules keep in the table. */
const stating = /[\\/](shared[\\/]contracts[\\/].*|items|items[\\/][^\\/]*|[^\\/]*[\\/]items)\.ts$/;

/**
 * Leaves out of a bundle the schemas that nobody in it asks for: zod's chained calls could do anything, as far as a bundler knows, so it keeps
 * them all. In the files that state schemas a call at the top makes a value and does nothing else; this says so, where the value is made.
 */
export const unusedSchemas: Plugin = {
  name: 'unused schemas',
  setup(build) {
    build.onLoad({ filter: stating }, async ({ path }) => ({
      contents: withPureValues(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

/** The text with each value of its top level that a call makes in a function that is called at once and does nothing else. */
export function withPureValues(text: string): string {
  const made = parseAst(text, { lang: 'ts' }).body.flatMap((statement) => {
    const stated = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (stated?.type !== 'VariableDeclaration') return [];
    return stated.declarations.flatMap(({ init }) => (init?.type === 'CallExpression' ? [init] : []));
  });
  return made.reduceRight(
    (whole, { start, end }) =>
      `${whole.slice(0, start)}/* @__PURE__ */ (() => ${whole.slice(start, end)})()${whole.slice(end)}`,
    text,
  );
}
