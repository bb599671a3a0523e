import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type City, startCity } from '../local/city.ts';
import { seed } from '../local/seeding.ts';
import { engineNamed } from '../local/table/engine.ts';
import { buildWebIfStale } from '../local/web-build.ts';
import { benchBundles } from './bundles.ts';
import { benchHttp } from './http/bench.ts';

/**
 * `npm run bench`: what the main job costs, next to the same calls made raw against the same engine in the same run.
 * `npm run bench -- http`: a city on disk in a process of its own, driven over HTTP.
 */
const { values, positionals } = parseArgs({ options: { engine: { type: 'string' } }, allowPositionals: true });
const engine = values.engine === undefined ? undefined : engineNamed(values.engine);
if (positionals.includes('http')) {
  console.log(await benchHttp(engine));
  process.exit(0);
}
/** Monday, nine in the morning in Putian: the city's schedules must not think that a draw of March is long due. */
const CLOCK = '2026-03-02T01:00:00Z';

/** Runs a city of its own, whose table lives in memory, for as long as `measure` takes. */
async function withCity(measure: (city: City) => Promise<void>): Promise<void> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'linli-bench-'));
  const city = await startCity({ dataFolder, inMemory: true, clock: CLOCK, ...(engine ? { engine } : {}) });
  try {
    await measure(city);
  } finally {
    await city.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

await withCity(async (city) => {
  Object.assign(process.env, city.environment, {
    // Straight to the engine: the proxy that checks rights on this machine has no counterpart in the cloud.
    AWS_ENDPOINT_URL_DYNAMODB: city.engineEndpoint,
    LINLI_CLOCK: `${CLOCK}@${Date.now()}`,
  });
  const { benchHttpRush } = await import('./rush.ts');
  console.log(`Table kept by ${city.engineName}\n`);
  console.log(`Rushes over HTTP\n\n${await benchHttpRush(city.url)}\n`);
  const { benchOperations } = await import('./operations.ts');
  console.log('Operations, warm, eight at once, in process; ratio is throughput to the raw calls\n');
  console.log(await benchOperations());
  const { benchFollowing } = await import('./following.ts');
  console.log(`\nWhat the stream does after bookings whose handlers are done\n\n${await benchFollowing()}`);
  const { benchRound } = await import('./rounds.ts');
  console.log(`\nAn allocation round\n\n${await benchRound()}`);
  console.log(`\nFunctions as deployed\n\n${await benchBundles(city.bundles)}`);
});

// The sample city as it is, with nobody in it but those whom the import brings.
await withCity(async (city) => {
  await buildWebIfStale();
  await seed(city, () => undefined);
  const { benchPages } = await import('./pages.ts');
  console.log(`\nPages, first visit with a phone\n\n${await benchPages(city.url, CLOCK.slice(0, 10))}`);
});
