import type { Problems } from './problem.ts';

/** All members of a union at once. */
type AllOf<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** The areas' problems as one list, in this order. A code that two areas declare is an error at once: it would lose one of its texts. */
export function mergeProblems<const Areas extends readonly Problems[]>(...areas: Areas): AllOf<Areas[number]> {
  const seen = new Set<string>();
  for (const code of areas.flatMap(Object.keys)) {
    if (seen.has(code)) throw new Error(`two areas declare the problem ${code}`);
    seen.add(code);
  }
  return Object.assign({}, ...areas);
}
