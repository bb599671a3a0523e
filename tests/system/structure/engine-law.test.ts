import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, ownImports, root } from './imports.ts';

/** The floors of the engine, from the ground up: a folder takes from its own and from those before it, types counted. */
const floors = ['items', 'facts', 'order', 'price', 'row', 'claim', 'waitlist', 'book', 'no-show', 'heal'];

const floorOf = (path: string): number => floors.indexOf(path.split('/')[2] ?? '');

describe('the engine', () => {
  const imports = ownImports(['shared/booking', 'shared/table', 'functions', 'import', 'local', 'infra', 'bench']);

  test('has no arrow back between its floors', () => {
    const within = imports.filter(
      ({ from, to }) => from.startsWith('shared/booking/') && to.startsWith('shared/booking/'),
    );
    expect(within.length).toBeGreaterThan(50);
    const back = within.filter(({ from, to }) => floorOf(from) < floorOf(to) || floorOf(to) < 0 || floorOf(from) < 0);
    expect(back.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('writes sessions and day sheets in one folder: only there a key of theirs becomes one to write', () => {
    const writers = imports.filter(({ to }) => to === 'shared/table/claim-key.ts').map(({ from }) => from);
    const others = writers.filter((from) => !/^shared\/(table|booking\/claim)\//.test(from));
    expect(others).toEqual([]);
    expect(writers.some((from) => from.startsWith('shared/booking/claim/'))).toBe(true);
  });
});

/** Where letters are at home: the codecs. */
const isCodec = (path: string): boolean =>
  path.startsWith('shared/booking/items/') || path === 'shared/table/stored.ts';

/** Comments and plain strings of a source, blanked; what stands in a template stays. */
const bare = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/gm, (found) =>
    found.replace(/[^\n]/g, ' '),
  );

const lineAt = (text: string, at: number): string => text.slice(text.lastIndexOf('\n', at) + 1).split('\n')[0] ?? '';

/** Names of one letter that belong to an object: keys of literals, types and patterns, and what is read by a dot. */
function lettersIn(text: string): string[] {
  const found: string[] = [];
  const open: string[] = [];
  const source = bare(text);
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at] ?? '';
    if ('([{'.includes(character)) open.push(source[at - 1] === '$' ? '$' : character);
    if (')]}'.includes(character)) open.pop();
    if (!/[a-z]/.test(character) || /[\w$#.-]/.test(source[at + 1] ?? '')) continue;
    const before = source.slice(0, at).trimEnd().at(-1) ?? '';
    if (/[\w$#:-]/.test(source[at - 1] ?? '')) continue;
    const after = source.slice(at + 1, at + 4);
    const isKey = open.at(-1) === '{' && /[{,;]/.test(before) && /^\??:\s|^\s?[,}]/.test(after);
    const isRead = before === '.' && source[at - 1] === '.' && /^[\w)\]]\??$/.test(source[at - 2] ?? '');
    if (isKey || isRead) found.push(lineAt(text, at).trim());
  }
  return found;
}

describe('letters of stored attributes', () => {
  test('are told from other one-letter words', () => {
    const telling = ['const x = { b: 1 };', 'const { b } = seat;', 'seat.b', 'type X = { b?: string };', 'f({ a, b })'];
    expect(telling.map((line) => lettersIn(line).length)).toEqual([1, 1, 1, 1, 2]);
    const others = [
      'items.map((a, b) => a - b)',
      "id('b')",
      'const text = `${' + 'b}`;',
      'x ? a : b',
      'for (const b of all) go(b);',
      'p.map(f)',
    ];
    expect(others.flatMap(lettersIn)).toEqual([]);
  });

  const sources = ['shared', 'functions', 'import', 'bench', 'tests/support']
    .flatMap(filesBelow)
    .filter((path) => path.endsWith('.ts') && !isCodec(path));

  /** Not an item: the coordinates of a public key (RFC 7518). */
  const isOther = (line: string): boolean => line.includes('jwk.x') || /^[xy]: '[\w-]{43}',$/.test(line);

  test('stand in the codecs alone', () => {
    const wrong = sources.flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      const paths = [...text.matchAll(/seats\.[^\s'`]*\.[a-z]\b|#entry\.[a-z]\b|\['[a-z]'\]/g)].map(([match]) => match);
      return [...lettersIn(text).filter((line) => !isOther(line)), ...paths].map((line) => `${path}: ${line}`);
    });
    expect(wrong).toEqual([]);
  });
});
