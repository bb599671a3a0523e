import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from '../../ports.ts';
import { StartProblem } from '../../problem.ts';
import { type EngineProcess, startEngineProcess, stoppedAtOnce } from './process.ts';
import { indexStream, trimStream } from './stream-records.ts';

/** The file in which it keeps all tables of a folder. */
export const DYNOXIDE_FILE = 'dynoxide.sqlite';

/** The program that npm installed, or undefined where there is none for this platform. */
export function dynoxideProgram(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve(
      `@dynoxide/${process.platform}-${process.arch}/package.json`,
    );
    const program = join(dirname(manifest), 'dynoxide');
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

/** A memory file system smaller than this is left alone: a container's usual 64 MB are full after some thousand writes. */
const MEMORY_AT_LEAST_BYTES = 1 << 30;
const MEMORY_FOLDER = '/dev/shm';

/** Where a table lives that is gone at the end: in memory where the system lends some as files, else in its folder for such files. */
function passingFolder(): string {
  const hasMemory = () => {
    const { bavail, bsize } = statfsSync(MEMORY_FOLDER);
    return bavail * bsize >= MEMORY_AT_LEAST_BYTES;
  };
  return mkdtempSync(join(existsSync(MEMORY_FOLDER) && hasMemory() ? MEMORY_FOLDER : tmpdir(), 'linli-table-'));
}

/**
 * Starts dynoxide, DynamoDB's API on SQLite. `folder` keeps its data; without one they are gone at the end. Even those are in a file,
 * since only a file can be given the index without which each write reads the whole stream. `checkpoints` is the folder where the
 * stream's readers keep how far they are.
 */
export async function startDynoxide(
  folder: string | undefined,
  checkpoints: string | undefined,
): Promise<EngineProcess> {
  const program = dynoxideProgram();
  if (!program) {
    const platform = `${process.platform}-${process.arch}`;
    throw new StartProblem(
      `There is no dynoxide for ${platform} here; run npm ci, or start with --engine dynamodb-local.`,
    );
  }
  const passing = folder === undefined ? passingFolder() : undefined;
  const file = join(folder ?? passing ?? '', DYNOXIDE_FILE);
  const forget = () => {
    if (passing) rmSync(passing, { recursive: true, force: true });
  };
  try {
    if (existsSync(file)) trimStream(file, checkpoints, Date.now());
    const port = await freePort();
    const engine = await startEngineProcess({
      command: program,
      parameters: ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', file],
      port,
      missing: `The program ${program} cannot be started; run npm ci.`,
      explain: (code, output) => stoppedAtOnce(code, output, folder),
    });
    const stop = async () => {
      await engine.stop();
      forget();
    };
    try {
      // It makes its tables at its first start. Nobody else knows its address yet.
      indexStream(file);
    } catch (error) {
      await stop();
      throw error;
    }
    return { ...engine, stop };
  } catch (error) {
    forget();
    throw error;
  }
}
