import { mkdirSync, readdirSync } from 'node:fs';
import { StartProblem } from '../problem.ts';
import { DYNAMODB_LOCAL_FILE, startDynamoDbLocal } from './engines/dynamodb-local.ts';
import { DYNOXIDE_FILE, dynoxideProgram, startDynoxide } from './engines/dynoxide.ts';
import type { EngineProcess } from './engines/process.ts';

/** The programs that can keep the table on this machine: `dynoxide` needs nothing else, `dynamodb-local` is the official one, in Java. */
export const engineNames = ['dynoxide', 'dynamodb-local'] as const;
export type EngineName = (typeof engineNames)[number];

export type Engine = EngineProcess & { readonly name: EngineName };

export type EngineOptions = {
  /** Keeps the data; without one they are gone at the end. */
  readonly folder?: string;
  /** Where the readers of the stream keep how far they are. */
  readonly checkpoints?: string;
  /** Missing, `LINLI_ENGINE` decides, then what wrote the folder, then what this platform has. */
  readonly engine?: EngineName;
};

/** The engine of this name; throws a {@link StartProblem} when there is none. */
export function engineNamed(word: string): EngineName {
  const name = engineNames.find((one) => one === word);
  if (!name) throw new StartProblem(`There is no engine ${word}; there are ${engineNames.join(' and ')}.`);
  return name;
}

/** Starts the engine of the table on a free port of the loopback interface. */
export async function startEngine({ folder, checkpoints, engine }: EngineOptions = {}): Promise<Engine> {
  const word = process.env['LINLI_ENGINE'];
  const wanted = engine ?? (word ? engineNamed(word) : undefined);
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const writer = folder === undefined ? undefined : writerOf(folder);
  if (wanted && writer && wanted !== writer) {
    throw new StartProblem(
      `The data in ${folder} were written by ${writer}; start with --engine ${writer}, or begin anew with --fresh.`,
    );
  }
  const name = wanted ?? writer ?? (dynoxideProgram() ? 'dynoxide' : 'dynamodb-local');
  const running = await (name === 'dynoxide' ? startDynoxide(folder, checkpoints) : startDynamoDbLocal(folder));
  return { name, ...running };
}

/** Which engine wrote the tables of a folder; neither can read what the other wrote. */
function writerOf(folder: string): EngineName | undefined {
  const files = readdirSync(folder);
  if (files.includes(DYNOXIDE_FILE)) return 'dynoxide';
  return files.includes(DYNAMODB_LOCAL_FILE) ? 'dynamodb-local' : undefined;
}
