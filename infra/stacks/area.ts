import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { CityApi } from '../constructs/city-api.ts';
import { declareFunctions, type Surroundings } from '../constructs/triggers.ts';
import type { PlannedFunction } from '../plans.ts';

type AreaProps = StackProps & Surroundings & { readonly plans: readonly PlannedFunction[]; readonly api: CityApi };

/** The functions of one area, their routes on the API that all areas share. */
export class AreaStack extends Stack {
  constructor(scope: Construct, id: string, { plans, api, settings, data, routes, bundles, ...props }: AreaProps) {
    super(scope, id, props);
    declareFunctions(this, plans, api, { settings, data, routes, bundles });
  }
}
