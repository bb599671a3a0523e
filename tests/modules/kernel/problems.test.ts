import { expect, test } from 'vitest';
import { problemCatalog } from '../../../shared/kernel/problem-catalog.ts';
import { mergeProblems } from '../../../shared/kernel/problems/merge.ts';

const problem = { status: 409, zh: '不行。', en: 'No.' };

test('problems of several areas are one catalog, in the order of the areas', () => {
  expect(Object.keys(mergeProblems({ b: problem }, { a: problem }))).toEqual(['b', 'a']);
});

test('a code that two areas declare is an error', () => {
  expect(() => mergeProblems({ closed: problem }, { closed: problem })).toThrow('two areas declare the problem closed');
});

test('every problem has a status of its kind and both texts', () => {
  const entries = Object.entries(problemCatalog);
  expect(entries.length).toBeGreaterThan(100);
  expect(entries.filter(([, { status, zh, en }]) => status < 400 || status > 599 || !zh || !en)).toEqual([]);
});
