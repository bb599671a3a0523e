import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, type Import, ownImports, root } from './imports.ts';
import { wordOf } from './vocabulary.ts';

const imports = ownImports(['shared', 'functions', 'infra', 'import', 'local', 'web']);

/** A place in the order of DESIGN: what stands later may import what stands earlier, never the other way. */
const roomOf = (path: string): string => {
  const [top = '', second = ''] = path.split('/');
  if (path === 'web/vite.config.ts' || path.startsWith('web/vite/')) return 'build of the pages';
  return top === 'shared' ? `shared/${second}` : top;
};

const mayImport: Record<string, readonly string[]> = {
  'shared/kernel': [],
  'shared/contracts': ['shared/kernel'],
  'shared/keyring': ['shared/kernel'],
  // Bundling alone puts it in the place of the SDK's clients.
  'shared/aws': ['shared/kernel'],
  'shared/table': ['shared/kernel', 'shared/contracts', 'shared/keyring'],
  'shared/messages': ['shared/kernel', 'shared/contracts'],
  'shared/http': ['shared/kernel', 'shared/contracts', 'shared/keyring', 'shared/table'],
  'shared/access': ['shared/kernel', 'shared/contracts', 'shared/table', 'shared/http'],
  'shared/booking': ['shared/kernel', 'shared/contracts', 'shared/table', 'shared/access'],
  'shared/plan': ['shared/table', 'shared/access', 'shared/messages'],
  functions: [
    'shared/plan',
    'shared/kernel',
    'shared/contracts',
    'shared/keyring',
    'shared/table',
    'shared/messages',
    'shared/http',
    'shared/access',
    'shared/booking',
  ],
  infra: ['functions', 'shared/plan', 'shared/kernel', 'shared/contracts', 'shared/table', 'shared/http', 'scripts'],
  import: [
    'functions',
    'shared/kernel',
    'shared/contracts',
    'shared/keyring',
    'shared/table',
    'shared/access',
    'shared/booking',
    'shared/http',
  ],
  local: [
    'functions',
    'infra',
    'import',
    'shared/kernel',
    'shared/contracts',
    'shared/keyring',
    'shared/table',
    'shared/messages',
    'shared/access',
    'shared/booking',
    'shared/http',
  ],
  // It draws the first page and writes the theme's styles: both from what the pages themselves say.
  'build of the pages': ['scripts', 'web'],
  web: ['shared/kernel', 'shared/contracts', 'shared/access'],
};

const shown = ({ from, to }: Import) => `${from} → ${to}`;

describe('imports run one way', () => {
  test.each(Object.keys(mayImport))('out of %s', (room) => {
    const outward = imports.filter(({ from, to }) => roomOf(from) === room && roomOf(to) !== room);
    expect(outward.filter(({ to }) => !mayImport[room]?.includes(roomOf(to))).map(shown)).toEqual([]);
  });

  test('every folder has its place in the law', () => {
    const rooms = new Set(imports.map(({ from }) => roomOf(from)));
    expect([...rooms].filter((room) => !(room in mayImport))).toEqual([]);
  });

  test('the web takes only what a browser can run', () => {
    const serverOnly = ['shared/kernel/ids.ts', 'shared/access/authorize.ts'];
    expect(imports.filter(({ from, to }) => from.startsWith('web/') && serverOnly.includes(to)).map(shown)).toEqual([]);
  });

  test('the web takes types of the contracts and nothing that runs: their parser stays out of the pages', () => {
    const run = imports.filter(
      ({ from, to, typeOnly }) => from.startsWith('web/') && to.startsWith('shared/contracts/') && !typeOnly,
    );
    expect(run.map(shown)).toEqual([]);
  });

  // A plan is read by infra alone, and the stream function calls whoever follows: see tests/system/infra/plans.test.ts.
  test('a module meets another only through its index.ts', () => {
    const isLawful = ({ from, to }: Import) =>
      to.endsWith('/index.ts') ||
      (from.endsWith('/plan.ts') && to.endsWith('/plan.ts')) ||
      (from === 'functions/stream/follow.ts' && to.endsWith('/follow.ts'));
    const moduleOf = (path: string) => path.split('/')[1];
    const across = imports.filter(
      ({ from, to }) => from.startsWith('functions/') && to.startsWith('functions/') && moduleOf(from) !== moduleOf(to),
    );
    expect(across.filter((one) => !isLawful(one)).map(shown)).toEqual([]);
  });

  test('only the store of a module speaks to the table', () => {
    const speaking = ['shared/table/write.ts', 'shared/table/client.ts', 'shared/table/bulk.ts'];
    const others = imports.filter(
      ({ from, to, typeOnly }) =>
        from.startsWith('functions/') && !typeOnly && speaking.includes(to) && wordOf(from) !== 'store',
    );
    expect(others.map(shown)).toEqual([]);
  });

  test('rules take what they need and reach for nothing: no I/O, no clock', () => {
    const reaching = ['shared/table/', 'shared/keyring/', 'shared/http/', 'shared/kernel/clock.ts', 'shared/messages/'];
    const rules = imports.filter(({ from, typeOnly }) => wordOf(from) === 'rules' && !typeOnly);
    expect(rules.filter(({ to }) => reaching.some((part) => to.startsWith(part))).map(shown)).toEqual([]);
  });

  test('rules ask no command, query or store', () => {
    const rules = imports.filter(({ from, typeOnly }) => wordOf(from) === 'rules' && !typeOnly);
    const asked = ['commands', 'queries', 'store', 'handler'];
    expect(rules.filter(({ to }) => asked.includes(wordOf(to) ?? '')).map(shown)).toEqual([]);
  });

  test('a request is made of a request alone: system work has an actor of its own', () => {
    const forging = ['shared', 'functions', 'import']
      .flatMap(filesBelow)
      .filter((path) => /\.ts$/.test(path) && !path.startsWith('shared/http/'))
      .filter((path) => /\bsourceIp\??:/.test(readFileSync(join(root, path), 'utf8')));
    expect(forging).toEqual([]);
  });

  test('nothing imports in a circle, types counted', () => {
    // The web has laws of its own.
    const ours = imports.filter(({ from }) => !from.startsWith('web/'));
    expect(circlesIn(ours)).toEqual([]);
  });

  test('the web imports no value in a circle', () => {
    // A type leaves no import behind when it runs.
    expect(circlesIn(imports.filter(({ from, typeOnly }) => from.startsWith('web/') && !typeOnly))).toEqual([]);
  });

  test('modules do not import each other in a circle, types counted', () => {
    const moduleOf = (path: string) => path.split('/')[1] ?? '';
    const across = imports
      .filter(({ from, to }) => from.startsWith('functions/') && to.startsWith('functions/'))
      .map(({ from, to, typeOnly }) => ({ from: moduleOf(from), to: moduleOf(to), typeOnly }))
      .filter(({ from, to }) => from !== to);
    expect(circlesIn(across)).toEqual([]);
  });
});

/** Circles among these imports, each as the way around it; none, when there are none. */
function circlesIn(among: readonly Import[]): string[] {
  const next = Map.groupBy(among, ({ from }) => from);
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (trail.includes(path) || done.has(path)) return;
    for (const { to } of next.get(path) ?? []) visit(to, [...trail, path]);
    done.add(path);
  };
  for (const path of next.keys()) visit(path, []);
  return circles;
}
