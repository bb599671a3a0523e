import { argumentsFrom } from './arguments.ts';
import { type City, startCity } from './city.ts';
import { takeDataFolder } from './data-folder.ts';
import { jsonLog, readableLog } from './log.ts';
import { StartProblem } from './problem.ts';
import { type SignIn, seed } from './seeding.ts';
import { buildWebIfStale } from './web-build.ts';

const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function welcome(city: City, people: readonly SignIn[], seconds: string): void {
  write('');
  write(`Linli is ready after ${seconds} s:  ${city.url}`);
  write(`Messages (sign-in codes):  ${city.url}/_local/messages`);
  if (people.length > 0) write('Who can sign in, with the code that the messages page shows:');
  for (const { label, phone } of people) write(`  ${phone}  ${label}`);
  write('Ctrl-C stops everything.');
  write('');
}

async function run(): Promise<void> {
  const wanted = argumentsFrom(process.argv.slice(2));
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1_000).toFixed(1);
  const say = wanted.json
    ? (text: string) => write(JSON.stringify({ kind: 'step', at: new Date().toISOString(), text }))
    : (text: string) => write(`${seconds().padStart(5)} s  ${text}`);
  const folder = takeDataFolder(wanted.dataFolder, wanted.fresh);
  let city: City | undefined;
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    await city?.stop();
    folder.release();
    process.exit(code);
  };
  try {
    say(await buildWebIfStale());
    city = await startCity({
      dataFolder: wanted.dataFolder,
      port: wanted.port,
      ...(wanted.clock ? { clock: wanted.clock } : {}),
      log: wanted.json ? jsonLog(write) : readableLog(write),
      onStep: say,
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
    const people = wanted.seed ? await seed(city, say) : [];
    welcome(city, people, seconds());
  } catch (error) {
    // What the developer can put right is one line; anything else is a defect and shows where.
    process.stderr.write(`${error instanceof StartProblem ? error.message : error instanceof Error ? error.stack : error}\n`);
    await stop(1);
  }
}

try {
  await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
