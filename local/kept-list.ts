import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartProblem } from './problem.ts';

export type KeptList<T> = {
  /** The newest first. */
  read(): readonly T[];
  add(values: readonly T[]): void;
};

/** The file is written anew when it holds so many times what is kept. */
const LARGEST = 5;

/**
 * The newest `most` of what is added, one line of JSON each. Adding appends, so that it costs a line and not the file; what a crash
 * cuts short is the line that was being written. `older` is a file from before there were lines, newest first; it is taken over.
 */
export function keptList<T>(path: string, most: number, older: string): KeptList<T> {
  mkdirSync(dirname(path), { recursive: true });
  let oldestFirst = existsSync(older) ? parsed<T[]>(older, readFileSync(older, 'utf8')).reverse() : [];
  if (existsSync(path)) oldestFirst.push(...linesOf<T>(path));
  let linesInFile = 0;
  const writeAnew = () => {
    oldestFirst = oldestFirst.slice(-most);
    linesInFile = oldestFirst.length;
    writeFileSync(`${path}.new`, textOf(oldestFirst));
    renameSync(`${path}.new`, path);
  };
  writeAnew();
  rmSync(older, { force: true });
  return {
    read: () => oldestFirst.slice(-most).reverse(),
    add(values) {
      oldestFirst.push(...values);
      linesInFile += values.length;
      if (linesInFile > LARGEST * most) writeAnew();
      else appendFileSync(path, textOf(values));
    },
  };
}

const textOf = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** What stands behind the last line end is half a line. */
function linesOf<T>(path: string): T[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => parsed<T>(path, line));
}

function parsed<T>(path: string, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new StartProblem(`The file ${path} is damaged; start with --fresh to begin anew.`);
  }
}
