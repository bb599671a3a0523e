import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartProblem } from './problem.ts';

/** What other programs on this machine need to reach a running city: its address, and the variables of its functions. */
export type Announcement = { readonly url: string; readonly environment: Readonly<Record<string, string>> };

export type DataFolder = { announce(city: Announcement): void; release(): void };

type Running = { readonly pid: number } & Partial<Announcement>;

const runningFile = (folder: string): string => join(folder, 'running.json');

function runningIn(folder: string): Running | undefined {
  if (!existsSync(runningFile(folder))) return undefined;
  try {
    const running = JSON.parse(readFileSync(runningFile(folder), 'utf8')) as Running;
    return isAlive(running.pid) ? running : undefined;
  } catch {
    // Half a file is what a crash leaves; nobody who runs leaves one.
    return undefined;
  }
}

/** The city that runs over this data folder, if one does and is ready. */
export function runningCity(folder: string): Announcement | undefined {
  const { url, environment } = runningIn(folder) ?? {};
  return url && environment ? { url, environment } : undefined;
}

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
  const owner = runningIn(folder);
  if (owner && owner.pid !== process.pid) {
    throw new StartProblem(
      `The data folder ${folder} is in use by process ${owner.pid}; stop that city first, or give --data.`,
    );
  }
  const write = (running: Running) => writeFileSync(runningFile(folder), JSON.stringify(running), { mode: 0o600 });
  try {
    if (fresh) empty(folder);
    mkdirSync(join(folder, 'table'), { recursive: true });
    write({ pid: process.pid });
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    throw new StartProblem(
      `The data folder ${folder} cannot be used: ${error instanceof Error ? error.message : error}`,
    );
  }
  return {
    announce: (city) => write({ pid: process.pid, ...city }),
    release: () => rmSync(runningFile(folder), { force: true }),
  };
}

/** Removes only what the local runtime puts there, so that a mistaken --data never empties somebody's folder. */
function empty(folder: string): void {
  for (const name of ['table', 'keys', 'streams', 'queues.json', 'messages.json', 'messages.jsonl']) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}
