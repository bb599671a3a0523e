import type { SampleAccount } from '../import/sample/seed.ts';
import type { Arguments } from './arguments.ts';
import { type City, startCity } from './city.ts';
import { takeDataFolder } from './data-folder.ts';
import { jsonLog, readableLog } from './log.ts';
import { requireFreePort } from './ports.ts';
import { StartProblem } from './problem.ts';
import { seed } from './seeding.ts';

const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** What differs between `npm start` and `npm run dev`: where the pages come from. */
export type Pages = {
  /** Before the city starts; says in one line what was done. */
  readonly prepare?: () => Promise<string>;
  /** Once it runs; answers where the pages are and how to stop them. */
  readonly serve?: (city: City) => Promise<{ url: string; stop: () => Promise<void> }>;
};

/** Runs a city in this process until Ctrl-C, with a line for each step. Never throws: a failure is said, cleaned up and exits with 1. */
export async function runUntilStopped(wanted: Arguments, pages: Pages): Promise<void> {
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1_000).toFixed(1);
  const say = wanted.json
    ? (text: string) => write(JSON.stringify({ kind: 'step', at: new Date().toISOString(), text }))
    : (text: string) => write(`${seconds().padStart(5)} s  ${text}`);
  const stops: (() => Promise<void> | void)[] = [];
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    for (const end of stops.reverse()) await end();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  try {
    const folder = takeDataFolder(wanted.dataFolder, wanted.fresh);
    stops.push(folder.release);
    await requireFreePort(wanted.port);
    if (pages.prepare) say(await pages.prepare());
    const city = await startCity({
      dataFolder: wanted.dataFolder,
      port: wanted.port,
      checksRights: wanted.checksRights,
      ...(wanted.clock ? { clock: wanted.clock } : {}),
      ...(wanted.engine ? { engine: wanted.engine } : {}),
      log: wanted.json ? jsonLog(write) : readableLog(write),
      onStep: say,
    });
    stops.push(city.stop);
    folder.announce({ url: city.url, environment: city.environment });
    const people = wanted.seed ? await seed(city, say) : [];
    const served = await pages.serve?.(city);
    if (served) stops.push(served.stop);
    if (wanted.json) say(`ready: ${served?.url ?? city.url}`);
    else welcome(served?.url ?? city.url, city.url, people, seconds());
  } catch (error) {
    if (stopping) return;
    // What the developer can put right is one line; anything else is a defect and shows where.
    const text = error instanceof StartProblem ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${text}\n`);
    await stop(1);
  }
}

function welcome(url: string, cityUrl: string, people: readonly SampleAccount[], seconds: string): void {
  write('');
  write(`Linli 邻里 is ready after ${seconds} s:  ${url}`);
  write(`Messages, with the sign-in codes:   ${cityUrl}/_local/messages`);
  if (people.length > 0) write('Who can sign in:');
  for (const { label, phone } of people) write(`  ${phone}  ${label.zh} · ${label.en}`);
  write('Ctrl-C stops everything.');
  write('');
}
