import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { type CsvRow, decoded, parsedCsv } from './csv.ts';
import { isRule, type SheetProblem } from './problems.ts';
import { type Row, type Rows, type SheetName, sheetNames, sheets } from './sheets.ts';

export type Folder = { readonly rows: Rows; readonly problems: SheetProblem[] };

/** Phone and card numbers are not repeated in a report that may be mailed around. */
const PRIVATE_COLUMNS = new Set(['phone', 'card', 'name', 'birthDate']);

function problemsOf(file: string, { line, cells }: CsvRow, error: z.ZodError): SheetProblem[] {
  return error.issues.map((issue) => {
    const column = String(issue.path[0] ?? '');
    const value = cells[column];
    const rule = value === undefined ? 'missing' : isRule(issue.message) ? issue.message : 'text';
    const shown = value === undefined || PRIVATE_COLUMNS.has(column) ? undefined : value.slice(0, 60);
    return { file, line, column, rule, about: shown };
  });
}

/** A column that every row must fill is missed once, in the header, and not again in each row. */
function missingColumns(file: string, schema: z.ZodObject, header: readonly string[]): SheetProblem[] {
  return Object.entries(schema.shape)
    .filter(([name, cell]) => !header.includes(name) && !cell.safeParse(undefined).success)
    .map(([column]) => ({ file, line: 1, column, rule: 'missing-column' as const }));
}

/** Reads one sheet: the rows that are good on their own, and what is wrong with the others. A repeated key leaves the first row. */
function readSheet<N extends SheetName>(name: N, bytes: Uint8Array): { rows: Row<N>[]; problems: SheetProblem[] } {
  const file = `${name}.csv`;
  const { schema, zh, key }: { schema: z.ZodObject; zh: Record<string, string>; key: (row: never) => string } =
    sheets[name];
  const text = decoded(bytes);
  if (text === undefined) return { rows: [], problems: [{ file, line: 1, rule: 'encoding' }] };
  const columns = new Map(
    Object.entries(zh).flatMap(([column, chinese]) => [
      [column, column],
      [chinese, column],
    ]),
  );
  const csv = parsedCsv(file, text, columns);
  const missing = missingColumns(file, schema, csv.header);
  if (missing.length > 0) return { rows: [], problems: [...csv.problems, ...missing] };
  const problems = [...csv.problems];
  const rows: Row<N>[] = [];
  const seen = new Set<string>();
  for (const csvRow of csv.rows) {
    const result = schema.safeParse(csvRow.cells);
    if (!result.success) {
      problems.push(...problemsOf(file, csvRow, result.error));
      continue;
    }
    const own = key(result.data as never);
    if (seen.has(own)) problems.push({ file, line: csvRow.line, rule: 'duplicate', about: own });
    else rows.push({ line: csvRow.line, row: result.data } as Row<N>);
    seen.add(own);
  }
  return { rows, problems };
}

/** Reads every sheet of a folder. A sheet that is not there has no rows; a CSV of another name is reported. */
export async function readFolder(folder: string): Promise<Folder> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.csv'));
  const problems: SheetProblem[] = files
    .filter((file) => !sheetNames.some((name) => file === `${name}.csv`))
    .map((file) => ({ file, line: 1, rule: 'unknown-file' }));
  const rows: Partial<Record<SheetName, readonly unknown[]>> = {};
  for (const name of sheetNames) {
    const file = `${name}.csv`;
    const sheet = files.includes(file)
      ? readSheet(name, await readFile(join(folder, file)))
      : { rows: [], problems: [] };
    rows[name] = sheet.rows;
    problems.push(...sheet.problems);
  }
  return { rows: rows as Rows, problems };
}
