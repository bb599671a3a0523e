import { fieldExamples, schemaExamples } from '../contracts/examples.ts';
import { type ProblemCode, problemCatalog } from '../kernel/problem-catalog.ts';
import { Refusal } from '../kernel/refusal.ts';
import { type JsonObject, nameOfReference } from './openapi-schemas.ts';
import { problemBody } from './problem.ts';

type Schema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
};

const isOf = (type: string | undefined, value: unknown): boolean =>
  typeof value === (type === 'integer' ? 'number' : (type ?? 'string'));

/**
 * Examples of JSON Schemas: those that the contracts give by the name of a schema or of a field, and what is made of such parts. A field
 * that may be left out is left out, unless a schema has an example of its own. A text that nobody has given an example is an error.
 */
export function exampleBook(components: Readonly<Record<string, JsonObject>>) {
  function exampleOf(schema: Schema, name = ''): unknown {
    const given: Readonly<Record<string, unknown>> = schemaExamples;
    if (schema.$ref) {
      const component = nameOfReference(schema.$ref);
      return given[component] ?? given[component.replace(/Input$/, '')] ?? exampleOf(components[component] ?? {}, name);
    }
    if (schema.const !== undefined) return schema.const;
    if (schema.examples) return schema.examples[0];
    if (schema.enum) return schema.enum.find((value) => value === fieldExamples[name]) ?? schema.enum[0];
    if (isOf(schema.type, fieldExamples[name])) return fieldExamples[name];
    const choices = schema.oneOf ?? schema.anyOf;
    if (choices?.[0]) return exampleOf(choices[0], name);
    switch (schema.type) {
      case 'object':
        return Object.fromEntries(
          Object.entries(schema.properties ?? {})
            .filter(([field]) => schema.required?.includes(field))
            .map(([field, inner]) => [field, exampleOf(inner, field)]),
        );
      case 'array':
        return [exampleOf(schema.items ?? {}, name)];
      case 'integer':
      case 'number':
        return schema.default ?? schema.minimum ?? 1;
      case 'boolean':
        return schema.default ?? true;
      default:
        throw new Error(`no example of ${name || JSON.stringify(schema)}: give one in shared/contracts/examples.ts`);
    }
  }

  const problem = (code: ProblemCode): JsonObject => {
    const fields = [{ at: 'body.date', rule: 'invalid_type', message: problemCatalog['invalid-input'].en }];
    return { ...problemBody(new Refusal(code, {}, code === 'invalid-input' ? fields : undefined), TRACE_ID) };
  };

  return { of: (schema: JsonObject, name?: string): unknown => exampleOf(schema, name), problem };
}

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
