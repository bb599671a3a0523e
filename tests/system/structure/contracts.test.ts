import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { api } from '../../../shared/contracts/api.ts';
import { type Endpoint, routeKeyOf } from '../../../shared/contracts/endpoint.ts';
import type { Route } from '../../../shared/http/route.ts';

const root = join(import.meta.dirname, '../../..');

/** The endpoints of each module by their names. */
const contracts = new Map<string, Map<string, Endpoint>>();
for (const [area, endpoints] of Object.entries<Record<string, Endpoint>>(api)) {
  const module = area === 'households' ? 'people' : area;
  contracts.set(module, new Map([...(contracts.get(module) ?? []), ...Object.entries(endpoints)]));
}

/** The pairs of each module that has an API. */
const pairs = new Map<string, readonly Route[]>();
for (const file of globSync('functions/*/handler.ts', { cwd: root })) {
  const { routes }: { routes?: readonly Route[] } = await import(join(root, file));
  // The stream's function answers nobody.
  if (routes) pairs.set(file.split('/')[1] ?? '', routes);
}

const all: readonly (readonly [string, Endpoint])[] = [...contracts.values()].flatMap((endpoints) => [...endpoints]);

test('every file of endpoints is an area of the API', () => {
  const files = globSync('shared/contracts/endpoints/*.ts', { cwd: root }).map((file) => basename(file, '.ts'));
  expect(Object.keys(api).sort()).toEqual(files.sort());
});

test('each endpoint is paired exactly once, by the handler of its own module', () => {
  expect([...pairs.keys()].sort()).toEqual([...contracts.keys()].sort());
  for (const [module, routes] of pairs) {
    const names = [...(contracts.get(module)?.keys() ?? [])];
    expect(routes.map(({ name }) => name).sort(), module).toEqual(names.sort());
    for (const { name, endpoint } of routes) expect(endpoint, name).toBe(contracts.get(module)?.get(name));
  }
});

test('no two endpoints share a name, or a method and path', () => {
  const names = all.map(([name]) => name);
  const keys = all.map(([, endpoint]) => routeKeyOf(endpoint));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  expect(all.length).toBeGreaterThan(100);
});

describe('an endpoint', () => {
  test.each(all)('%s describes what its braces hold', (_, endpoint) => {
    const braces = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const schema of [endpoint.pathParams, endpoint.query]) {
      if (schema) expect(schema).toBeInstanceOf(z.ZodObject);
    }
    const known = endpoint.pathParams instanceof z.ZodObject ? Object.keys(endpoint.pathParams.shape) : [];
    expect(known.sort()).toEqual(braces.sort());
    const bodies = endpoint.body ? ['POST', 'PUT', 'PATCH'] : ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
    expect(bodies).toContain(endpoint.method);
  });

  test.each(all)('%s says in both languages what it does, in one sentence or two', (_, { summary, summaryZh }) => {
    expect(summary).toMatch(/^\p{Lu}.*[.]$/u);
    expect(summaryZh).toMatch(/\p{Script=Han}/u);
    expect(summaryZh).toMatch(/。$/);
  });
});
