import * as z from 'zod';

export type JsonObject = Record<string, unknown>;
/** Whether a schema describes what is sent or what is answered: a default makes a field optional in the one and certain in the other. */
export type Side = 'input' | 'output';

/** A contract's schema under the name it has in the document, with what is said of it and of its fields. */
export type Documented = {
  readonly schema: z.ZodType;
  readonly words: { readonly text?: string; readonly fields: Readonly<Record<string, string>> };
};

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object of a JSON value, the outermost first. */
function* objectsIn(value: unknown): Generator<JsonObject> {
  if (Array.isArray(value)) for (const one of value) yield* objectsIn(one);
  else if (isObject(value)) {
    yield value;
    for (const one of Object.values(value)) yield* objectsIn(one);
  }
}

const own = '#/$defs/';
const shared = '#/components/schemas/';
/** The schema that a reference names. */
export const nameOfReference = (reference: string): string => reference.split('/').at(-1) ?? '';
/** The names of all schemas that a value refers to. */
export const namesIn = (value: unknown): string[] =>
  [...objectsIn(value)].flatMap(({ $ref }) =>
    typeof $ref === 'string' && ($ref.startsWith(own) || $ref.startsWith(shared)) ? [nameOfReference($ref)] : [],
  );

/** Integers in JSON Schema have no bounds of ours unless a contract sets them; zod adds those of a double. */
function withoutSafeBounds(schema: JsonObject): void {
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
}

/**
 * The JSON Schemas of all `uses`, which name each other: a schema that the contracts export is a component and stands in the document
 * once. Where what is sent differs from what is answered, the component of the former is called `…Input`.
 */
export function schemaBook(named: ReadonlyMap<string, Documented>, uses: Iterable<readonly [z.ZodType, Side]>) {
  const registry = z.registry<JsonObject>();
  for (const [id, { schema }] of named) registry.add(schema, { ...schema.meta(), id });

  /** The schema with references to definitions, and the definitions beside it. */
  function converted(schema: z.ZodType, side: Side): { root: JsonObject; definitions: Record<string, JsonObject> } {
    const json: JsonObject = z.toJSONSchema(schema, { io: side, metadata: registry, unrepresentable: 'any' });
    const { $schema: _, $defs = {}, ...root } = json;
    for (const part of objectsIn(json)) withoutSafeBounds(part);
    return { root, definitions: $defs as Record<string, JsonObject> };
  }

  function describe(id: string, { id: _, ...schema }: JsonObject): JsonObject {
    const { text, fields } = named.get(id)?.words ?? { fields: {} };
    const properties = isObject(schema['properties']) ? schema['properties'] : {};
    for (const [name, property] of Object.entries(properties)) {
      if (isObject(property) && fields[name]) property['description'] ??= fields[name];
    }
    return text ? { description: text, ...schema } : schema;
  }

  const found: Record<Side, Map<string, JsonObject>> = { input: new Map(), output: new Map() };
  for (const [schema, side] of uses) {
    for (const [id, definition] of Object.entries(converted(schema, side).definitions)) {
      if (!found[side].has(id)) found[side].set(id, describe(id, definition));
    }
  }

  /** Names that mean another thing sent than answered, be it by what they are made of. */
  const different = new Set<string>();
  const both = [...found.input.keys()].filter((id) => found.output.has(id));
  const differs = (id: string): boolean =>
    JSON.stringify(found.input.get(id)) !== JSON.stringify(found.output.get(id)) ||
    namesIn(found.input.get(id)).some((part) => different.has(part));
  for (let before = -1; before !== different.size; ) {
    before = different.size;
    for (const id of both) if (differs(id)) different.add(id);
  }

  const nameOf = (id: string, side: Side) => (side === 'input' && different.has(id) ? `${id}Input` : id);

  /** The same schema with references into the components. */
  function pointed(schema: JsonObject, side: Side): JsonObject {
    for (const part of objectsIn(schema)) {
      if (typeof part['$ref'] === 'string') part['$ref'] = `${shared}${nameOf(nameOfReference(part['$ref']), side)}`;
    }
    return schema;
  }

  const components: Record<string, JsonObject> = {};
  for (const side of ['output', 'input'] as const) {
    for (const [id, schema] of found[side]) components[nameOf(id, side)] ??= pointed(structuredClone(schema), side);
  }

  const schemaOf = (schema: z.ZodType, side: Side): JsonObject => pointed(converted(schema, side).root, side);
  return { schemaOf, components };
}
