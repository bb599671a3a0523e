import { format } from 'node:util';
import { afterAll, afterEach, expect } from 'vitest';

/**
 * Runs before each test file: what anything writes by `console.error` or `console.warn` fails the test in which it does. A test that
 * expects it says so by {@link expectSaid}. A rejection that nobody handles fails the run: Vitest sees to that.
 */
const said: string[] = [];
const expected: RegExp[] = [];

for (const level of ['error', 'warn'] as const) {
  const write = console[level].bind(console);
  console[level] = (...words: unknown[]) => {
    const text = format(...words);
    said.push(text);
    if (!expected.some((pattern) => pattern.test(text))) write(text);
  };
}

/** Says that this test makes something write a line to the console that fits `pattern`; that no such line comes fails it too. */
export function expectSaid(pattern: RegExp): void {
  expected.push(pattern);
}

function nothingElseSaid(): void {
  const [lines, patterns] = [said.splice(0), expected.splice(0)];
  expect(lines.filter((line) => !patterns.some((pattern) => pattern.test(line)))).toEqual([]);
  expect(patterns.filter((pattern) => !lines.some((line) => pattern.test(line)))).toEqual([]);
}

afterEach(nothingElseSaid);
afterAll(nothingElseSaid);
