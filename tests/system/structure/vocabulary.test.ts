import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, root } from './imports.ts';
import { exceptions, wordOf } from './vocabulary.ts';

const files = filesBelow('functions');

test('a word is found in a module, in an idea of it, and in a folder of its name, nowhere else', () => {
  expect(wordOf('functions/desk/rules.ts')).toBe('rules');
  expect(wordOf('functions/desk/rules/board.ts')).toBe('rules');
  expect(wordOf('functions/people/grants/store.ts')).toBe('store');
  expect(wordOf('functions/people/grants/store/ended.ts')).toBe('store');
  expect(wordOf('functions/people/grants/handler.ts')).toBeUndefined();
  expect(wordOf('functions/people/grants.ts')).toBeUndefined();
  expect(wordOf('functions/people/grants/giving.ts')).toBeUndefined();
  expect(wordOf('functions/people/grants/rules/store/one.ts')).toBeUndefined();
});

test('a module is made of files of the vocabulary', () => {
  const isReadme = (path: string) => /^functions\/([^/]+\/)?README\.md$/.test(path);
  expect(files.filter((path) => !isReadme(path) && !wordOf(path) && !exceptions.includes(path))).toEqual([]);
});

test('every exception is still there, and still one', () => {
  expect(exceptions.filter((path) => !files.includes(path) || wordOf(path))).toEqual([]);
});

test('a file that became a folder is no file any more', () => {
  expect(files.filter((path) => existsSync(join(root, path.replace(/\.ts$/, ''))) && path.endsWith('.ts'))).toEqual([]);
});

test('every module says its rules in a README', () => {
  const modules = [...new Set(files.flatMap((path) => /^functions\/[^/]+(?=\/)/.exec(path) ?? []))];
  expect(modules.filter((module) => !files.includes(`${module}/README.md`))).toEqual([]);
});
