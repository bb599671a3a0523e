import { parse } from 'csv-parse/sync';
import type { Space } from './read-texts.ts';

/** All texts as a table: `space:key`, Chinese, English. A singular that only English has is without Chinese. */
type Row = { readonly key: string; readonly zh: string; readonly en: string };

const HEAD = ['key', '中文', 'English'] as const;
const BOM = '\uFEFF';

const rowsOf = (spaces: readonly Space[]): Row[] =>
  spaces.flatMap(({ name, texts }) =>
    [...new Set([...Object.keys(texts.zh), ...Object.keys(texts.en)])].map((key) => ({
      key: `${name}:${key}`,
      zh: texts.zh[key] ?? '',
      en: texts.en[key] ?? '',
    })),
  );

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The sheet for translators: CSV by RFC 4180, with the mark by which spreadsheets know UTF-8. */
export const sheetOf = (spaces: readonly Space[]): string =>
  BOM +
  [HEAD, ...rowsOf(spaces).map(({ key, zh, en }) => [key, zh, en])]
    .map((cells) => `${cells.map(quoted).join(',')}\r\n`)
    .join('');

const valuesIn = (text: string): string =>
  [...text.matchAll(/\{\{\w+\}\}/g)]
    .map(([value]) => value)
    .sort()
    .join(' ');

/**
 * What is wrong with a sheet that came back, a line a fault: keys that are missing, unknown or there twice, texts that are gone, and
 * texts with other `{{values}}` than the pages give them.
 */
export function checkSheet(spaces: readonly Space[], sheet: string): string[] {
  const [head, ...lines]: string[][] = parse(sheet, { bom: true, relax_column_count: true, skip_empty_lines: true });
  if (head?.join() !== HEAD.join()) return [`the first line must be ${HEAD.join()}`];
  const wanted = new Map(rowsOf(spaces).map((row) => [row.key, row]));
  const seen = new Set<string>();
  const faults = lines.flatMap(([key = '', zh = '', en = '']) => {
    const row = wanted.get(key);
    if (!row) return [`${key}: no page has this key`];
    if (seen.has(key)) return [`${key}: is there twice`];
    seen.add(key);
    return [faultOf(key, '中文', row.zh, zh), faultOf(key, 'English', row.en, en)].filter(
      (fault) => fault !== undefined,
    );
  });
  const missing = [...wanted.keys()].filter((key) => !seen.has(key));
  return [...faults, ...missing.map((key) => `${key}: is missing`)];
}

function faultOf(key: string, language: string, ours: string, theirs: string): string | undefined {
  if (ours !== '' && theirs.trim() === '') return `${key}: has no ${language}`;
  if (ours === '' && theirs.trim() !== '') return `${key}: has no use for ${language}`;
  if (valuesIn(ours) === valuesIn(theirs)) return undefined;
  return `${key}: ${language} must have ${valuesIn(ours) || 'no values'}, not ${valuesIn(theirs) || 'none'}`;
}
