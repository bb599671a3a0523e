import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Trigger } from '../../shared/plan/plan.ts';
import type { PlannedFunction } from '../plans.ts';
import type { DeployedRoutes } from '../routes.ts';
import type { Settings } from '../settings.ts';
import type { CityData } from '../stacks/data.ts';
import { functionName } from './bundles.ts';
import type { CityApi } from './city-api.ts';
import { ModuleFunction } from './module-function.ts';
import { acknowledge } from './nag.ts';

/** What the functions of a stack are made of and connected to. */
export type Surroundings = {
  readonly settings: Settings;
  readonly data: CityData;
  readonly routes: DeployedRoutes;
  readonly bundles: string;
};

/** Declares these functions in a stack, with what wakes each: routes of the one API, the table's stream, the messages queue, schedules. */
export function declareFunctions(
  stack: Construct,
  plans: readonly PlannedFunction[],
  api: CityApi,
  { settings, data, routes, bundles }: Surroundings,
): void {
  for (const plan of plans) {
    const module = new ModuleFunction(stack, functionName(plan), { plan, data, settings, bundles });
    const { trigger } = plan;
    if (trigger.on === 'http') api.addRoutes(module, routes.keysByModule.get(plan.module) ?? []);
    if (trigger.on === 'stream') connectStream(module, trigger, data);
    if (trigger.on === 'queue') connectQueue(module, trigger, data);
    if (trigger.on === 'schedule') {
      new Rule(module, 'Clock', {
        schedule: Schedule.rate(Duration.minutes(trigger.everyMinutes)),
        targets: [new LambdaTarget(module.lambda, { retryAttempts: 0 })],
      });
    }
  }
}

type On<Source extends Trigger['on']> = Extract<Trigger, { on: Source }>;

function connectQueue(module: ModuleFunction, { batchSize }: On<'queue'>, data: CityData): void {
  data.messagesQueue.grantConsumeMessages(module.role);
  new CfnEventSourceMapping(module, 'FromQueue', {
    functionName: module.lambda.functionName,
    eventSourceArn: data.messagesQueue.queueArn,
    batchSize,
    functionResponseTypes: ['ReportBatchItemFailures'],
  }).node.addDependency(module.role);
}

/**
 * A record that fails is retried, then halved out of its batch, then parked in the dead-letter queue: it never blocks the rest of
 * its shard for longer than an hour.
 */
function connectStream(
  module: ModuleFunction,
  { batchSize, windowSeconds, filters }: On<'stream'>,
  data: CityData,
): void {
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
    batchSize,
    maximumBatchingWindowInSeconds: windowSeconds,
    bisectBatchOnFunctionError: true,
    functionResponseTypes: ['ReportBatchItemFailures'],
    maximumRetryAttempts: 8,
    maximumRecordAgeInSeconds: 3_600,
    parallelizationFactor: 4,
    destinationConfig: { onFailure: { destination: data.streamDeadLetters.queueArn } },
    filterCriteria: {
      filters: filters.map((pattern) => FilterCriteria.filter(pattern as Record<string, unknown>)),
    },
  }).node.addDependency(module.role);
}
