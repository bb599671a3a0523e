import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** What the doc comments of a contract say: of the schema itself, and of its fields by name. */
export type Words = { readonly text?: string; readonly fields: Readonly<Record<string, string>> };
export type NamedSchema = { readonly schema: z.ZodType; readonly words: Words };

const contracts = join(import.meta.dirname, '../shared/contracts');

/** The sentences of a doc comment, in one line. */
const plainText = (comment: string): string =>
  comment
    .replace(/^\s*\* ?/gm, '')
    .replace(/\{@link (\w+)\}/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();

const docComment = String.raw`/\*\*((?:[^*]|\*(?!/))*)\*/`;
const declaration = new RegExp(String.raw`(?:^${docComment}\n)?^(?:export )?const (\w+) =`, 'gm');
const field = new RegExp(String.raw`^( +)${docComment}\n +(\w+)[:,]`, 'gm');
/** Objects that a schema takes fields from: `...seriesFields`, `lostBooking.extend(`. */
const taken = /\.\.\.(\w+)|^ (\w+)\s*\.(?:extend|pick)\(/g;

/**
 * What the doc comments of one file say, by the name of the constant. It reads the file as Biome formats it: a declaration begins a line,
 * and the comment of a field stands on the lines above it.
 */
export function wordsOf(source: string): Map<string, Words> {
  const words = new Map<string, Words>();
  const found = [...source.matchAll(declaration)];
  for (const [index, match] of found.entries()) {
    const [whole, comment, name = ''] = match;
    const body = source.slice(match.index + whole.length, found[index + 1]?.index);
    const fields: Record<string, string> = {};
    for (const [, spread, base] of body.matchAll(taken)) Object.assign(fields, words.get(spread ?? base ?? '')?.fields);
    const [, level] = /^( +)\w+[:,]/m.exec(body) ?? [];
    for (const [, indent, text = '', of = ''] of body.matchAll(field))
      if (indent === level) fields[of] = plainText(text);
    words.set(name, { fields, ...(comment ? { text: plainText(comment) } : {}) });
  }
  return words;
}

/**
 * The schemas that the contracts export, by the name that the document gives them: `bookingAnswer` is `BookingAnswer`. Their doc comments
 * are its descriptions, so that what a contract says is written once and costs no function a byte.
 */
export async function readNamedSchemas(): Promise<ReadonlyMap<string, NamedSchema>> {
  const named = new Map<string, NamedSchema>();
  for (const file of globSync('*.ts', { cwd: contracts }).sort()) {
    const exported: Record<string, unknown> = await import(join(contracts, file));
    const words = wordsOf(readFileSync(join(contracts, file), 'utf8'));
    for (const [name, value] of Object.entries(exported)) {
      if (!(value instanceof z.ZodType)) continue;
      const id = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      if (named.has(id)) throw new Error(`two contracts export a schema ${name}`);
      named.set(id, { schema: value, words: words.get(name) ?? { fields: {} } });
    }
  }
  return named;
}
