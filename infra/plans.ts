import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Area, areas, type FunctionPlan, type ModulePlan, type Rights } from '../shared/plan/plan.ts';
import { repositoryRoot } from './constructs/bundles.ts';

/** A function as its module plans it, with where it comes from and where it is deployed. */
export type PlannedFunction = FunctionPlan & { readonly module: string; readonly area: Area };

/** Every module is a folder of `functions/`. */
export const moduleNames: readonly string[] = readdirSync(join(repositoryRoot, 'functions'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** The plans of these modules, by module. A folder without a plan is an error. */
export async function readPlans(modules: readonly string[] = moduleNames): Promise<Map<string, ModulePlan>> {
  const plans = new Map<string, ModulePlan>();
  for (const module of modules) {
    const { plan }: { plan?: ModulePlan } = await import(`../functions/${module}/plan.ts`);
    if (!plan) throw new Error(`functions/${module}/plan.ts exports no plan`);
    plans.set(module, plan);
  }
  return plans;
}

/** What may be read and written by one of these may be by all of them together. */
export function joinRights(rights: readonly Rights[]): Rights {
  const writes = new Set(rights.flatMap((one) => one.writes));
  const reads = new Set(rights.flatMap((one) => one.reads));
  return {
    reads: [...reads].filter((namespace) => !writes.has(namespace)),
    writes: [...writes],
    keys: [...new Set(rights.flatMap(({ keys = [] }) => keys))],
    ...(rights.some(({ sendsMessages }) => sendsMessages) && { sendsMessages: true }),
    ...(rights.some(({ readsSmsSecret }) => readsSmsSecret) && { readsSmsSecret: true }),
  };
}

/**
 * Every function of the city with exactly the rights it needs, area after area; the stream's function has those of all who follow.
 */
export function plannedFunctions(plans: ReadonlyMap<string, ModulePlan>): PlannedFunction[] {
  const follows = [...plans.values()].flatMap((plan) => plan.follows ?? []);
  const byArea = [...plans].sort(([, a], [, b]) => areas.indexOf(a.area) - areas.indexOf(b.area));
  return byArea.flatMap(([module, { area, functions }]) =>
    functions.map((planned) => ({
      ...planned,
      ...(planned.trigger.on === 'stream' && joinRights([planned, ...follows])),
      module,
      area,
    })),
  );
}

export const functionPlans: readonly PlannedFunction[] = plannedFunctions(await readPlans());
