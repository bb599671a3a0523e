import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, type Import, ownImports, root } from './imports.ts';

const imports = ownImports(['shared', 'functions', 'infra', 'import', 'local', 'web']);

/** A place in the order of DESIGN: what stands later may import what stands earlier, never the other way. */
const roomOf = (path: string): string => {
  const [top = '', second = ''] = path.split('/');
  return top === 'shared' ? `shared/${second}` : top;
};

const mayImport: Record<string, readonly string[]> = {
  'shared/kernel': [],
  'shared/contracts': ['shared/kernel'],
  'shared/keyring': ['shared/kernel'],
  'shared/table': ['shared/kernel', 'shared/keyring'],
  'shared/messages': ['shared/kernel', 'shared/contracts'],
  'shared/http': ['shared/kernel', 'shared/contracts', 'shared/keyring', 'shared/table'],
  'shared/access': ['shared/kernel', 'shared/contracts', 'shared/table', 'shared/http'],
  'shared/booking': ['shared/kernel', 'shared/contracts', 'shared/table', 'shared/access'],
  'shared/plan': ['shared/table', 'shared/access'],
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
  infra: ['functions', 'shared/plan', 'shared/kernel', 'shared/table', 'shared/http'],
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

  // A plan is read by infra alone, and the stream function calls whoever follows: see tests/system/infra/plans.test.ts.
  test('a module meets another only through its index.ts', () => {
    const isLawful = ({ from, to }: Import) =>
      to.endsWith('/index.ts') ||
      (from.endsWith('/plan.ts') && to.endsWith('/plan.ts')) ||
      (from === 'functions/stream/followers.ts' && to.endsWith('/follow.ts'));
    const moduleOf = (path: string) => path.split('/')[1];
    const across = imports.filter(
      ({ from, to }) => from.startsWith('functions/') && to.startsWith('functions/') && moduleOf(from) !== moduleOf(to),
    );
    expect(across.filter((one) => !isLawful(one)).map(shown)).toEqual([]);
  });

  test('only store.ts files of modules speak to the table', () => {
    const speaking = ['shared/table/write.ts', 'shared/table/client.ts', 'shared/table/bulk.ts'];
    const others = imports.filter(
      ({ from, to, typeOnly }) =>
        from.startsWith('functions/') && !typeOnly && speaking.includes(to) && !/\/store(\.ts|\/)/.test(from),
    );
    expect(others.map(shown)).toEqual([]);
  });

  test('rules take what they need and reach for nothing: no I/O, no clock', () => {
    const reaching = ['shared/table/', 'shared/keyring/', 'shared/http/', 'shared/kernel/clock.ts', 'shared/messages/'];
    const rules = imports.filter(({ from, typeOnly }) => /^functions\/[^/]+\/rules/.test(from) && !typeOnly);
    expect(rules.filter(({ to }) => reaching.some((part) => to.startsWith(part))).map(shown)).toEqual([]);
  });

  test('a request is made of a request alone: system work has an actor of its own', () => {
    const forging = ['shared', 'functions', 'import']
      .flatMap(filesBelow)
      .filter((path) => /\.ts$/.test(path) && !path.startsWith('shared/http/'))
      .filter((path) => /\bsourceIp\??:/.test(readFileSync(join(root, path), 'utf8')));
    expect(forging).toEqual([]);
  });

  test('nothing imports in a circle', () => {
    const next = new Map<string, string[]>();
    // A type leaves no import behind when it runs, so only values can make a circle that bites.
    for (const { from, to, typeOnly } of imports) if (!typeOnly) next.set(from, [...(next.get(from) ?? []), to]);
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      if (trail.includes(path) || done.has(path)) return;
      for (const to of next.get(path) ?? []) visit(to, [...trail, path]);
      done.add(path);
    };
    for (const path of next.keys()) visit(path, []);
    expect(circles).toEqual([]);
  });

  test('modules do not import each other in a circle', () => {
    const edges = new Map<string, Set<string>>();
    for (const { from, to, typeOnly } of imports) {
      const [a, b] = [from, to].map((path) => (path.startsWith('functions/') ? path.split('/')[1] : undefined));
      if (a && b && a !== b && !typeOnly) edges.set(a, (edges.get(a) ?? new Set()).add(b));
    }
    const reaches = (from: string, goal: string, seen = new Set<string>()): boolean =>
      [...(edges.get(from) ?? [])].some((to) => to === goal || (!seen.has(to) && reaches(to, goal, seen.add(to))));
    expect([...edges.keys()].filter((module) => reaches(module, module))).toEqual([]);
  });
});
