import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The name of the file that lies beside what is shipped, and at the top of the pages. */
export const NOTICES_FILE = 'third-party-notices.txt';

/**
 * Licenses (SPDX) that allow a paid service and ask for no more than their notice. One that is not here stops the build, so that a
 * person reads it first.
 */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);

/** Some packages state MIT and carry no text; its terms have to go with them all the same. */
const mitTerms = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify,
merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished
to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR
ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH
THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

type Shipped = {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly author: string;
  /** License and notice files, as the package carries them. */
  readonly texts: readonly string[];
};

/**
 * The notices of every package that one of `files` comes from: name, version, license and the texts that the packages carry, each text
 * once. Files of our own are passed over. Equal files give equal text. Throws when a license is not among those allowed, or its
 * text is nowhere to be found.
 */
export function noticesOf(files: Iterable<string>): string {
  const folders = new Set<string>();
  for (const file of files) {
    const folder = /^\0?(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
    if (folder !== undefined) folders.add(folder);
  }
  const packages = [...folders].map(readPackage).sort((a, b) => (labelOf(a) < labelOf(b) ? -1 : 1));
  const refused = packages.filter(({ license }) => !isAllowed(license));
  if (refused.length > 0)
    throw new Error(`not to be shipped, by their licenses: ${refused.map(labelOf).join(', ')} (scripts/notices.ts)`);

  const labelsByText = new Map<string, string[]>();
  for (const one of packages)
    for (const text of textsFor(one, packages))
      labelsByText.set(text, [...(labelsByText.get(text) ?? []), labelOf(one)]);
  const parts = [...labelsByText].map(([text, labels]) => `${[...new Set(labels)].join('\n')}\n\n${text}\n`);
  return [`Third-party notices: the packages that are part of this program, and their licenses\n`, ...parts].join(
    `\n${'-'.repeat(80)}\n\n`,
  );
}

const labelOf = ({ name, version, license }: Shipped): string => `${name} ${version} (${license})`;

function readPackage(folder: string): Shipped {
  const stated: Record<string, unknown> = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, license, author } = stated;
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i.test(file));
  const nameOf = (value: unknown): string =>
    typeof value === 'string' ? value : value instanceof Object && 'name' in value ? String(value.name) : '';
  return {
    name: String(name),
    version: String(version),
    license: typeof license === 'string' ? license : 'unknown',
    author: nameOf(author) || `the authors of ${String(name)}`,
    texts: files.sort().map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()),
  };
}

/** Reads an SPDX expression: of alternatives one must be allowed, of licenses that hold together all. Both at once is for a person. */
function isAllowed(expression: string): boolean {
  const plain = expression.replace(/^\((.*)\)$/, '$1');
  if (plain.includes(' AND ') && plain.includes(' OR ')) return false;
  if (plain.includes(' AND ')) return plain.split(' AND ').every((license) => allowed.has(license));
  return plain.split(' OR ').some((license) => allowed.has(license));
}

function textsFor(one: Shipped, all: readonly Shipped[]): readonly string[] {
  if (one.texts.length > 0) return one.texts;
  if (one.license === 'MIT') return [`Copyright (c) ${one.author}\n\n${mitTerms}`];
  if (one.license === 'MIT-0') return ['MIT No Attribution: asks for no notice.'];
  // Apache-2.0 names nobody, so the text of a package beside it is its text.
  const beside = all.find(({ license, texts }) => license === one.license && license === 'Apache-2.0' && texts[0]);
  if (!beside?.texts[0]) throw new Error(`${labelOf(one)} carries no license text (scripts/notices.ts)`);
  return [beside.texts[0]];
}
