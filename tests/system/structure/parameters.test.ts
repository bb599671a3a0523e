import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, root } from './imports.ts';

type Parameters = { readonly before: string; readonly list: readonly string[] };

/** `text` cut at the commas that stand in no bracket. */
function cutAtCommas(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const [at, character] of [...text].entries()) {
    if ('([{<'.includes(character)) depth += 1;
    if (')]}'.includes(character) || (character === '>' && text[at - 1] !== '=')) depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** The parameter lists of a source: of functions, methods, arrow functions and function types. */
function parametersIn(source: string): Parameters[] {
  const text = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const found: Parameters[] = [];
  for (const { index } of text.matchAll(/\(/g)) {
    let depth = 0;
    let end = index;
    for (; end < text.length; end += 1) {
      if (text[end] === '(') depth += 1;
      if (text[end] === ')') depth -= 1;
      if (depth === 0) break;
    }
    const inside = text.slice(index + 1, end);
    if (!/^\s*(=>|:\s*[^;,)]+(=>|\{))/.test(text.slice(end + 1, end + 200)) || !inside.includes(':')) continue;
    found.push({
      before:
        text
          .slice(Math.max(0, index - 40), index)
          .split('\n')
          .at(-1) ?? '',
      list: cutAtCommas(inside),
    });
  }
  return found;
}

/** The type of a parameter, without its default. */
const typeOf = (parameter: string): string => /^[^:]*(?:\{[^}]*\}[^:]*)?:\s*([^=]*)/.exec(parameter)?.[1]?.trim() ?? '';

const isContext = (parameter: string): boolean =>
  /^(Authorized|AuthorizedActor|AuthorizedHolder|RequestContext|CommandContext)$/.test(typeOf(parameter));
const isText = (parameter: string): boolean => /^string( \| undefined)?$/.test(typeOf(parameter));

const contextIsLate = ({ list }: Parameters): boolean => list.findIndex(isContext) > 0;
const hasThreeTexts = ({ list }: Parameters): boolean =>
  list.some((_, at) => at + 2 < list.length && list.slice(at, at + 3).every(isText));

const sources = ['functions', 'import', 'infra', 'local', 'shared', 'web/src']
  .flatMap(filesBelow)
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => [path, parametersIn(readFileSync(join(root, path), 'utf8'))] as const);

const where = (rule: (parameters: Parameters) => boolean): string[] =>
  sources.flatMap(([path, all]) =>
    all.filter(rule).map(({ before, list }) => `${path}: ${before}(${list.join(', ')})`),
  );

describe('parameters', () => {
  test('are told from other brackets', () => {
    const told = parametersIn(`
      export async function one(id: string, by: Authorized): Promise<void> {}
      const two = (a: string, b: string, c: string | undefined, d = 1): string => a;
      type Three = { readonly go: (context: RequestContext, { a }: { a: string }) => void };
      call(one, (two as string), { three: 3 });
    `);
    expect(told.map(({ list }) => list.length)).toEqual([2, 4, 2]);
    expect(told.map(contextIsLate)).toEqual([true, false, false]);
    expect(told.map(hasThreeTexts)).toEqual([false, true, false]);
  });

  test('begin with the context, or with who is authorized', () => {
    expect(where(contextIsLate)).toEqual([]);
  });

  test('are no three texts in a row: ids have types of their own, and what belongs together is one object', () => {
    expect(where(hasThreeTexts)).toEqual([]);
  });
});
