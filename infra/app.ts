import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { type Area, areas } from '../shared/plan/plan.ts';
import { addToBundle, bundleFunctions, repositoryRoot } from './constructs/bundles.ts';
import { functionPlans } from './plans.ts';
import { deployedRoutes } from './routes.ts';
import { settingsFrom } from './settings.ts';
import { ApiStack } from './stacks/api.ts';
import { AreaStack } from './stacks/area.ts';
import { DataStack } from './stacks/data.ts';
import { WebStack } from './stacks/web.ts';

export type SynthesisOptions = {
  /** Where the assembly is written; `cdk.out` unless told. */
  readonly outdir?: string;
  /** Folder of the web build to upload. */
  readonly webBuild?: string;
  /** Values that would come from `cdk -c name=value`. */
  readonly context?: Readonly<Record<string, string>>;
  /** Leaves out the checks and the upload of the pages: what the local runtime asks for at each start. */
  readonly quick?: boolean;
};

/** Writes the cloud assembly: the stacks of one stage. Needs no network and no account. */
export async function synthesize({
  outdir,
  webBuild,
  context = {},
  quick = false,
}: SynthesisOptions = {}): Promise<CloudAssembly> {
  const app = new App({
    outdir: outdir ?? process.env['CDK_OUTDIR'] ?? join(repositoryRoot, 'cdk.out'),
    // What CloudFormation would refuse in the chosen region is an error here, not a warning.
    context: { '@aws-cdk/core:validateAgainstDefaultRules': true, ...context },
    analyticsReporting: false,
  });
  const settings = settingsFrom((name) => app.node.tryGetContext(name));
  const props = { settings, env: { region: settings.region } };
  const name = (part: string) => `linli-${settings.stage}-${part}`;
  const data = new DataStack(app, name('data'), props);
  const routes = await deployedRoutes(functionPlans);
  const bundles = join(app.outdir, 'bundles');
  await bundleFunctions(functionPlans, bundles, settings);
  addToBundle(join(bundles, 'platform'), { name: 'openapi.json', text: JSON.stringify(routes.openApi) });
  const plansOf = (area: Area) => functionPlans.filter((plan) => plan.area === area);
  const surroundings = { ...props, data, routes, bundles };
  const { api } = new ApiStack(app, name('api'), { ...surroundings, plans: plansOf('api') });
  for (const area of areas) {
    if (area !== 'api') new AreaStack(app, name(area), { ...surroundings, api, plans: plansOf(area) });
  }
  new WebStack(app, name('web'), {
    ...props,
    data,
    apiHost: api.host,
    build: quick ? undefined : (webBuild ?? join(repositoryRoot, 'web', 'dist')),
  });
  if (quick) return app.synth({ skipValidation: true });
  await addChecks(app);
  return app.synth();
}

/** Synthesis of the app fails on any finding of cdk-nag (AWS Solutions) that is not acknowledged with a reason. */
export async function addChecks(app: App): Promise<void> {
  const { AwsSolutionsChecks } = await import('cdk-nag');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}

if (import.meta.main) await synthesize({ quick: process.argv.includes('--quick') });
