import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { circlesIn, filesBelow, type Import, ownImports, root } from './imports.ts';

/** Type imports count as well: whoever names a type of another cannot be read without it. */
const imports = ownImports(['web']).filter(({ from, to }) => [from, to].every((path) => path.startsWith('web/src/')));

/** From the ground up: a floor takes from those below it. */
const floors = ['lib', 'components', 'entities', 'features', 'app'];

/** Imports from one feature by another that are still there, as `feature → feature/file`. It only gets shorter. */
const stillAcross: readonly string[] = [];

const shown = ({ from, to }: Pick<Import, 'from' | 'to'>) => `${from} → ${to}`;
const floorOf = (path: string): string => path.split('/')[2] ?? '';
const roomOf = (path: string): string => path.split('/').slice(2, 4).join('/');
const within = (floor: string) => imports.filter(({ from, to }) => floorOf(from) === floor && floorOf(to) === floor);

describe('the web stands on its floors', () => {
  test('every folder is one of them', () => {
    const there = new Set(imports.flatMap(({ from, to }) => [floorOf(from), floorOf(to)]));
    expect([...there].toSorted()).toEqual(floors.toSorted());
  });

  test.each(floors)('%s takes from itself and from below', (floor) => {
    const below = floors.slice(0, floors.indexOf(floor) + 1);
    const up = imports.filter(({ from, to }) => floorOf(from) === floor && !below.includes(floorOf(to)));
    expect(up.map(shown)).toEqual([]);
  });

  test('a feature takes nothing from another, but for the list, which has nothing too much', () => {
    const across = within('features').filter(({ from, to }) => roomOf(from) !== roomOf(to));
    const named = across.map(({ from, to }) => `${roomOf(from).split('/')[1]} → ${to.split('/').slice(3).join('/')}`);
    expect([...new Set(named)].toSorted()).toEqual(stillAcross.toSorted());
  });

  test.each(['features', 'entities'])('%s do not take from each other in a circle', (floor) => {
    expect(circlesIn(within(floor).map(({ from, to }) => [roomOf(from), roomOf(to)]))).toEqual([]);
  });

  test('no file takes from itself on a way around', () => {
    expect(circlesIn(imports.map(({ from, to }) => [from, to]))).toEqual([]);
  });

  test('a request goes through lib/api.ts, which knows the contracts: nobody else fetches or writes an address of the API', () => {
    // The texts of the other language are a file beside the pages; the page of the API links to its document.
    const lawful = ['web/src/lib/api.ts', 'web/src/lib/i18n.ts', 'web/src/features/help/api-docs-screen.tsx'];
    const asking = filesBelow('web/src').filter(
      (path) => /\.tsx?$/.test(path) && /(?<![\w.])fetch\(|['"`]\/v1\//.test(readFileSync(join(root, path), 'utf8')),
    );
    expect(asking.toSorted()).toEqual(lawful.toSorted());
  });
});
