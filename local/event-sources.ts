import { join } from 'node:path';
import type { CityPlan, FunctionSpec, MappingSpec } from './cloudformation/resources.ts';
import type { Emulator } from './emulator.ts';
import type { BatchRecord } from './events/batch.ts';
import type { Loop } from './events/loop.ts';
import { startQueueConsumer } from './events/queue-consumer.ts';
import { scheduledEvent, startSchedule } from './events/schedule.ts';
import { startStreamConsumer } from './events/stream-consumer.ts';
import { type Answered, FunctionError } from './functions/environment.ts';
import type { JsonCall } from './json-calls.ts';
import { keptJson } from './kept-json.ts';
import type { Log } from './log.ts';

export type EventSourcesOptions = {
  readonly plan: CityPlan;
  /** Calls DynamoDB Streams. */
  readonly streams: JsonCall;
  readonly emulator: Emulator;
  readonly checkpointFolder: string;
  readonly region: string;
  readonly clock: () => Date;
  readonly log: Log;
  readonly invoke: (spec: FunctionSpec, event: unknown) => Promise<Answered>;
};

export type EventSources = { fireSchedule(spec: FunctionSpec): Promise<unknown>; stop(): Promise<void> };

/** Starts what wakes functions beside requests: the stream, the queues and the schedules of the templates. */
export function startEventSources(options: EventSourcesOptions): EventSources {
  const { plan, region, clock, log } = options;
  const specOf = (arn: string): FunctionSpec => {
    const spec = plan.functions.get(arn);
    if (!spec) throw new Error(`an event source feeds ${arn}, which is no function of the templates`);
    return spec;
  };
  const invoke = async (spec: FunctionSpec, event: unknown): Promise<unknown> => {
    try {
      return (await options.invoke(spec, event)).answer;
    } catch (error) {
      if (error instanceof FunctionError) log.failure(spec, error);
      throw error;
    }
  };
  const loops = plan.mappings.map((mapping) => startMapping(mapping, specOf(mapping.functionArn), options, invoke));
  const schedules = plan.schedules.map(({ id, expression, functionArn }) =>
    startSchedule(expression, clock, async () => {
      await invoke(specOf(functionArn), scheduledEvent(id, region, clock())).catch(() => undefined);
    }),
  );
  return {
    async fireSchedule(spec) {
      const schedule = plan.schedules.find(({ functionArn }) => functionArn === spec.arn);
      if (!schedule) throw new Error(`${spec.name} has no schedule`);
      return invoke(spec, scheduledEvent(schedule.id, region, clock()));
    },
    async stop() {
      for (const schedule of schedules) schedule.stop();
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

type Invoke = (spec: FunctionSpec, event: unknown) => Promise<unknown>;

function startMapping(mapping: MappingSpec, spec: FunctionSpec, options: EventSourcesOptions, invoke: Invoke): Loop {
  const { properties } = mapping;
  const sourceArn = String(properties['EventSourceArn']);
  const responseTypes = (properties['FunctionResponseTypes'] ?? []) as string[];
  const reportFailures = responseTypes.includes('ReportBatchItemFailures');
  const onError = (error: unknown) => options.log.trouble(mapping.id, error);
  if (sourceArn.includes(':sqs:')) {
    const { emulator } = options;
    return startQueueConsumer({
      call: emulator.sqs,
      queueUrl: emulator.urlOf(sourceArn),
      queueArn: sourceArn,
      batchSize: Number(properties['BatchSize'] ?? 10),
      reportFailures,
      invoke: (event) => invoke(spec, event),
      onError,
    });
  }
  if (!sourceArn.includes(':dynamodb:')) throw new Error(`${mapping.id}: no local event source for ${sourceArn}`);
  const filters = (properties['FilterCriteria'] as { Filters?: { Pattern: string }[] } | undefined)?.Filters ?? [];
  const retryAttempts = Number(properties['MaximumRetryAttempts'] ?? -1);
  return startStreamConsumer({
    call: options.streams,
    streamArn: sourceArn,
    checkpoints: keptJson(join(options.checkpointFolder, `${mapping.id}.json`), {}),
    patterns: filters.map(({ Pattern }) => JSON.parse(Pattern) as unknown),
    batchSize: Number(properties['BatchSize'] ?? 100),
    batchWindowMs: Number(properties['MaximumBatchingWindowInSeconds'] ?? 0) * 1_000,
    batch: {
      invoke: (records) => invoke(spec, { Records: records }),
      retryAttempts,
      maximumAgeSeconds: Number(properties['MaximumRecordAgeInSeconds'] ?? -1),
      bisect: properties['BisectBatchOnFunctionError'] === true,
      reportFailures,
      deadLetter: (records, reason) => sendToDeadLetters(mapping, records, reason, sourceArn, options),
      pause: (attempt) => new Promise((resolve) => setTimeout(resolve, Math.min(10_000, 100 * 2 ** attempt))),
    },
    onError,
  });
}

/** What Lambda puts on the failure destination: where the records are in the stream, not the records. */
async function sendToDeadLetters(
  { id, properties }: MappingSpec,
  records: readonly BatchRecord[],
  reason: string,
  streamArn: string,
  { emulator, log }: EventSourcesOptions,
): Promise<void> {
  log.trouble(id, new Error(`${records.length} records given up: ${reason}`));
  const destination = properties['DestinationConfig'] as { OnFailure?: { Destination?: string } } | undefined;
  const arn = destination?.OnFailure?.Destination;
  if (!arn) return;
  const body = {
    requestContext: { condition: reason },
    DDBStreamBatchInfo: {
      startSequenceNumber: records[0]?.id,
      endSequenceNumber: records.at(-1)?.id,
      batchSize: records.length,
      streamArn,
    },
  };
  await emulator.sqs('SendMessage', { QueueUrl: emulator.urlOf(arn), MessageBody: JSON.stringify(body) });
}
