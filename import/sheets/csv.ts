import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import type { SheetProblem } from './problems.ts';

/** One row of a sheet: cells by column as written, and the line where the row ends. */
export type CsvRow = { readonly line: number; readonly cells: Readonly<Record<string, string>> };

/** With `info`, the parser gives each record together with its place; its types do not know that. */
const located = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }));

/**
 * The text of a sheet: UTF-8 with or without a byte order mark, else GB18030, which Chinese spreadsheet programs write. A GB18030
 * text is hardly ever valid UTF-8 by accident, so UTF-8 is tried first. `undefined` when it is neither.
 */
export function decoded(bytes: Uint8Array): string | undefined {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // not this one
    }
  }
  return undefined;
}

/**
 * Rows of a sheet by the names of its header. `columns` gives each known name, Chinese or English, its English one; a column of
 * another name is reported and left out. Lines that begin with `#` are remarks. A row with broken quotes or a wrong number of cells is
 * reported and skipped.
 */
export function parsedCsv(
  file: string,
  text: string,
  columns: ReadonlyMap<string, string>,
): { rows: CsvRow[]; header: string[]; problems: SheetProblem[] } {
  const problems: SheetProblem[] = [];
  const records: unknown = parse(text, {
    info: true,
    trim: true,
    bom: true,
    comment: '#',
    comment_no_infix: true,
    skip_empty_lines: true,
    relax_column_count: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      const line = Number((error as { lines?: number } | undefined)?.lines ?? 0);
      problems.push({ file, line, rule: 'broken-row' });
      return undefined;
    },
  });
  const [first, ...rest] = located.parse(records);
  if (!first) return { rows: [], header: [], problems };
  const names = first.record.map((name) => columns.get(name));
  for (const [index, name] of names.entries()) {
    const written = first.record[index];
    if (name === undefined) problems.push({ file, line: first.info.lines, column: written, rule: 'unknown-column' });
  }
  const rows: CsvRow[] = [];
  for (const { record, info } of rest) {
    if (record.every((cell) => cell === '')) continue;
    if (record.length !== names.length) {
      problems.push({ file, line: info.lines, rule: 'broken-row', about: `${record.length} ≠ ${names.length}` });
      continue;
    }
    const filled = names.flatMap((name, index) => (name && record[index] ? [[name, record[index]] as const] : []));
    rows.push({ line: info.lines, cells: Object.fromEntries(filled) });
  }
  return { rows, header: names.filter((name) => name !== undefined), problems };
}
