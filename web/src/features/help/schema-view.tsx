import { Fragment, useState } from 'react';
import { useTexts } from '../../lib/i18n.ts';
import styles from './api-docs.module.css';
import { nameOf, type Schema, type Schemas } from './openapi.ts';
import { helpTexts } from './texts.ts';

/** Standard words of JSON Schema that narrow a value, shown as they are. */
const narrowing = [
  'format',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'default',
] as const;

/** A part of a schema with fields of its own, under its name where it has one. */
type Part = { name?: string; schema: Schema };

/** What a schema says of its parts: those with fields, through lists and choices, up to the next name. */
function partsOf(schema: Schema, schemas: Schemas): Part[] {
  const target = schema.$ref ? schemas[nameOf(schema.$ref)] : undefined;
  if (schema.$ref && target) return hasFields(target, schemas) ? [{ name: nameOf(schema.$ref), schema: target }] : [];
  if (schema.properties) return [{ schema }];
  return [
    ...(schema.items ? [schema.items] : []),
    ...(schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []),
    ...(typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []),
  ].flatMap((part) => partsOf(part, schemas));
}

const hasFields = (schema: Schema, schemas: Schemas): boolean => partsOf(schema, schemas).length > 0;

/** A type in a few words: `CenterId: string`, `"a" | "b"`, `Booking[]`. */
function typeText(schema: Schema, schemas: Schemas): string {
  if (schema.$ref) {
    const name = nameOf(schema.$ref);
    const target = schemas[name];
    return target && !hasFields(target, schemas) ? `${name}: ${typeText(target, schemas)}` : name;
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const options = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (options) return [...new Set(options.map((it) => typeText(it, schemas)))].join(schema.allOf ? ' & ' : ' | ');
  if (schema.items) {
    const item = typeText(schema.items, schemas);
    return item.includes(' ') ? `(${item})[]` : `${item}[]`;
  }
  if (!schema.properties && typeof schema.additionalProperties === 'object')
    return `{ [name]: ${typeText(schema.additionalProperties, schemas)} }`;
  return [schema.type ?? 'any'].flat().join(' | ');
}

/** How far a value may go, in the words of JSON Schema; a format says more than the pattern that checks it. */
function limitsText(schema: Schema, schemas: Schemas): string {
  const limits: Schema = { ...(schema.$ref ? schemas[nameOf(schema.$ref)] : {}), ...schema };
  return narrowing
    .filter((word) => limits[word] !== undefined && (word !== 'pattern' || limits.format === undefined))
    .map((word) => `${word} ${typeof limits[word] === 'string' ? limits[word] : JSON.stringify(limits[word])}`)
    .join(', ');
}

type Props = { schema: Schema; schemas: Schemas };

/** What a value may be: its type and limits, what it is for, and its fields; a schema with a name opens when asked. */
export function SchemaView({ schema, schemas }: Props) {
  const limits = limitsText(schema, schemas);
  return (
    <>
      {schema.properties ? null : <span className={styles.type}>{typeText(schema, schemas)}</span>}
      {limits ? <span className={styles.limits}> {limits}</span> : null}
      {schema.description ? (
        <p lang="en" className={styles.about}>
          {schema.description}
        </p>
      ) : null}
      <Parts schema={schema} schemas={schemas} />
    </>
  );
}

/** The fields of a schema: inline where it has no name, else behind it. Of several without a name, one holds. */
function Parts({ schema, schemas }: Props) {
  const t = useTexts(helpTexts);
  const parts = new Map(partsOf(schema, schemas).map((part) => [part.name ?? JSON.stringify(part.schema), part]));
  return [...parts].map(([key, part], index) =>
    part.name ? (
      <NamedPart key={key} name={part.name} schema={part.schema} schemas={schemas} />
    ) : (
      <Fragment key={key}>
        {index > 0 ? <p className={styles.about}>{t('apiOr')}</p> : null}
        <Fields schema={part.schema} schemas={schemas} />
      </Fragment>
    ),
  );
}

function NamedPart({ name, schema, schemas }: Props & { name: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.named} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <code>{name}</code>
      </summary>
      {open ? <SchemaView schema={schema} schemas={schemas} /> : null}
    </details>
  );
}

function Fields({ schema, schemas }: Props) {
  const t = useTexts(helpTexts);
  return (
    <ul className={styles.fields}>
      {Object.entries(schema.properties ?? {}).map(([name, field]) => (
        <li key={name}>
          <code>{name}</code>{' '}
          {schema.required?.includes(name) ? <span className={styles.required}>{t('required')}</span> : null}{' '}
          <SchemaView schema={field} schemas={schemas} />
        </li>
      ))}
    </ul>
  );
}
