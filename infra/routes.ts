import { type Endpoint, routeKeyOf } from '../shared/contracts/endpoint.ts';
import { openApiDocument } from '../shared/http/openapi.ts';
import type { Route } from '../shared/http/route.ts';
import type { PlannedFunction } from './plans.ts';

/** The route tables as they are deployed: the keys of each module, and the one document that describes them all. */
export type DeployedRoutes = {
  readonly keysByModule: ReadonlyMap<string, readonly string[]>;
  readonly openApi: unknown;
};

/** Reads the route table of every module that has an API. Two modules that claim one route are an error. */
export async function deployedRoutes(plans: readonly PlannedFunction[]): Promise<DeployedRoutes> {
  const keysByModule = new Map<string, readonly string[]>();
  const owners = new Map<string, string>();
  const tables: Record<string, readonly Endpoint[]> = {};
  for (const { module } of plans.filter(({ trigger }) => trigger.on === 'http')) {
    const { routes }: { routes: readonly Route[] } = await import(`../functions/${module}/handler.ts`);
    const endpoints = routes.map(({ endpoint }) => endpoint);
    const keys = endpoints.map(routeKeyOf);
    for (const key of keys) {
      const owner = owners.get(key);
      if (owner) throw new Error(`${key} is declared by ${owner} and by ${module}`);
      owners.set(key, module);
    }
    // What no route takes still gets the pipeline's answer: problem+json with 404 or 405.
    keysByModule.set(module, module === 'platform' ? [...keys, '$default'] : keys);
    tables[module] = endpoints;
  }
  return { keysByModule, openApi: openApiDocument(tables) };
}
