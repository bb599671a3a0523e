import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CityUnderTest, eventually, startTestCity } from '../city.ts';
import { LATER, story } from './fill.ts';
import { type Cast, Hands } from './hands.ts';
import { keepBeside, keepTable, openKept, readJsonLines, tableItems, writeJsonLines } from './kept-data.ts';
import { type Answered, asEverybody, readAll, readsOf, routesMissed, withoutRepeatedRefusals } from './reads.ts';
import type { Scene } from './story.ts';

const ANSWERS = 'answers.jsonl.gz';

/** Who and what there is in what was kept: people by the code of their sheet, other ids by what they are of. */
export type Kept = { readonly cast: Cast; readonly scene: Scene };

/** These say something about every moment anew, or nothing about data. */
const notRead = ['GET /v1/health', 'GET /v1/openapi.json'];

/** Tells the story to a city of the checkout’s own code, and keeps in `folder` its data and what it answers over them. */
export async function keepRelease(folder: string, say: (line: string) => void): Promise<void> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'linli-release-'));
  const cast: Cast = {};
  const scene: Scene = {};
  const done: { method: string; path: string }[] = [];
  try {
    for (const [index, { clock, tell }] of story.entries()) {
      const city = await startTestCity({ dataFolder, clock });
      try {
        const hands = new Hands(city, cast, index + 1);
        await tell({ city, hands, scene });
        await untilQuiet(city);
        done.push(...hands.done);
        say(`day ${index + 1}: ${hands.done.length} requests`);
        if (index === story.length - 1) {
          const paths = readsOf(hands, scene).map((path) => ({ method: 'GET', path: path.split('?')[0] ?? '' }));
          const missed = (await routesMissed(city, [...done, ...paths])).filter((route) => !notRead.includes(route));
          if (missed.length > 0) throw new Error(`the story tells nothing of ${missed.join(', ')}`);
          await keepTable(city, folder);
        }
      } finally {
        await city.stop();
      }
    }
    await keepBeside(dataFolder, folder);
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
  const kept: Kept = { cast, scene };
  await writeFile(join(folder, 'kept.json'), `${JSON.stringify(kept, null, 2)}\n`);
  const { hands, close } = await openRelease(folder);
  try {
    const answers = withoutRepeatedRefusals(await readAll(hands, asEverybody(readsOf(hands, scene))));
    await writeJsonLines(join(folder, ANSWERS), answers);
    say(`${answers.length} answers`);
  } finally {
    await close();
  }
}

/** A city over what was kept, half an hour after its last day. */
export async function openRelease(folder: string) {
  const { cast, scene } = JSON.parse(await readFile(join(folder, 'kept.json'), 'utf8')) as Kept;
  const { dataFolder, remove } = await openKept(folder);
  const city = await startTestCity({ dataFolder, clock: LATER });
  return {
    city,
    scene,
    hands: new Hands(city, cast, 0),
    answers: () => readJsonLines<Answered>(join(folder, ANSWERS)),
    async close() {
      await city.stop();
      await remove();
    },
  };
}

const QUIET_MS = 2_000;

/** Lets everything that is due be done, until the table has not changed for a while: the stream and the queues are through. */
async function untilQuiet(city: CityUnderTest): Promise<void> {
  const schedules = Object.keys(city.bundles).filter((name) => name.endsWith('-schedule'));
  let before = '';
  await eventually('a city at rest', 120_000, async () => {
    for (const name of schedules) await city.fireSchedule(name);
    await sleep(QUIET_MS);
    const now = JSON.stringify(await tableItems(city));
    const isQuiet = now === before;
    before = now;
    return isQuiet ? true : undefined;
  });
}
