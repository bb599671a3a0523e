import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartProblem } from './problem.ts';

export type KeptJson<T> = { read(): T; write(value: T): void };

/** A small value in a file. It is replaced whole, by a rename, so that a crash leaves the old or the new value, never half of one. */
export function keptJson<T>(path: string, initial: T): KeptJson<T> {
  let value = initial;
  if (existsSync(path)) {
    try {
      value = JSON.parse(readFileSync(path, 'utf8')) as T;
    } catch {
      throw new StartProblem(`The file ${path} is damaged; start with --fresh to begin anew.`);
    }
  }
  return {
    read: () => value,
    write(next) {
      value = next;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, JSON.stringify(next));
      renameSync(`${path}.new`, path);
    },
  };
}
