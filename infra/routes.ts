import { api } from '../shared/contracts/api.ts';
import { routeKeysOf } from '../shared/contracts/endpoint.ts';
import { openApiDocument } from '../shared/http/openapi.ts';
import type { Route } from '../shared/http/route.ts';
import { readNamedSchemas } from './named-schemas.ts';
import type { PlannedFunction } from './plans.ts';

/** The routes as they are deployed: the keys of each module, and the one document that describes them all. */
export type DeployedRoutes = {
  readonly keysByModule: ReadonlyMap<string, readonly string[]>;
  readonly openApi: unknown;
};

/** Reads the pairs of every module that has an API. Two modules that claim one route are an error. */
export async function deployedRoutes(plans: readonly PlannedFunction[]): Promise<DeployedRoutes> {
  const keysByModule = new Map<string, readonly string[]>();
  const owners = new Map<string, string>();
  for (const { module } of plans.filter(({ trigger }) => trigger.on === 'http')) {
    const { routes }: { routes: readonly Route[] } = await import(`../functions/${module}/handler.ts`);
    const keys = routes.flatMap(({ endpoint }) => routeKeysOf(endpoint));
    for (const key of keys) {
      const owner = owners.get(key);
      if (owner) throw new Error(`${key} is declared by ${owner} and by ${module}`);
      owners.set(key, module);
    }
    // What no route takes still gets the pipeline's answer: problem+json with 404 or 405.
    keysByModule.set(module, module === 'platform' ? [...keys, '$default'] : keys);
  }
  return { keysByModule, openApi: openApiDocument(api, await readNamedSchemas()) };
}
