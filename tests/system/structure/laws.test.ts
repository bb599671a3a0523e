import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, root } from './imports.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const laws = [...read('docs/laws.md').matchAll(/^(\d+)\. \*\*/gm)].map((match) => Number(match[1]));

/** The numbers of `law 2`, `laws 2 and 3`, `laws 1, 2` and of all from `laws 1 to 5`. */
function citedIn(text: string): number[] {
  return [...text.matchAll(/\blaws? (\d+(?:(?:,| and| or| to)? \d+)*)/gi)].flatMap(([, numbers = '']) => {
    const cited = numbers.match(/\d+/g)?.map(Number) ?? [];
    const [first = 0, last = 0] = cited;
    return numbers.includes(' to ') ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : cited;
  });
}

test('the laws are numbered from one, without a gap', () => {
  expect(laws).toEqual(laws.map((_, index) => index + 1));
  expect(laws.length).toBeGreaterThan(0);
});

test('every law that is cited is there', () => {
  const folders = ['bench', 'docs', 'functions', 'import', 'infra', 'local', 'scripts', 'shared', 'tests', 'web'];
  const citing = folders.flatMap(filesBelow).filter((path) => /\.(md|mjs|tsx?)$/.test(path));
  const cited = citing.flatMap((path) => citedIn(read(path)).map((law) => ({ path, law })));
  expect(cited.length).toBeGreaterThan(10);
  expect(cited.filter(({ law }) => !laws.includes(law))).toEqual([]);
});
