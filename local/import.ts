/** `npm run import -- <folder>`: brings the spreadsheets of a folder into a city. */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type ImportReport, importFolder } from '../import/import-folder.ts';
import { problemLine } from '../import/sheets/problems.ts';
import { progressLines } from '../import/write/progress.ts';
import { clockNow } from '../shared/kernel/clock.ts';
import { environment } from '../shared/kernel/environment.ts';
import { startCity } from './city.ts';
import { runningCity, takeDataFolder } from './data-folder.ts';
import { StartProblem } from './problem.ts';
import { repositoryRoot } from './synthesis.ts';
import { type EngineName, engineNamed } from './table/engine.ts';

const usage = `npm run import -- <folder> [options]
  --tenant <id>     the city (putian)
  --strict          write nothing when any row is bad
  --table <name>    a table of the cloud, with the AWS credentials, TENANTS, DATA_KEY_ID and MAC_KEY_ID of this environment;
                    without it, the city of this machine
  --data <folder>   the data folder of that city (.linli/data)
  --engine <name>   what keeps its table when it is not running: dynoxide or dynamodb-local`;

type Wanted = {
  folder: string;
  tenantId: string;
  strict: boolean;
  table: string | undefined;
  dataFolder: string;
  engine: EngineName | undefined;
};

function wantedOf(words: readonly string[]): Wanted {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(words);
  } catch (error) {
    throw new StartProblem(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
  const { values, positionals } = parsed;
  const [given, ...more] = positionals;
  if (values.help || given === undefined || more.length > 0) throw new StartProblem(usage);
  const folder = resolve(given);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new StartProblem(`${given} is no folder`);
  const { tenant: tenantId, strict, table } = values;
  const engine = values.engine === undefined ? undefined : engineNamed(values.engine);
  return { folder, tenantId, strict, table, dataFolder: resolve(repositoryRoot, values.data), engine };
}

const parse = (words: readonly string[]) =>
  parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      tenant: { type: 'string', default: 'putian' },
      strict: { type: 'boolean', default: false },
      table: { type: 'string' },
      data: { type: 'string', default: '.linli/data' },
      engine: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Turns this process to the table: the one named, that of the running city, or that of a city started for as long as it takes. */
async function connected({ table, dataFolder, engine }: Wanted): Promise<() => Promise<void>> {
  if (table) {
    process.env['TABLE_NAME'] = table;
    return async () => {};
  }
  const running = runningCity(dataFolder);
  if (running) {
    Object.assign(process.env, running.environment);
    say(`城市正在运行 into the running city ${running.url}`);
    return async () => {};
  }
  const taken = takeDataFolder(dataFolder, false);
  const city = await startCity({ dataFolder, onStep: say, ...(engine ? { engine } : {}) });
  Object.assign(process.env, city.environment);
  return async () => {
    await city.stop();
    taken.release();
  };
}

function summary({ problems, written, catalog, sessions, people }: ImportReport): string[] {
  const counts = (of: { new: number; changed?: number; same: number }) =>
    `新增 new ${of.new}，${of.changed === undefined ? '' : `更新 changed ${of.changed}，`}未变 same ${of.same}`;
  return [
    ...problems.map(problemLine),
    `中心与服务 catalog: ${counts(catalog)}`,
    `场次 sessions: ${counts(sessions)}，闭馆跳过 skipped for closures ${sessions.closedDays}`,
    `居民 people: ${counts(people)}`,
    ...(problems.length > 0 ? [`问题 problems: ${problems.length}`] : []),
    written ? '已导入 imported' : '未写入任何内容 nothing was written (--strict)',
  ];
}

try {
  const wanted = wantedOf(process.argv.slice(2));
  const disconnect = await connected(wanted);
  try {
    const { folder, tenantId, strict } = wanted;
    if (!environment('TENANTS').split(',').includes(tenantId))
      throw new StartProblem(`没有这个城市 there is no city ${tenantId}`);
    const report = await importFolder(folder, { tenantId, strict, now: clockNow(), progress: progressLines(say) });
    for (const line of summary(report)) say(line);
    process.exitCode = report.problems.length > 0 ? 1 : 0;
  } finally {
    await disconnect();
  }
} catch (error) {
  // What a person can put right is one line; anything else is a defect and shows where.
  process.stderr.write(
    `${error instanceof StartProblem ? error.message : error instanceof Error ? error.stack : error}\n`,
  );
  process.exitCode = 1;
}
