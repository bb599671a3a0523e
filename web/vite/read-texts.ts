import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

type Text = Readonly<Record<string, string>>;
/** The texts of one `defineTexts`, and where the source has the literal of each language. */
export type Space = {
  readonly name: string;
  readonly texts: Readonly<Record<Language, Text>>;
  readonly places: Readonly<Record<Language, { readonly start: number; readonly end: number }>>;
};

type Program = ReturnType<typeof parseSync>['program'];
type Statement = Program['body'][number];
type Expression = Extract<Statement, { type: 'ExpressionStatement' }>['expression'];

/**
 * The texts that a source defines. They are read, not run, so they must be literals at the top of a module; whatever else throws
 * an error that names the file.
 */
export function readTexts(path: string, source: string): Space[] {
  const calls = source.match(/\bdefineTexts\(/g)?.length ?? 0;
  if (calls === 0) return [];
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const spaces = program.body.flatMap((statement) => spacesIn(path, statement));
  if (spaces.length !== calls) throw new Error(`${path}: defineTexts must be the value of a constant of the module`);
  return spaces;
}

/** All texts of the pages, in the order of their files. */
export const readAllTexts = (sources: string): Space[] =>
  globSync('**/*.{ts,tsx}', { cwd: sources })
    .sort()
    .flatMap((path) => readTexts(path, readFileSync(join(sources, path), 'utf8')));

function spacesIn(path: string, statement: Statement): Space[] {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (declaration?.type !== 'VariableDeclaration') return [];
  return declaration.declarations.flatMap(({ init }) => {
    if (init?.type !== 'CallExpression' || init.callee.type !== 'Identifier') return [];
    if (init.callee.name !== 'defineTexts') return [];
    const [name, both] = init.arguments;
    if (name?.type !== 'Literal' || typeof name.value !== 'string' || both?.type !== 'ObjectExpression')
      throw new Error(`${path}: defineTexts takes a name and both languages as literals`);
    const zh = propertiesOf(path, both).find(({ key }) => key === 'zh')?.value;
    const en = propertiesOf(path, both).find(({ key }) => key === 'en')?.value;
    if (!zh || !en) throw new Error(`${path}: ${name.value} lacks a language`);
    const texts = { zh: textsIn(path, zh), en: textsIn(path, en) };
    return [
      {
        name: name.value,
        texts,
        places: { zh: { start: zh.start, end: zh.end }, en: { start: en.start, end: en.end } },
      },
    ];
  });
}

function propertiesOf(path: string, literal: Expression): { key: string; value: Expression }[] {
  if (literal.type !== 'ObjectExpression') throw new Error(`${path}: texts of a language are an object literal`);
  return literal.properties.map((property) => {
    if (property.type !== 'Property' || property.computed) throw new Error(`${path}: texts have plain keys`);
    if (property.key.type === 'Identifier') return { key: property.key.name, value: property.value };
    if (property.key.type === 'Literal') return { key: String(property.key.value), value: property.value };
    throw new Error(`${path}: texts have plain keys`);
  });
}

const textsIn = (path: string, literal: Expression): Text =>
  Object.fromEntries(
    propertiesOf(path, literal).map(({ key, value }) => {
      if (value.type !== 'Literal' || typeof value.value !== 'string')
        throw new Error(`${path}: the text ${key} is no string literal`);
      return [key, value.value];
    }),
  );
