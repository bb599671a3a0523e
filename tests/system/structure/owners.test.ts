import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keys } from '../../../shared/table/keys.ts';
import { filesBelow, root } from './imports.ts';

/**
 * Whose items an area of keys names. Others read of them what the owner exports for it (`…FactKey`, `…FactFrom`, `read…`), so that a key or
 * a schema can change in one folder. The import writes the items of every area, and is no module.
 */
const owners: Readonly<Record<keyof typeof keys, readonly string[]>> = {
  people: ['functions/people', 'shared/access'],
  identity: ['functions/identity'],
  messages: ['functions/messages'],
  calendars: ['functions/calendars'],
  waivers: ['functions/waivers'],
  centers: ['functions/centers'],
  operators: ['functions/operators'],
  rules: ['shared/booking', 'functions/allowances'],
  desk: ['functions/desk'],
  doors: ['functions/doors'],
  booking: ['shared/booking'],
  noShows: ['shared/booking'],
  rounds: ['functions/rounds'],
  closures: ['functions/closures'],
  series: ['functions/series'],
  due: ['shared/booking', 'functions/rounds', 'functions/closures', 'functions/series'],
};

/** Mentions that are still there, by folder and area. A number only ever goes down; at none its line goes. */
const left: Readonly<Record<string, number>> = {
  // Publishing a session checks in the same transaction that its center is not shut that day: the engine imports no module.
  'shared/booking → centers': 1,
};

const sources = ['functions', 'shared']
  .flatMap(filesBelow)
  .filter((path) => path.endsWith('.ts') && !path.startsWith('shared/table/'))
  .map((path) => ({
    folder: path.split('/').slice(0, 2).join('/'),
    path,
    text: readFileSync(join(root, path), 'utf8'),
  }));

function foreignMentions(): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { folder, text } of sources) {
    for (const [, area = ''] of text.matchAll(/\bkeys\.(\w+)\./g)) {
      const own: readonly string[] | undefined = Object.entries(owners).find(([name]) => name === area)?.[1];
      if (own?.includes(folder)) continue;
      const name = `${folder} → ${area}`;
      found[name] = (found[name] ?? 0) + 1;
    }
  }
  return found;
}

test('every area of keys has an owner', () => {
  expect(Object.keys(owners).sort()).toEqual(Object.keys(keys).sort());
});

test('a module names the keys of its own items alone, but for what is left to be moved', () => {
  expect(foreignMentions()).toEqual(left);
});

test('keys are named by their area, so that a mention can be found', () => {
  const hidden = sources.filter(({ text }) => /\bkeys\s*(?:\[|as\b)|=\s*keys(?:\.\w+)?\s*;/.test(text));
  expect(hidden.map(({ path }) => path)).toEqual([]);
});

test('a module reads the items of another by its functions, never by its schema', () => {
  const taken = sources.flatMap(({ folder, text }) => {
    const imports = text.matchAll(/^import \{([^}]*)\} from '(?:\.\.\/)+[a-z-]+\/index\.ts';/gm);
    const names = [...imports].flatMap(([, list = '']) => list.split(',').map((name) => name.trim()));
    return names.filter((name) => /^[a-z]\w*Item$/.test(name)).map((name) => `${folder}: ${name}`);
  });
  expect(taken).toEqual([]);
});
