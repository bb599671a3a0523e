import type { Rule, SheetProblem } from './problems.ts';
import type { SheetName } from './sheets.ts';

/** Collects what the rows of one sheet get wrong against the rest. */
export type Complain = (line: number, column: string, rule: Rule, about?: string) => void;

export const complainer =
  (problems: SheetProblem[], name: SheetName): Complain =>
  (line, column, rule, about) => {
    problems.push({ file: `${name}.csv`, line, column, rule, about });
  };
