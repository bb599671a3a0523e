import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StartProblem } from './problem.ts';
import { repositoryRoot } from './synthesis.ts';
import { type EngineName, engineNamed } from './table/engine.ts';

export type Arguments = {
  readonly port: number;
  readonly fresh: boolean;
  readonly json: boolean;
  readonly seed: boolean;
  readonly checksRights: boolean;
  readonly dataFolder: string;
  readonly clock: string | undefined;
  readonly engine: EngineName | undefined;
};

export const usage = `npm start -- [options]
  --port <number>           the address to serve at (4620)
  --fresh                   begin anew: forget the table, keys and messages of the data folder
  --data <folder>           where they are kept (.linli/data)
  --tenant-clock <instant>  what time it is for the city, e.g. 2026-02-14T09:00:00+08:00; it runs on from there
  --engine <name>           what keeps the table: dynoxide, or dynamodb-local, which needs Java (what the folder was
                            written by; for a new one dynoxide where this platform has it)
  --check-rights            refuse what the role of a function in the template does not allow, as the cloud would; slower
  --no-seed                 do not fill a new table with the sample city
  --json                    logs as JSON, one object a line`;

/** What the command line asks for; a {@link StartProblem} says what is wrong with it. */
export function argumentsFrom(words: readonly string[]): Arguments {
  let values: ReturnType<typeof parse>['values'];
  try {
    ({ values } = parse(words));
  } catch (error) {
    throw new StartProblem(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
  if (values.help) throw new StartProblem(usage);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new StartProblem(`--port ${values.port} is no port`);
  const clock = values['tenant-clock'];
  // Without an offset the text would mean another instant on each machine.
  if (clock !== undefined && (!/(Z|[+-]\d\d:\d\d)$/.test(clock) || Number.isNaN(Date.parse(clock)))) {
    throw new StartProblem(`--tenant-clock ${clock} is no ISO instant with an offset, like 2026-02-14T09:00:00+08:00`);
  }
  return {
    port,
    fresh: values.fresh,
    json: values.json,
    seed: !values['no-seed'],
    checksRights: values['check-rights'],
    dataFolder: resolve(repositoryRoot, values.data),
    clock,
    engine: values.engine === undefined ? undefined : engineNamed(values.engine),
  };
}

/** The same for this process; what is wrong is said in one line. */
export function argumentsOrExit(): Arguments {
  try {
    return argumentsFrom(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return process.exit(1);
  }
}

const parse = (words: readonly string[]) =>
  parseArgs({
    args: [...words],
    options: {
      port: { type: 'string', default: '4620' },
      fresh: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      'check-rights': { type: 'boolean', default: false },
      'no-seed': { type: 'boolean', default: false },
      data: { type: 'string', default: '.linli/data' },
      'tenant-clock': { type: 'string' },
      engine: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
