/** Runs a city in a process of its own, so that what the load generator takes is not counted as the city's. Speaks with its parent. */
import { readFileSync } from 'node:fs';
import { type City, startCity } from '../../local/city.ts';
import { silentLog } from '../../local/log.ts';
import { engineNamed } from '../../local/table/engine.ts';

/** Milliseconds of CPU since the start: the functions by name, the gateway with the consumers, what V8 does beside them, the engine. */
export type CpuMs = Readonly<Record<string, number>>;

export type CityOfBench = Pick<City, 'url' | 'engineName' | 'engineEndpoint' | 'environment'>;

export type FromCity = { readonly ready: CityOfBench } | { readonly cpu: CpuMs };
export type ToCity = 'cpu' | 'stop';

/** The kernel counts in hundredths of a second; threads are those of the process, children are not counted. */
function cpuMsOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

const msOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000;

async function cpuOf(city: City): Promise<CpuMs> {
  const functions = await city.functionCpu();
  const [all, gateway] = [msOf(process.cpuUsage()), msOf(process.threadCpuUsage())];
  const inFunctions = Object.values(functions).reduce((sum, ms) => sum + ms, 0);
  return {
    gateway,
    ...functions,
    'compiler and collector': all - gateway - inFunctions,
    engine: cpuMsOf(city.enginePid),
  };
}

const [dataFolder = '', clock = '', engine] = process.argv.slice(2);
/** Figures of a city in trouble are none. */
const trouble = (_: string, error: unknown) => {
  throw error;
};
const city = await startCity({
  dataFolder,
  clock,
  checksRights: false,
  ...(engine ? { engine: engineNamed(engine) } : {}),
  log: { ...silentLog, trouble },
});
const tell = (message: FromCity): void => {
  process.send?.(message);
};
process.on('message', async (asked: ToCity) => {
  if (asked === 'cpu') return tell({ cpu: await cpuOf(city) });
  await city.stop();
  process.exit(0);
});
const { url, engineName, engineEndpoint, environment } = city;
tell({ ready: { url, engineName, engineEndpoint, environment } });
