import * as fc from 'fast-check';

/** The part of JSON Schema that the API's document uses. */
export type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
};

/** Ids that exist, by the name of the field that holds such an id: without them every answer would be "not found". */
export type Known = Readonly<Record<string, readonly string[]>>;

/** `beneficiaryIds` hold person ids, as `subjectId` does. */
const meantBy: Readonly<Record<string, string>> = {
  sessionIds: 'sessionId',
  beneficiaryIds: 'personId',
  childIds: 'personId',
  beneficiaryId: 'personId',
  subjectId: 'personId',
  from: 'date',
  to: 'date',
};

const civilDate = fc.oneof(
  fc
    .date({ min: new Date('2026-02-01'), max: new Date('2026-06-30'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  fc.constantFrom('0000-01-01', '0001-01-01', '1970-01-01', '2026-02-29', '2028-02-29', '9999-12-31'),
);

function text(schema: Schema, known: readonly string[]): fc.Arbitrary<string> {
  const fresh =
    schema.format === 'date'
      ? civilDate
      : schema.pattern
        ? fc.stringMatching(new RegExp(schema.pattern))
        : fc.string({
            unit: 'grapheme',
            minLength: schema.minLength ?? 0,
            maxLength: Math.min(schema.maxLength ?? 40, 60),
          });
  return known.length > 0 ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, fresh) : fresh;
}

/** Values that the schema admits. What only a refinement forbids (a date that does not exist, an id that repeats) may be among them. */
export function valid(schema: Schema, known: Known, name = ''): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return fc.oneof(...choices.map((choice) => valid(choice, known, name)));
  switch (schema.type) {
    case 'string':
      return text(schema, known[meantBy[name] ?? name] ?? []);
    case 'integer':
    case 'number':
      return fc.integer({
        min: schema.minimum ?? Number.MIN_SAFE_INTEGER,
        max: schema.maximum ?? Number.MAX_SAFE_INTEGER,
      });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valid(schema.items ?? {}, known, name), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      });
    case 'object': {
      const fields = Object.entries(schema.properties ?? {});
      const required = schema.required ?? [];
      return fc.record(Object.fromEntries(fields.map(([field, inner]) => [field, valid(inner, known, field)])), {
        requiredKeys: [...required],
      });
    }
    default:
      return fc.jsonValue();
  }
}

/** What people, programs and attackers send instead. */
export const nonsense: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('', ' ', '\u0000', '../../etc', "' OR 1=1 --", '{{7*7}}', '#', 'p'.repeat(5_000), '😀', '__proto__'),
  fc.constantFrom(Number.MAX_SAFE_INTEGER, -1, 0.5, 1e300, null, true, [], {}),
);

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A valid value with something wrong in it: a field too few, a field of nonsense, or nonsense as a whole. */
export function broken(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const fields = Object.keys(schema.properties ?? {});
  if (fields.length === 0) return nonsense;
  const one = fc.constantFrom(...fields);
  return fc.oneof(
    fc.tuple(valid(schema, known), one).map(([value, field]) => {
      const { [field]: _, ...rest } = isFields(value) ? value : {};
      return rest;
    }),
    fc.tuple(valid(schema, known), one, nonsense).map(([value, field, wrong]) => ({
      ...(isFields(value) ? value : {}),
      [field]: wrong,
    })),
    nonsense,
  );
}
