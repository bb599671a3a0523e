import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, root } from './imports.ts';

const files = filesBelow('web/src');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const sheets = new Map(
  files.filter((path) => path.endsWith('.css')).map((path) => [path, read(path).replace(/\/\*.*?\*\//gs, '')]),
);
const sources = new Map(files.filter((path) => /\.tsx?$/.test(path)).map((path) => [path, read(path)]));

/** The one sheet of colors, and the shades with which Mantine computes. */
const COLORS = 'web/src/app/colors.css';
const SHADES = 'web/src/app/theme.ts';
/** The one sheet whose classes every component may use by their bare names. */
const GLOBAL = 'web/src/app/styles.css';

/** A sheet without what stands between the innermost braces: its selectors. */
const selectorsIn = (sheet: string): string => sheet.replace(/\{[^{}]*\}/g, '{}');
const classesIn = (selectors: string): Set<string> =>
  new Set([...selectors.matchAll(/\.([A-Za-z][\w-]*)/g)].map((match) => match[1] ?? ''));
const globalNames = /:global\(([^()]*)\)/g;
const globalClasses = [...classesIn(selectorsIn(sheets.get(GLOBAL) ?? ''))].filter((it) => !it.startsWith('mantine-'));

/** Which classes of which module a component uses: by name, or `all` that begin as a template does. */
const uses = [...sources].flatMap(([path, text]) =>
  [...text.matchAll(/^import (\w+) from '([^']+\.module\.css)';$/gm)].map(([, name, module = '']) => ({
    path,
    module: normalize(join(dirname(path), module)),
    named: [...text.matchAll(new RegExp(`\\b${name}(?:\\.(\\w+)|\\['([^']+)'\\])`, 'g'))]
      .filter(({ index }) => !text.slice(0, index).endsWith("from '"))
      .map((match) => match[1] ?? match[2] ?? ''),
    all: [...text.matchAll(new RegExp(`\\b${name}\\[\`([\\w-]+-)\\$\\{`, 'g'))].map((match) => match[1] ?? ''),
  })),
);

/** The value of each `className`, from its quote or brace to the one that ends it. */
function classNamesIn(text: string): string[] {
  return [...text.matchAll(/\bclassName=(?=["{])/g)].map(({ index, 0: { length } }) => {
    const from = index + length;
    if (text[from] === '"') return text.slice(from, text.indexOf('"', from + 1) + 1);
    let depth = 0;
    for (let at = from; at < text.length; at++) {
      if (text[at] === '{') depth++;
      if (text[at] === '}' && --depth === 0) return text.slice(from, at + 1);
    }
    throw new Error(`a className has no end: ${text.slice(from, from + 80)}`);
  });
}

test('every color is a variable of one sheet', () => {
  const color = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(/gi;
  const inSheets = [...sheets].filter(([path]) => path !== COLORS).map(([path, sheet]) => [path, sheet] as const);
  const inSources = [...sources]
    .filter(([path]) => path !== SHADES)
    .map(([path, text]) => [path, (text.match(/(["'`])(?:(?!\1).)*\1/g) ?? []).join('\n')] as const);
  const found = [...inSheets, ...inSources].flatMap(([path, text]) =>
    (text.match(color) ?? []).map((literal) => `${path}: ${literal}`),
  );
  expect(found).toEqual([]);
});

test('every variable of a sheet is there, and every color is of use', () => {
  const everything = [...sheets.values(), ...sources.values()].join('\n');
  const given = new Set([...everything.matchAll(/(--[\w-]+)['"]?\s*:/g)].map((match) => match[1] ?? ''));
  const used = new Set([...everything.matchAll(/var\((--[\w-]+)/g)].map((match) => match[1] ?? ''));
  expect([...used].filter((name) => !given.has(name) && !name.startsWith('--mantine-'))).toEqual([]);
  const colors = [...(sheets.get(COLORS) ?? '').matchAll(/(--[\w-]+):/g)].map((match) => match[1] ?? '');
  expect(colors.length).toBeGreaterThan(10);
  expect(colors.filter((name) => !used.has(name))).toEqual([]);
});

test('every sheet is a module beside its components, but what is global, the colors, and the theme that the build writes', () => {
  const others = [...sheets.keys()].filter((path) => !path.endsWith('.module.css'));
  expect(others.sort()).toEqual([COLORS, GLOBAL, 'web/src/app/theme.css']);
  const imported = new Set(uses.map(({ module }) => module));
  const modules = [...sheets.keys()].filter((path) => path.endsWith('.module.css'));
  expect(modules.filter((path) => !imported.has(path))).toEqual([]);
});

test('every class of a module is of use, and every class that a component uses is there', () => {
  const defined = new Map(
    [...sheets]
      .filter(([path]) => path.endsWith('.module.css'))
      .map(([path, sheet]) => [path, classesIn(selectorsIn(sheet).replace(globalNames, ''))]),
  );
  const unknown = uses.flatMap(({ path, module, named, all }) => {
    const there = [...(defined.get(module) ?? [])];
    return [
      ...named.filter((name) => !there.includes(name)).map((name) => `${path}: ${name}`),
      ...all.filter((begin) => !there.some((name) => name.startsWith(begin))).map((begin) => `${path}: ${begin}…`),
    ];
  });
  expect(unknown).toEqual([]);
  const idle = [...defined].flatMap(([path, names]) => {
    const here = uses.filter(({ module }) => module === path);
    const isUsed = (name: string) =>
      here.some(({ named, all }) => named.includes(name) || all.some((begin) => name.startsWith(begin)));
    return [...names].filter((name) => !isUsed(name)).map((name) => `${path}: ${name}`);
  });
  expect(idle).toEqual([]);
});

test('a bare name of a class is one of the global sheet, and each of those is of use', () => {
  const bare = [...sources].flatMap(([path, text]) =>
    classNamesIn(text)
      .flatMap((value) => [...value.replace(/\[[^\]]*\]/g, '').matchAll(/["']([^"']*)["']/g)])
      .flatMap((match) => (match[1] ?? '').match(/(?<!\S)[A-Za-z][\w-]*/g) ?? [])
      .map((name) => ({ path, name })),
  );
  expect(bare.filter(({ name }) => !globalClasses.includes(name))).toEqual([]);
  expect(globalClasses.filter((name) => !bare.some((use) => use.name === name))).toEqual([]);
  const reached = [...sheets].flatMap(([path, sheet]) =>
    [...sheet.matchAll(globalNames)].flatMap((match) => [...classesIn(match[1] ?? '')].map((name) => ({ path, name }))),
  );
  const foreign = reached.filter(({ name }) => !globalClasses.includes(name) && !name.startsWith('mantine-'));
  expect(foreign).toEqual([]);
});
