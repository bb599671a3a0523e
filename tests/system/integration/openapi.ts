import type { CityUnderTest } from '../../support/city.ts';
import type { Schema } from './arbitraries.ts';

type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
};
type Content = Readonly<Record<string, { readonly schema: Schema }>>;

/** One route as the city's own document describes it. */
export type Operation = {
  /** `GET /v1/centers/{centerId}` */
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly isPublic: boolean;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | undefined;
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
};

type Described = {
  security: unknown[];
  parameters: Parameter[];
  requestBody?: { content: Content };
  responses: Operation['responses'];
};
type Document = {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: { Problem: Schema } };
};

/** The document with everything that it refers to in the place of the reference. */
function withoutReferences(document: unknown): unknown {
  const target = (reference: string): unknown =>
    reference
      .split('/')
      .slice(1)
      .reduce<unknown>((part, name) => (part as Readonly<Record<string, unknown>>)[name], document);
  const resolved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolved);
    if (typeof value !== 'object' || value === null) return value;
    const { $ref, ...rest } = value as Readonly<Record<string, unknown>>;
    const fields = Object.entries(rest).map(([name, inner]) => [name, resolved(inner)]);
    const own = Object.fromEntries(fields);
    return typeof $ref === 'string' ? { ...(resolved(target($ref)) as object), ...own } : own;
  };
  return resolved(document);
}

/** Every route of the running city. */
export async function deployedOperations(city: CityUnderTest): Promise<{ operations: Operation[]; problem: Schema }> {
  const document = withoutReferences((await city.get('/v1/openapi.json')).body) as Document;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([name, { security, parameters, requestBody, responses }]): Operation => {
      const method = name.toUpperCase();
      return {
        key: `${method} ${path}`,
        method,
        path,
        isPublic: security.length === 0,
        parameters,
        body: requestBody?.content['application/json']?.schema,
        responses,
      };
    }),
  );
  return { operations, problem: document.components.schemas.Problem };
}
