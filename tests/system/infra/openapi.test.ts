import { describe, expect, test } from 'vitest';
import { readNamedSchemas } from '../../../infra/named-schemas.ts';
import { api } from '../../../shared/contracts/api.ts';
import type { Endpoint } from '../../../shared/contracts/endpoint.ts';
import { openApiDocument, problemsOf } from '../../../shared/http/openapi.ts';

type Json = Readonly<Record<string, unknown>>;
type Media = { readonly schema: Json; readonly example?: unknown };
type Response = { readonly $ref?: string; readonly content?: Readonly<Record<string, Media>>; readonly headers?: Json };
type Operation = {
  readonly operationId: string;
  readonly 'x-summary-zh': string;
  readonly parameters: readonly { readonly name?: string; readonly in?: string; readonly example?: unknown }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, Response>>;
};
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Json>>;
    readonly responses: Readonly<Record<string, Response>>;
  };
};

const document = openApiDocument(api, await readNamedSchemas()) as Document;
const endpoints = Object.values(api).flatMap((area) => Object.entries<Endpoint>(area));
const operationOf = ({ path, method }: Endpoint) => document.paths[path]?.[method.toLowerCase()];

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object in a value, but not in its examples. */
function* objectsIn(value: unknown): Generator<Json> {
  if (Array.isArray(value)) for (const one of value) yield* objectsIn(one);
  else if (isObject(value)) {
    yield value;
    for (const [name, one] of Object.entries(value)) if (!/^examples?$/.test(name)) yield* objectsIn(one);
  }
}

describe('an example', () => {
  test.each(endpoints)('of %s is what its contract takes and gives', (_, endpoint) => {
    const operation = operationOf(endpoint);
    if (endpoint.body) {
      const sent = operation?.requestBody?.content['application/json']?.example;
      expect(endpoint.body.safeParse(sent).error, JSON.stringify(sent)).toBeUndefined();
    }
    for (const [status, schema] of Object.entries(endpoint.answers)) {
      if (status === '204' || endpoint.answerType) continue;
      const given = operation?.responses[status]?.content?.['application/json']?.example;
      const parsed = schema.safeParse(given);
      expect(parsed.error, JSON.stringify(given)).toBeUndefined();
      expect(parsed.data, 'nothing unnamed').toEqual(given);
    }
    for (const [place, schema] of [
      ['path', endpoint.pathParams],
      ['query', endpoint.query],
    ] as const) {
      const parameters = operation?.parameters.filter((parameter) => parameter.in === place) ?? [];
      const values = Object.fromEntries(parameters.map(({ name = '', example }) => [name, example]));
      if (schema) expect(schema.safeParse(values).error, JSON.stringify(values)).toBeUndefined();
    }
  });
});

describe('the schemas', () => {
  test('stand in the document once, by name', () => {
    const { schemas } = document.components;
    // What is sent may differ from what is answered in a default alone; then both stand there.
    const roots = Object.entries(schemas).filter(([name]) => !name.endsWith('Input'));
    const tops = new Set<unknown>(roots.map(([, schema]) => schema));
    const times = new Map<string, number>();
    for (const part of objectsIn([roots, document.paths])) {
      const fields = isObject(part['properties']) ? Object.keys(part['properties']).length : 0;
      if (part['type'] !== 'object' || fields < 2 || tops.has(part)) continue;
      const text = JSON.stringify(part);
      times.set(text, (times.get(text) ?? 0) + 1);
    }
    expect([...times].filter(([, count]) => count > 1).map(([text]) => text)).toEqual([]);
    expect(times.size).toBeLessThan(70);
    expect(schemas).toMatchObject({ Booking: {}, Session: {}, Person: {}, Problem: {} });
  });

  test('say what their doc comments say', () => {
    expect(document.components.schemas).toMatchObject({
      Booking: {
        description: 'A place or a stretch of a room that somebody has.',
        properties: { byStaff: { description: "True when staff booked it on the beneficiary's behalf." } },
      },
      // Taken from what it extends.
      ClosureRow: { properties: { party: { description: expect.stringMatching(/^How many of one order/) } } },
      Series: {
        properties: { follows: { description: expect.stringMatching(/^The series that this one was cut from/) } },
      },
    });
  });
});

/** The codes that one response can carry. */
function codesOf({ $ref, content }: Response): string[] {
  if ($ref) return codesOf(document.components.responses[$ref.split('/').at(-1) ?? ''] ?? {});
  const parts = content?.['application/problem+json']?.schema['allOf'];
  const code = [...objectsIn(parts)].map((part) => part['enum']).filter(Array.isArray);
  return code.flat().map(String);
}

describe('the refusals', () => {
  test.each(endpoints)('of %s are an enum for each status', (_, endpoint) => {
    const { responses = {} } = operationOf(endpoint) ?? {};
    const refused = Object.entries(responses).filter(([status]) => status >= '400');
    expect(refused.flatMap(([, response]) => codesOf(response)).sort()).toEqual(
      [...problemsOf(endpoint), 'try-again', 'internal'].sort(),
    );
  });
});
