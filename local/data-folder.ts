import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartProblem } from './problem.ts';

export type DataFolder = { release(): void };

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/**
 * Takes the data folder for this process; two cities over one database file would corrupt it. `fresh` empties it first. Refuses a
 * folder that is in use, not writable, or not ours.
 */
export function takeDataFolder(folder: string, fresh: boolean): DataFolder {
  const lock = join(folder, 'running.json');
  const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  if (owner > 0 && owner !== process.pid && isAlive(owner)) {
    throw new StartProblem(`The data folder ${folder} is in use by process ${owner}; stop that city first, or give --data.`);
  }
  try {
    if (fresh) empty(folder);
    mkdirSync(join(folder, 'table'), { recursive: true });
    writeFileSync(lock, String(process.pid));
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    throw new StartProblem(`The data folder ${folder} cannot be used: ${error instanceof Error ? error.message : error}`);
  }
  return { release: () => rmSync(lock, { force: true }) };
}

/** Removes only what the local runtime puts there, so that a mistaken --data never empties somebody's folder. */
function empty(folder: string): void {
  for (const name of ['table', 'keys', 'streams', 'cdk.out', 'queues.json', 'messages.json']) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}
