import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { addToBundle, bundleFunctions, functionName } from '../constructs/bundles.ts';
import { CityApi } from '../constructs/city-api.ts';
import { ModuleFunction } from '../constructs/module-function.ts';
import { acknowledge } from '../constructs/nag.ts';
import type { DeployedRoutes } from '../routes.ts';
import type { Settings } from '../settings.ts';
import type { CityData } from './data.ts';
import type { FunctionPlan } from './modules.ts';

type ApiProps = StackProps & {
  readonly settings: Settings;
  readonly data: CityData;
  readonly plans: readonly FunctionPlan[];
  readonly routes: DeployedRoutes;
  readonly bundles: string;
};

/** The functions and what wakes them: HTTP routes, the table's stream, the messages queue, schedules. */
export class ApiStack extends Stack {
  readonly apiHost: string;

  constructor(scope: Construct, id: string, { settings, data, plans, routes, bundles, ...props }: ApiProps) {
    super(scope, id, props);
    bundleFunctions(plans, bundles);
    const api = new CityApi(this, 'Http', settings);
    this.apiHost = api.host;
    for (const plan of plans) {
      if (plan.module === 'platform' && plan.entry === 'handler') {
        addToBundle(bundles, plan, 'openapi.json', JSON.stringify(routes.openApi));
      }
      const module = new ModuleFunction(this, functionName(plan), { plan, data, settings, bundles });
      connect(module, plan, { api, data, routes });
    }
    new CfnOutput(this, 'ApiUrl', { value: `https://${api.host}` });
  }
}

type Around = { api: CityApi; data: CityData; routes: DeployedRoutes };

function connect(module: ModuleFunction, plan: FunctionPlan, { api, data, routes }: Around): void {
  const { trigger } = plan;
  if (trigger.on === 'http') {
    for (const routeKey of routes.keysByModule.get(plan.module) ?? []) api.addRoute(routeKey, module.lambda);
    // What no route takes still gets the pipeline's answer: problem+json with 404 or 405.
    if (plan.module === 'platform') api.addRoute('$default', module.lambda);
  }
  if (trigger.on === 'stream') connectStream(module, trigger, data);
  if (trigger.on === 'queue') {
    data.messagesQueue.grantConsumeMessages(module.role);
    new CfnEventSourceMapping(module, 'FromQueue', {
      functionName: module.lambda.functionName,
      eventSourceArn: data.messagesQueue.queueArn,
      batchSize: trigger.batchSize,
      functionResponseTypes: ['ReportBatchItemFailures'],
    }).node.addDependency(module.role);
  }
  if (trigger.on === 'schedule') {
    new Rule(module, 'Clock', {
      schedule: Schedule.rate(Duration.minutes(trigger.everyMinutes)),
      targets: [new LambdaTarget(module.lambda, { retryAttempts: 0 })],
    });
  }
}

type StreamTrigger = Extract<FunctionPlan['trigger'], { on: 'stream' }>;

/**
 * A record that fails is retried, then halved out of its batch, then parked in the dead-letter queue: it never blocks the rest of
 * its shard for longer than an hour.
 */
function connectStream(module: ModuleFunction, trigger: StreamTrigger, data: CityData): void {
  data.table.grantStreamRead(module.role);
  acknowledge(
    module.role,
    'AwsSolutions-IAM5[Resource::*]',
    'ListStreams is not an action on one resource; AWS asks for the wildcard.',
  );
  module.role.addToPolicy(
    new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [data.streamDeadLetters.queueArn] }),
  );
  if (!data.table.tableStreamArn) throw new Error('the table has no stream');
  new CfnEventSourceMapping(module, 'FromStream', {
    functionName: module.lambda.functionName,
    eventSourceArn: data.table.tableStreamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: trigger.batchSize,
    maximumBatchingWindowInSeconds: 0,
    bisectBatchOnFunctionError: true,
    functionResponseTypes: ['ReportBatchItemFailures'],
    maximumRetryAttempts: 8,
    maximumRecordAgeInSeconds: 3_600,
    parallelizationFactor: 4,
    destinationConfig: { onFailure: { destination: data.streamDeadLetters.queueArn } },
    filterCriteria: {
      filters: trigger.filters.map((pattern) => FilterCriteria.filter(pattern as Record<string, unknown>)),
    },
  }).node.addDependency(module.role);
}
