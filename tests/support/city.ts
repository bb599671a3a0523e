import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type City, startCity } from '../../local/city.ts';
import { readableLog } from '../../local/log.ts';
import { currentAssembly } from '../../local/synthesis.ts';
import type { Answer, Call } from './invoke.ts';

/** Two cities on one deployment, so that one can try to reach into the other. */
const TENANTS = 'putian,xianyou';

/** The folder of the templates that every test runs, synthesized once for all. */
export const testAssembly = async (): Promise<string> => (await currentAssembly({ tenants: TENANTS })).folder;

/** Monday, nine in the morning in Putian. */
const MONDAY_MORNING = '2026-03-02T01:00:00Z';

/** So many requests of one module are in progress at once; the others wait. */
const ENVIRONMENTS = 6;

export type HttpCall = (path: string, call?: Call) => Promise<Answer>;

export type CityUnderTest = City & {
  readonly get: HttpCall;
  readonly post: HttpCall;
  readonly patch: HttpCall;
  /** Any method; a broken connection is an error here, as it is for a browser. */
  call(method: string, path: string, call?: Call): Promise<Answer>;
  /** What went wrong inside, as the city's log tells it. */
  readonly troubles: readonly string[];
};

export type TestCityOptions = {
  /** A folder with data to go on from, which stays; without one the city begins empty, in memory, and leaves nothing. */
  readonly dataFolder?: string;
  /** Monday, nine in the morning, unless told. */
  readonly clock?: string;
};

/**
 * Starts the city of the templates for one test file, with keys and queues in a folder of its own, and turns the builders of this process
 * to its table.
 */
export async function startTestCity({
  dataFolder: given,
  clock = MONDAY_MORNING,
}: TestCityOptions = {}): Promise<CityUnderTest> {
  const dataFolder = given ?? (await mkdtemp(join(tmpdir(), 'linli-city-')));
  const troubles: string[] = [];
  const { failure, functionLine, trouble } = readableLog((line) => troubles.push(line));
  /** What functions wrote that is no line of their log: a stray `console.error`, a warning of Node. */
  const strays: string[] = [];
  const city = await startCity({
    dataFolder,
    inMemory: given === undefined,
    port: 0,
    clock,
    assembly: await testAssembly(),
    limits: { perFunction: ENVIRONMENTS, inAll: 4 * ENVIRONMENTS },
    log: {
      request: () => undefined,
      failure,
      functionLine: (spec, line) =>
        line.startsWith('{') ? functionLine(spec, line) : strays.push(`${spec.name}: ${line}`),
      trouble,
    },
  });
  Object.assign(process.env, city.environment);
  const agent = new Agent({ keepAlive: true });
  const call = (method: string, path: string, options: Call = {}) => send(agent, city.url, method, path, options);
  return {
    ...city,
    call,
    get: (path, options) => call('GET', path, options),
    post: (path, options) => call('POST', path, options),
    patch: (path, options) => call('PATCH', path, options),
    troubles,
    async stop() {
      agent.destroy();
      await city.stop();
      if (given === undefined) await rm(dataFolder, { recursive: true, force: true });
      if (strays.length > 0) throw new Error(`functions wrote beside their log:\n${strays.join('\n')}`);
    },
  };
}

/**
 * Has every environment of the modules that book loaded and idle. Requests that come at once then race from the start; otherwise
 * the first environment would be through with most of them before the second one is there.
 */
export async function warmUp(city: CityUnderTest): Promise<void> {
  const nowhere = [
    '/v1/sessions/none.none.none.20260304t1630',
    '/v1/rooms/none.none/availability?from=2026-03-04',
    '/v1/bookings',
  ];
  for (const path of nowhere) await Promise.all(Array.from({ length: 2 * ENVIRONMENTS }, () => city.get(path)));
}

async function send(agent: Agent, url: string, method: string, path: string, options: Call): Promise<Answer> {
  const { body, as, idempotencyKey, ifMatch, tenantId } = options;
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const { hostname, port } = new URL(url);
  const headers: Record<string, string> = {
    // A city is told by the first label of the host.
    ...(tenantId ? { host: `${tenantId}.localhost:${port}` } : {}),
    ...(text === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }),
    ...(as ? { authorization: `Bearer ${as.token}` } : {}),
    ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
    ...(ifMatch ? { 'if-match': ifMatch } : {}),
    ...options.headers,
  };
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ agent, host: hostname, port, method, path, headers }, resolve).on('error', reject).end(text);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of reply as AsyncIterable<Buffer>) chunks.push(chunk);
  const answered = Buffer.concat(chunks).toString('utf8');
  const answeredHeaders = Object.fromEntries(
    Object.entries(reply.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const isJson = /json/.test(answeredHeaders['content-type'] ?? '') && answered !== '';
  return {
    status: reply.statusCode ?? 0,
    text: answered,
    headers: answeredHeaders,
    body: isJson ? JSON.parse(answered) : undefined,
  };
}

/** Looks again every `everyMs` until `look` gives something, and gives that; fails with `what` after `withinMs`. */
export async function eventually<T>(
  what: string,
  withinMs: number,
  look: () => Promise<T | undefined>,
  everyMs = 50,
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > until) throw new Error(`not within ${withinMs} ms: ${what}`);
    await sleep(everyMs);
  }
}
