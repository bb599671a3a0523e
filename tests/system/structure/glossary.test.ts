import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, root } from './imports.ts';

const glossary = readFileSync(join(root, 'docs/glossary.md'), 'utf8');
const folders = ['bench', 'functions', 'import', 'infra', 'local', 'shared', 'web'];

type Retired = {
  /** As the glossary's last table says it. */
  readonly word: string;
  /** What of an exported name is that word; names are read as their words, `giveBackPlace` as `give back place`. */
  readonly inName: RegExp;
  /** Where the word is retired; everywhere unless told. */
  readonly within?: RegExp;
  /** Where it keeps its meaning. */
  readonly except?: RegExp;
  /** Names still to be changed. The list only shrinks. */
  readonly left: readonly string[];
};

const retired: readonly Retired[] = [
  {
    word: 'standing',
    inName: /\bstanding\b/,
    left: [],
  },
  { word: 'give back', inName: /\bgiven? back\b/, left: [] },
  { word: 'gone', inName: /\bgone\b/, left: [] },
  {
    word: 'line',
    inName: /\blines?\b/,
    // A line of text, and of HTTP.
    except: /^(import\/sheets\/problems|import\/write\/progress|local\/http\/gateway)\.ts$/,
    left: [],
  },
  { word: 'suiting', inName: /\bsuit(s|ing)?\b/, left: [] },
  { word: 'fate', inName: /\bfates?\b/, left: [] },
  {
    word: 'heal, in series and closures',
    inName: /\bheal(s|ed|ing|ings)?\b/,
    within: /\b(series|closures)\b/,
    left: [],
  },
  { word: 'door, of a route', inName: /\bdoor\b/, within: /^shared\/(http\/|contracts\/endpoint\.ts)/, left: [] },
  {
    word: 'wish, outside rounds',
    inName: /\bwish(es|ed)?\b/,
    except: /\brounds\b/,
    left: [],
  },
  { word: 'place, of an order', inName: /\border place\b/, left: [] },
];

const wordsOf = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();

const exported = folders
  .flatMap(filesBelow)
  .filter((path) => /\.tsx?$/.test(path))
  .flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const names = text.matchAll(/^export (?:async )?(?:const|function\*?|type|class|interface) (\w+)/gm);
    return [...names].map(([, name = '']) => ({ path, name }));
  });

test.each(retired)('“$word” names nothing new', ({ inName, within, except, left }) => {
  const found = exported.filter(
    ({ path, name }) => (within?.test(path) ?? true) && !except?.test(path) && inName.test(wordsOf(name)),
  );
  expect([...new Set(found.map(({ name }) => name))].sort()).toEqual(left);
});

test('the glossary says each word once, with its Chinese', () => {
  const [current = '', gone = ''] = glossary.split('## Names that have gone');
  const rows = [...current.matchAll(/^\| (?!word|---)([^|]+) \| ([^|]+) \|/gm)];
  const words = rows.flatMap(([, word = '']) => word.split(', '));
  expect(words.length).toBeGreaterThan(50);
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  expect(rows.filter(([, , chinese = '']) => !/\p{Script=Han}/u.test(chinese)).map(([row]) => row)).toEqual([]);
  const retiredWords = [...gone.matchAll(/^\| (?!name|---)([^|]+) \|/gm)].map(([, word]) => word);
  expect(retiredWords).toEqual(retired.map(({ word }) => word));
});
