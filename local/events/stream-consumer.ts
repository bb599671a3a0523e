import type { DynamoDBRecord } from 'aws-lambda';
import { type JsonCall, ServiceError } from '../json-calls.ts';
import type { KeptJson } from '../kept-json.ts';
import { type BatchRecord, processBatch, type StreamBatchOptions } from './batch.ts';
import { matchesPattern } from './filter.ts';
import { type Loop, startLoop } from './loop.ts';
import { asInTheCloud, isChange } from './stream-images.ts';

const IDLE_MS = 200;
/** New shards appear every few hours; the stream need not be described at every look. */
const DESCRIBED_FOR_MS = 5_000;

type Shard = { readonly ShardId?: string; readonly ParentShardId?: string };
type Stream = { StreamDescription?: { Shards?: Shard[]; LastEvaluatedShardId?: string } };
type Page = { Records?: DynamoDBRecord[]; NextShardIterator?: string };

/** Sequence number done last, by shard; `CLOSED` when a shard has been read to its end. */
export type Checkpoints = Readonly<Record<string, string>>;

export type StreamConsumerOptions = {
  /** Calls DynamoDB Streams. */
  readonly call: JsonCall;
  readonly streamArn: string;
  readonly checkpoints: KeptJson<Checkpoints>;
  readonly patterns: readonly unknown[];
  readonly batchSize: number;
  /** How long a batch that is not full is waited for. */
  readonly batchWindowMs: number;
  readonly batch: Omit<StreamBatchOptions, 'nowMs'>;
  readonly onError: (error: unknown) => void;
};

/** Where a consumer stands: what is open to be read, and where in it the next look begins. */
type Place = { readonly iterators: Map<string, string>; shards: readonly Shard[]; describedAtMs: number };

/**
 * Reads a table's stream from where it left off, parents before children, and gives what the filters admit to the function in
 * batches. A checkpoint is written when a batch is done, so that a restart repeats at most one batch and loses none.
 */
export function startStreamConsumer(options: StreamConsumerOptions): Loop {
  const place: Place = { iterators: new Map(), shards: [], describedAtMs: 0 };
  return startLoop(
    () => readOnce(options, place),
    IDLE_MS,
    (error) => {
      place.iterators.clear();
      place.describedAtMs = 0;
      options.onError(error);
    },
  );
}

async function readOnce(options: StreamConsumerOptions, place: Place): Promise<'busy' | 'idle'> {
  let busy = false;
  const { iterators } = place;
  if (Date.now() - place.describedAtMs > DESCRIBED_FOR_MS) {
    place.shards = await openShards(options);
    place.describedAtMs = Date.now();
  }
  for (const shard of place.shards) {
    const shardId = shard.ShardId ?? '';
    const iterator = iterators.get(shardId) ?? (await iteratorOf(options, shardId));
    if (!iterator) continue;
    const { records, next } = await readFrom(options, iterator);
    if (records.length > 0) {
      busy = true;
      await consume(options, shardId, records);
    }
    if (next) iterators.set(shardId, next);
    else {
      iterators.delete(shardId);
      mark(options, shardId, 'CLOSED');
      place.describedAtMs = 0; // its children may be read now
    }
  }
  return busy ? 'busy' : 'idle';
}

/** What the shard has next; where too little has come for a batch, also what comes within the batching window. */
async function readFrom(
  { call, batchSize, batchWindowMs }: StreamConsumerOptions,
  iterator: string,
): Promise<{ records: DynamoDBRecord[]; next: string | undefined }> {
  const records: DynamoDBRecord[] = [];
  let next: string | undefined = iterator;
  const deadlineMs = performance.now() + batchWindowMs;
  do {
    const page: Page = await call('GetRecords', { ShardIterator: next, Limit: 1_000 });
    records.push(...(page.Records ?? []));
    next = page.NextShardIterator;
    // An empty shard is not waited for: others may have something.
    if (records.length === 0 || records.length >= batchSize || performance.now() >= deadlineMs) break;
    await new Promise((resolve) => setTimeout(resolve, Math.min(IDLE_MS, batchWindowMs)));
  } while (next);
  return { records, next };
}

function mark({ checkpoints }: StreamConsumerOptions, shardId: string, position: string): void {
  if (checkpoints.read()[shardId] === position) return;
  checkpoints.write({ ...checkpoints.read(), [shardId]: position });
}

/** Shards that may be read now: not read to the end, and no unread parent. Forgets shards that the stream no longer has. */
async function openShards({ call, streamArn, checkpoints }: StreamConsumerOptions): Promise<Shard[]> {
  const shards: Shard[] = [];
  let after: string | undefined;
  do {
    const { StreamDescription }: Stream = await call('DescribeStream', {
      StreamArn: streamArn,
      ...(after ? { ExclusiveStartShardId: after } : {}),
    });
    shards.push(...(StreamDescription?.Shards ?? []));
    after = StreamDescription?.LastEvaluatedShardId;
  } while (after);
  const known = checkpoints.read();
  const gone = Object.keys(known).filter((id) => !shards.some(({ ShardId }) => ShardId === id));
  if (gone.length > 0) {
    checkpoints.write(Object.fromEntries(Object.entries(known).filter(([id]) => !gone.includes(id))));
  }
  const unread = (id: string | undefined) =>
    shards.some(({ ShardId }) => ShardId === id) && known[id ?? ''] !== 'CLOSED';
  return shards.filter(({ ShardId, ParentShardId }) => unread(ShardId) && !unread(ParentShardId));
}

async function iteratorOf(
  { call, streamArn, checkpoints }: StreamConsumerOptions,
  shardId: string,
): Promise<string | undefined> {
  const position = checkpoints.read()[shardId];
  const at = { StreamArn: streamArn, ShardId: shardId };
  const ask = async (from: object) => {
    const { ShardIterator } = await call<{ ShardIterator?: string }>('GetShardIterator', { ...at, ...from });
    return ShardIterator;
  };
  if (position) {
    try {
      return await ask({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position });
    } catch (error) {
      if (!(error instanceof ServiceError && error.name === 'TrimmedDataAccessException')) throw error;
    }
  }
  return ask({ ShardIteratorType: 'TRIM_HORIZON' });
}

async function consume(
  options: StreamConsumerOptions,
  shardId: string,
  records: readonly DynamoDBRecord[],
): Promise<void> {
  const admitted = records
    .filter(({ dynamodb = {} }) => isChange(dynamodb))
    .map((record): BatchRecord & { sequence: string } => {
      const sequence = record.dynamodb?.SequenceNumber ?? '';
      const createdAtMs = (record.dynamodb?.ApproximateCreationDateTime ?? 0) * 1_000;
      return { id: sequence, sequence, createdAtMs, record: lambdaRecord(record, options.streamArn) };
    })
    .filter(({ record }) => options.patterns.length === 0 || options.patterns.some((p) => matchesPattern(p, record)));
  for (let at = 0; at < admitted.length; at += options.batchSize) {
    const batch = admitted.slice(at, at + options.batchSize);
    await processBatch(batch, { ...options.batch, nowMs: Date.now });
    mark(options, shardId, batch.at(-1)?.sequence ?? '');
  }
  mark(options, shardId, records.at(-1)?.dynamodb?.SequenceNumber ?? '');
}

/** The record as Lambda passes it: with its stream, the creation time in whole seconds. */
function lambdaRecord(record: DynamoDBRecord, eventSourceARN: string): DynamoDBRecord {
  const { ApproximateCreationDateTime: at = 0, ...dynamodb } = record.dynamodb ?? {};
  return {
    ...record,
    eventSourceARN,
    dynamodb: { ...asInTheCloud(dynamodb), ApproximateCreationDateTime: Math.floor(at) },
  };
}
