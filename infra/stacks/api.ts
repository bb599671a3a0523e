import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CityApi } from '../constructs/city-api.ts';
import { declareFunctions, type Surroundings } from '../constructs/triggers.ts';
import type { PlannedFunction } from '../plans.ts';

type ApiProps = StackProps & Surroundings & { readonly plans: readonly PlannedFunction[] };

/** The one HTTP API, and behind it the functions of the platform: the API's document, and what no route takes. */
export class ApiStack extends Stack {
  readonly api: CityApi;

  constructor(scope: Construct, id: string, { plans, settings, data, routes, bundles, ...props }: ApiProps) {
    super(scope, id, props);
    this.api = new CityApi(this, 'Http', settings);
    declareFunctions(this, plans, this.api, { settings, data, routes, bundles });
    new CfnOutput(this, 'ApiUrl', { value: `https://${this.api.host}` });
  }
}
