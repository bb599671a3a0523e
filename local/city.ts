import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readAssembly } from './cloudformation/assembly.ts';
import { TemplateReader } from './cloudformation/reader.ts';
import { type CityPlan, type FunctionSpec, resourceMaker } from './cloudformation/resources.ts';
import { startEmulator } from './emulator.ts';
import { startEventSources } from './event-sources.ts';
import type { Answered } from './functions/environment.ts';
import { FunctionPool, type PoolLimits, usualLimits } from './functions/pool.ts';
import { startGateway } from './http/gateway.ts';
import { jsonCaller } from './json-calls.ts';
import { generatedSecretFile, keyFile, type SmsSecret, smsSecretFile } from './key-files.ts';
import { localPages } from './local-pages.ts';
import { type Log, silentLog } from './log.ts';
import { localVariables } from './overrides.ts';
import { type SentMessage, startSmsGateway } from './sms-gateway.ts';
import { currentAssembly, repositoryRoot } from './synthesis.ts';
import { createTable } from './table/create-table.ts';
import { type EngineName, startEngine } from './table/engine.ts';
import type { Faults } from './table/faults.ts';
import { type Caller, startTableProxy } from './table/proxy.ts';
import { rightsOf } from './table/rights.ts';

export type CityOptions = {
  /** Where keys, checkpoints, messages and, unless `inMemory`, the table are kept. */
  readonly dataFolder: string;
  /** 0 takes any free port. */
  readonly port?: number;
  /** Keeps the table in memory: faster, gone at the end. */
  readonly inMemory?: boolean;
  /** What keeps the table; see `startEngine` for what decides when it is missing. */
  readonly engine?: EngineName;
  /**
   * Lets every table call of a function go through a proxy that checks the role in the template and can do harm; true unless told.
   * Without it functions speak to the engine itself, which takes more than half of its CPU off the gateway.
   */
  readonly checksRights?: boolean;
  /** The instant at which the city's clock starts; it runs on from there. */
  readonly clock?: string;
  /** A synthesized assembly to run; that of the sources as they are when missing. */
  readonly assembly?: string;
  readonly webBuild?: string;
  readonly limits?: Partial<PoolLimits>;
  readonly log?: Log;
  readonly onStep?: (step: string) => void;
};

export type City = {
  readonly url: string;
  /** The table as functions reach it, for a caller with all rights. */
  readonly tableEndpoint: string;
  /** The engine itself, without the proxy, for measurements. */
  readonly engineEndpoint: string;
  readonly engineName: EngineName;
  readonly tableName: string;
  readonly region: string;
  /** True when the table was made by this start, so that it is empty. */
  readonly isNew: boolean;
  /** The environment that code outside functions needs to speak to this city's table and keys (importer, tests). */
  readonly environment: Readonly<Record<string, string>>;
  /** Only of a city that checks rights. */
  readonly faults: Faults;
  readonly now: () => Date;
  messages(to?: string): readonly SentMessage[];
  /** Hands a function an event directly, as a schedule or a stream would. */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Fires the schedules of a function now. */
  fireSchedule(functionName: string): Promise<unknown>;
  /** The next environment of this function that completes this many more writes dies before it hears of the last one. Only of a city that checks rights. */
  killNext(functionName: string, options?: { afterWrites?: number }): void;
  population(): Record<string, number>;
  /** Milliseconds of CPU that the environments that live have taken, by function name. */
  functionCpu(): Promise<Record<string, number>>;
  readonly enginePid: number;
  /** The folder of each function's bundle, by function name. */
  readonly bundles: Readonly<Record<string, string>>;
  stop(): Promise<void>;
};

/** Starts everything the synthesized templates describe and answers when requests are served. */
export async function startCity(options: CityOptions): Promise<City> {
  const { dataFolder, log = silentLog, onStep = () => undefined } = options;
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    return await start(options, dataFolder, log, onStep, stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  options: CityOptions,
  dataFolder: string,
  log: Log,
  onStep: (step: string) => void,
  stops: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<City> {
  const startedAtMs = Date.now();
  const clockText = options.clock ? `${options.clock}@${startedAtMs}` : undefined;
  const offsetMs = options.clock ? Date.parse(options.clock) - startedAtMs : 0;
  const now = () => new Date(Date.now() + offsetMs);

  const checkpointFolder = join(dataFolder, options.inMemory ? `streams-${startedAtMs}` : 'streams');
  const engineStarting = startEngine({
    ...(options.inMemory ? {} : { folder: join(dataFolder, 'table'), checkpoints: checkpointFolder }),
    ...(options.engine ? { engine: options.engine } : {}),
  }).then((engine) => {
    stops.push(engine.stop);
    return engine;
  });
  const assemblyComing = options.assembly ? { folder: options.assembly, isNew: false } : currentAssembly();
  const [engine, assembly] = await settled(engineStarting, Promise.resolve(assemblyComing));
  onStep(assembly.isNew ? 'Templates and bundles: synthesized' : 'Templates and bundles: as before');
  onStep(`Database ${engine.name} on ${engine.endpoint}`);
  const stacks = readAssembly(assembly.folder);
  const region = stacks[0]?.region ?? '';

  const emulator = await startEmulator(region, join(dataFolder, 'queues.json'));
  stops.push(emulator.stop);
  onStep(`Queues and buckets on ${emulator.endpoint}`);

  const direct = { endpoint: engine.endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const tables = new DynamoDBClient(direct);
  stops.push(async () => tables.destroy());
  const plan: CityPlan = {
    functions: new Map(),
    routes: [],
    mappings: [],
    schedules: [],
    rights: new Map(),
    tableName: undefined,
  };
  const partitionKeys = new Map<string | undefined, string>();
  let tableArn = '';
  let isNew = false;
  let smsSecretPath: string | undefined;
  const keys = join(dataFolder, 'keys');
  const reader = new TemplateReader(
    stacks,
    resourceMaker(
      {
        async createTable(name, properties) {
          const made = await createTable(tables, name, properties);
          isNew ||= made.isNew;
          tableArn = made.arn;
          readPartitionKeys(properties, partitionKeys);
          return made;
        },
        createQueue: emulator.createQueue,
        createBucket: emulator.createBucket,
        createKey: async (name, properties) => keyFile(keys, name, properties),
        async createSecret(name, properties) {
          // One that the cloud makes up by rules of its own; the other, for which CDK writes no rules, stands for what is filled in by hand.
          if (Object.keys(properties['GenerateSecretString'] ?? {}).length > 0) return generatedSecretFile(keys, name);
          smsSecretPath = smsSecretFile(keys, name);
          return smsSecretPath;
        },
      },
      plan,
    ),
  );
  await reader.makeAll();
  onStep(`${plan.functions.size} functions, ${plan.routes.length} routes read from the templates`);

  const sms = await startSmsGateway(
    dataFolder,
    () => (smsSecretPath ? (JSON.parse(readFileSync(smsSecretPath, 'utf8')) as SmsSecret) : undefined),
    now,
  );
  stops.push(sms.stop);

  const callers = new Map<string, Caller>();
  const kills = new Map<string, number>();
  const { checksRights = true } = options;
  const proxy = checksRights
    ? await startTableProxy({
        engineEndpoint: engine.endpoint,
        partitionKeys,
        callerOf: (accessKeyId) => callers.get(accessKeyId),
        onDenied: (message) => log.trouble('rights', message),
        async afterWrite({ functionName, environmentId }) {
          const left = kills.get(functionName);
          if (left === undefined) return;
          if (left > 1) kills.set(functionName, left - 1);
          else {
            kills.delete(functionName);
            await pool.kill(environmentId);
          }
        },
      })
    : undefined;
  if (proxy) stops.push(proxy.stop);
  const guard = () => {
    if (!proxy) throw new Error('a city that checks no rights does no harm either');
    return proxy;
  };

  const mayByRole = new Map([...plan.rights].map(([role, statements]) => [role, rightsOf(statements, () => tableArn)]));
  const places = {
    tableEndpoint: proxy?.endpoint ?? engine.endpoint,
    emulatorEndpoint: emulator.endpoint,
    smsEndpoint: sms.endpoint,
    region,
    clock: clockText,
  };
  const pool = new FunctionPool({
    limits: { ...usualLimits, ...options.limits },
    compiledFolder: join(assembly.folder, 'compiled'),
    variablesOf: (spec, environmentId) => {
      const accessKeyId = `ENVIRONMENT${environmentId.padStart(8, '0')}`;
      const may = mayByRole.get(spec.roleArn) ?? (() => false);
      callers.set(accessKeyId, { functionName: spec.name, environmentId, may });
      return {
        ...spec.environment,
        ...localVariables(places, accessKeyId),
        AWS_LAMBDA_FUNCTION_NAME: spec.name,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
        LAMBDA_TASK_ROOT: spec.folder,
      };
    },
    onLine: (spec, line) => log.functionLine(spec, line),
  });
  stops.push(() => pool.stop());

  const byName = (name: string): FunctionSpec => {
    const spec = [...plan.functions.values()].find((one) => one.name === name);
    if (!spec) throw new Error(`the templates have no function ${name}`);
    return spec;
  };
  const invoke = (spec: FunctionSpec, event: unknown): Promise<Answered> => pool.invoke(spec, event);
  const streams = jsonCaller({ endpoint: engine.endpoint, region, model: 'DynamoDBStreams_20120810' });
  stops.push(async () => streams.stop());
  const sources = startEventSources({
    plan,
    streams: streams.call,
    emulator,
    checkpointFolder,
    region,
    clock: now,
    log,
    invoke,
  });
  stops.push(sources.stop);

  const gateway = await startGateway({
    plan,
    port: options.port ?? 0,
    webBuild: options.webBuild ?? join(repositoryRoot, 'web', 'dist'),
    invoke,
    localPages: localPages(sms),
    onRequest: log.request,
    onFailure: log.failure,
    clock: now,
  });
  stops.push(gateway.stop);

  const firstFunction = [...plan.functions.values()].map(({ environment }) => environment);
  return {
    url: `http://localhost:${gateway.port}`,
    tableEndpoint: places.tableEndpoint,
    engineEndpoint: engine.endpoint,
    engineName: engine.name,
    tableName: plan.tableName ?? '',
    region,
    isNew,
    environment: {
      ...Object.assign({}, ...firstFunction),
      ...localVariables(places, 'local'),
      TABLE_NAME: plan.tableName ?? '',
    },
    get faults() {
      return guard().faults;
    },
    now,
    messages: sms.messages,
    invoke: async (name, event) => (await invoke(byName(name), event)).answer,
    fireSchedule: (name) => sources.fireSchedule(byName(name)),
    killNext: (name, { afterWrites = 1 } = {}) => {
      guard();
      kills.set(byName(name).name, afterWrites);
    },
    population: () => pool.population(),
    functionCpu: () => pool.cpuMs(),
    enginePid: engine.pid,
    bundles: Object.fromEntries([...plan.functions.values()].map(({ name, folder }) => [name, folder])),
    stop,
  };
}

/** Waits for both even when one fails, so that what has started can be stopped. */
async function settled<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const [a, b] = await Promise.allSettled([first, second]);
  if (a.status === 'rejected') throw a.reason;
  if (b.status === 'rejected') throw b.reason;
  return [a.value, b.value];
}

type KeySchema = readonly { AttributeName: string; KeyType: string }[];

function readPartitionKeys(properties: Readonly<Record<string, unknown>>, keys: Map<string | undefined, string>): void {
  const hashOf = (schema: unknown) =>
    (schema as KeySchema).find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
  keys.set(undefined, hashOf(properties['KeySchema']));
  const indexes = (properties['GlobalSecondaryIndexes'] ?? []) as { IndexName: string; KeySchema: unknown }[];
  for (const { IndexName, KeySchema } of indexes) keys.set(IndexName, hashOf(KeySchema));
}
