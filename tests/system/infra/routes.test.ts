import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { functionPlans } from '../../../infra/plans.ts';
import { deployedRoutes } from '../../../infra/routes.ts';
import { readAssembly } from '../../../local/cloudformation/assembly.ts';
import { type Synthesized, synthesized } from './synthesized.ts';

let cloud: Synthesized;
beforeAll(async () => {
  cloud = await synthesized('aws');
}, 120_000);

type Document = { paths: Record<string, Record<string, unknown>> };

it('deploys every route of the OpenAPI document, HEAD with GET, and describes every deployed route', () => {
  const folders = readAssembly(cloud.assembly.directory).flatMap(({ assets }) => [...assets.values()]);
  const file = folders.map((folder) => join(folder, 'openapi.json')).find((path) => existsSync(path));
  const document = JSON.parse(readFileSync(file ?? '', 'utf8')) as Document;
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).flatMap((method) =>
      method === 'get' ? [`GET ${path}`, `HEAD ${path}`] : [`${method.toUpperCase()} ${path}`],
    ),
  );
  const deployed = cloud
    .ofType('AWS::ApiGatewayV2::Route')
    .map(([, { Properties }]) => String(Properties['RouteKey']))
    .filter((key) => key !== '$default');
  expect(described.sort()).toEqual(deployed.sort());
  expect(deployed.length).toBeGreaterThan(20);
  // What one HTTP API may have, unless AWS is asked for more.
  expect(deployed.length).toBeLessThan(300);
});

it('answers HEAD by the function that answers GET', () => {
  const targets = new Map(
    cloud
      .ofType('AWS::ApiGatewayV2::Route')
      .map(([, { Properties }]) => [String(Properties['RouteKey']), JSON.stringify(Properties['Target'])]),
  );
  for (const [key, target] of targets) {
    if (key.startsWith('GET ')) expect(targets.get(key.replace('GET', 'HEAD')), key).toBe(target);
  }
});

it('sends what no route takes to the platform, which answers it as a problem', () => {
  const route = cloud
    .ofType('AWS::ApiGatewayV2::Route')
    .find(([, { Properties }]) => Properties['RouteKey'] === '$default');
  expect(JSON.stringify(route?.[1].Properties['Target'])).toMatch(/platform/i);
});

it('refuses two modules that claim one route', async () => {
  const platform = functionPlans.filter(({ module }) => module === 'platform');
  await expect(deployedRoutes([...platform, ...platform])).rejects.toThrow('is declared by platform and by platform');
});
