import type * as z from 'zod';
import { areas } from '../contracts/areas.ts';
import { problem } from '../contracts/common.ts';
import type { Endpoint } from '../contracts/endpoint.ts';
import { type ProblemCode, problemCatalog } from '../kernel/problem-catalog.ts';
import { exampleBook } from './openapi-examples.ts';
import {
  type Documented,
  type JsonObject,
  nameOfReference,
  namesIn,
  type Side,
  schemaBook,
} from './openapi-schemas.ts';

/** The endpoints of the API by area and name. */
export type Api = Readonly<Record<string, Readonly<Record<string, Endpoint>>>>;

const PROBLEM = 'application/problem+json';

/** What the pipeline refuses before a function is asked, by what an endpoint declares. */
export function pipelineProblems(endpoint: Endpoint): ProblemCode[] {
  return [
    'not-signed-in',
    ...(endpoint.auth === 'own-key' ? [] : (['token-expired'] as const)),
    'invalid-input',
    ...(endpoint.pathParams ? (['not-found'] as const) : []),
    ...(endpoint.body ? (['bad-json', 'too-large', 'unsupported-media-type'] as const) : []),
    ...(endpoint.idempotencyKey ? (['idempotency-key-reused'] as const) : []),
    ...(endpoint.idempotencyKey === 'required' ? (['idempotency-key-required'] as const) : []),
    ...(endpoint.version === 'required' ? (['precondition-required', 'precondition-failed'] as const) : []),
  ];
}

/** Everything that an endpoint can be refused for, each once: its own reasons first, then those of the pipeline. */
export const problemsOf = (endpoint: Endpoint): ProblemCode[] => [
  ...new Set([...(endpoint.problems ?? []), ...pipelineProblems(endpoint)]),
];

const headers = {
  'Trace-Id': {
    description: 'Names this request in every log line, 32 hex digits; that of `traceparent` when one was sent.',
    schema: { type: 'string', pattern: '^[\\da-f]{32}$', examples: ['0af7651916cd43dd8448eb211c80319c'] },
  },
  ETag: {
    description:
      'Names what was answered. `If-None-Match` asks whether it is still so; where a change needs it, `If-Match` sends it back.',
    schema: { type: 'string', examples: ['"7"'] },
  },
  'Idempotency-Replayed': {
    description:
      '`true` when an earlier request with this `Idempotency-Key` was answered again; nothing was done twice.',
    schema: { type: 'string', enum: ['true'] },
  },
  'Retry-After': { description: 'Seconds to wait before asking again.', schema: { type: 'string', examples: ['1'] } },
  'Content-Disposition': {
    description: 'The name of the file.',
    schema: { type: 'string', examples: ['attachment; filename="20260302-0000000000000.ics"'] },
  },
  'WWW-Authenticate': { description: 'How to sign in.', schema: { type: 'string', enum: ['Bearer'] } },
};
type Header = keyof typeof headers;

const headersNamed = (...names: readonly Header[]): JsonObject =>
  Object.fromEntries(['Trace-Id' as const, ...names].map((name) => [name, { $ref: `#/components/headers/${name}` }]));

const requestHeaders = {
  idempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Names the request: sent again under the same key it gives the first answer again, and nothing happens twice.',
    schema: {
      type: 'string',
      maxLength: 128,
      pattern: '^[\\x21-\\x7e]+$',
      examples: ['2f1c8a5e-7b0d-4c1e-9a55-3d0f6f6b1a20'],
    },
  },
  ifMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'The `ETag` that was read; when it has changed since, nothing is done.',
    schema: { type: 'string', examples: ['"7"'] },
  },
  ifNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The `ETag` of an earlier answer; when nothing has changed, the answer is 304 without a body.',
    schema: { type: 'string', examples: ['"1pXb0m6dB1sGkXo3cXyqQw"'] },
  },
};

const authSentences: Readonly<Record<Endpoint['auth'], string>> = {
  public: 'For anybody.',
  'signed-in': 'For whoever has signed in; what they may do is looked up for each request.',
  'own-key': 'For a lock, by a key of its own.',
};

/** What an operation does, who may ask, and each of its own refusals with its words. */
function descriptionOf(endpoint: Endpoint): string {
  const refusals = (endpoint.problems ?? []).map(
    (code) => `- \`${code}\` (${problemCatalog[code].status}): ${problemCatalog[code].en}`,
  );
  return [
    endpoint.description ?? endpoint.summary,
    authSentences[endpoint.auth],
    ...(refusals.length > 0 ? [`Refusals of its own:\n\n${refusals.join('\n')}`] : []),
  ].join('\n\n');
}

const codesSchema = (codes: readonly ProblemCode[]): JsonObject => ({
  type: 'object',
  properties: { code: { type: 'string', enum: [...codes] } },
  required: ['code'],
});

/** `bookRoom` → `BookRoomProblem`. */
const problemNameOf = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}Problem`;

/** The refusals that are the same for many operations, named by their codes. */
const commonRefusals: Readonly<Record<string, readonly ProblemCode[]>> = {
  NotSignedIn: ['not-signed-in', 'token-expired'],
  KeyUnknown: ['not-signed-in'],
  NotFound: ['not-found'],
  InvalidInput: ['invalid-input'],
  InvalidOrReused: ['invalid-input', 'idempotency-key-reused'],
  BadJson: ['bad-json'],
  TooLarge: ['too-large'],
  UnsupportedMediaType: ['unsupported-media-type'],
  PreconditionFailed: ['precondition-failed'],
  PreconditionRequired: ['precondition-required'],
  TryAgain: ['try-again'],
  Failed: ['internal'],
};

const sameCodes = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((code) => others.includes(code));

const routeOf = ({ path, method }: Endpoint): string => `${path} ${method}`;

/** Every schema that the endpoints declare, and a problem. */
function* usesOf(endpoints: readonly Endpoint[]): Generator<readonly [z.ZodType, Side]> {
  yield [problem, 'output'];
  for (const { pathParams, query, body, answers } of endpoints) {
    for (const schema of [pathParams, query, body]) if (schema) yield [schema, 'input'];
    for (const [status, schema] of Object.entries(answers)) if (status !== '204') yield [schema, 'output'];
  }
}

/** The schemas that a document uses, directly or through others. */
function withoutUnused(schemas: Readonly<Record<string, JsonObject>>, roots: unknown): Record<string, JsonObject> {
  const used = new Set<string>();
  const visit = (part: unknown): void => {
    for (const name of namesIn(part)) {
      if (used.has(name)) continue;
      used.add(name);
      visit(schemas[name]);
    }
  };
  visit(roots);
  return Object.fromEntries(
    Object.entries(schemas)
      .filter(([name]) => used.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The OpenAPI 3.1 document of an API, made from its contracts. `named` are the schemas that the contracts export. */
export function openApiDocument(api: Api, named: ReadonlyMap<string, Documented>): JsonObject {
  // By area, then by path: the names of a module come in the order of the alphabet.
  const endpoints = Object.entries(api).flatMap(([area, operations]) =>
    Object.entries(operations)
      .map(([name, endpoint]) => ({ area, name, endpoint }))
      .sort((a, b) => (routeOf(a.endpoint) < routeOf(b.endpoint) ? -1 : 1)),
  );
  const book = schemaBook(named, usesOf(endpoints.map(({ endpoint }) => endpoint)));
  const examples = exampleBook(book.components);
  const schemas: Record<string, JsonObject> = { ...book.components };
  const problemSchema = { $ref: '#/components/schemas/Problem' };

  function refusal(codes: readonly ProblemCode[], schema: JsonObject, example?: unknown): JsonObject {
    const [first = 'internal'] = codes;
    const waits = codes.some((code) => code === 'rate-limited' || code === 'try-again');
    return {
      description:
        codes.length === 1
          ? problemCatalog[first].en
          : `Refused; \`code\` says why: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
      headers: headersNamed(
        ...(waits ? (['Retry-After'] as const) : []),
        ...(problemCatalog[first].status === 401 ? (['WWW-Authenticate'] as const) : []),
      ),
      content: { [PROBLEM]: { schema, ...(example ? { example } : {}) } },
    };
  }

  /** The refusals of one operation by status; a status that is refused the same way everywhere is a shared response. */
  function refusalsOf(name: string, endpoint: Endpoint): JsonObject {
    const codes = problemsOf(endpoint);
    const byStatus = Map.groupBy(
      [...codes, 'try-again' as const, 'internal' as const],
      (code) => problemCatalog[code].status,
    );
    const responses: JsonObject = {};
    for (const [status, ofStatus] of [...byStatus].sort(([a], [b]) => a - b)) {
      const [common] = Object.entries(commonRefusals).find(([, those]) => sameCodes(those, ofStatus)) ?? [];
      if (common) responses[status] = { $ref: `#/components/responses/${common}` };
      else {
        const ofRoute = problemNameOf(name);
        schemas[ofRoute] ??= {
          description: `How \`${name}\` is refused.`,
          allOf: [problemSchema, codesSchema(codes)],
        };
        responses[status] = refusal(ofStatus, {
          allOf: [{ $ref: `#/components/schemas/${ofRoute}` }, codesSchema(ofStatus)],
        });
      }
    }
    return responses;
  }

  function answersOf(endpoint: Endpoint): JsonObject {
    const responses: JsonObject = {};
    for (const [status, schema] of Object.entries(endpoint.answers)) {
      const names: Header[] = [
        ...(endpoint.method === 'GET' || endpoint.version ? (['ETag'] as const) : []),
        ...(endpoint.idempotencyKey && status === '201' ? (['Idempotency-Replayed'] as const) : []),
        ...(endpoint.attachment ? (['Content-Disposition'] as const) : []),
      ];
      const json = status === '204' ? undefined : book.schemaOf(schema, 'output');
      responses[status] = {
        description: descriptions[status] ?? 'As asked.',
        headers: headersNamed(...names),
        ...(json
          ? {
              content: {
                [endpoint.answerType ?? 'application/json']: endpoint.answerType
                  ? { schema: json }
                  : { schema: json, example: examples.of(json) },
              },
            }
          : {}),
      };
    }
    if (endpoint.method === 'GET') responses['304'] = { $ref: '#/components/responses/NotModified' };
    return responses;
  }

  function parametersOf(endpoint: Endpoint): JsonObject[] {
    const parameters: JsonObject[] = [];
    for (const [place, schema] of [
      ['path', endpoint.pathParams],
      ['query', endpoint.query],
    ] as const) {
      if (!schema) continue;
      const { properties, required } = fieldsOf(schema);
      for (const [name, property] of Object.entries(properties)) {
        const { description, ...rest } = property;
        parameters.push({
          name,
          in: place,
          required: place === 'path' || required.includes(name),
          ...(description ? { description } : {}),
          schema: rest,
          example: examples.of(rest, name),
        });
      }
    }
    if (endpoint.idempotencyKey) {
      const required = endpoint.idempotencyKey === 'required';
      parameters.push({ $ref: `#/components/parameters/${required ? 'idempotencyKeyRequired' : 'idempotencyKey'}` });
    }
    if (endpoint.version === 'required') parameters.push({ $ref: '#/components/parameters/ifMatch' });
    if (endpoint.method === 'GET') parameters.push({ $ref: '#/components/parameters/ifNoneMatch' });
    return parameters;
  }

  /** The fields of an object, be it a component. */
  function fieldsOf(schema: z.ZodType) {
    const json = book.schemaOf(schema, 'input');
    const reference = json['$ref'];
    const object = typeof reference === 'string' ? book.components[nameOfReference(reference)] : json;
    const { properties = {}, required = [] } = (object ?? {}) as {
      properties?: Record<string, JsonObject>;
      required?: string[];
    };
    return { properties, required };
  }

  const paths: Record<string, JsonObject> = {};
  for (const { area, name, endpoint } of endpoints) {
    const body = endpoint.body ? book.schemaOf(endpoint.body, 'input') : undefined;
    paths[endpoint.path] = {
      ...paths[endpoint.path],
      [endpoint.method.toLowerCase()]: {
        operationId: name,
        tags: [area],
        summary: endpoint.summary,
        'x-summary-zh': endpoint.summaryZh,
        description: descriptionOf(endpoint),
        security: endpoint.auth === 'public' ? [] : [{ [endpoint.auth === 'own-key' ? 'ownKey' : 'bearer']: [] }],
        parameters: parametersOf(endpoint),
        ...(body
          ? {
              requestBody: {
                required: !endpoint.bodyOptional,
                content: { 'application/json': { schema: body, example: examples.of(body) } },
              },
            }
          : {}),
        responses: { ...answersOf(endpoint), ...refusalsOf(name, endpoint) },
      },
    };
  }

  const responses = Object.fromEntries(
    Object.entries(commonRefusals).map(([name, codes]) => [
      name,
      refusal(codes, { allOf: [problemSchema, codesSchema(codes)] }, examples.problem(codes[0] ?? 'internal')),
    ]),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Linli 邻里',
      version: '1.0.0',
      description: introduction,
      contact: { name: 'Linli 邻里' },
      license: { name: 'Proprietary', identifier: 'LicenseRef-Linli' },
    },
    servers: [{ url: '/', description: 'The city at whose address this document was read.' }],
    tags: Object.entries(areas).map(([name, { en, zh }]) => ({ name, description: en, 'x-description-zh': zh })),
    paths,
    components: {
      schemas: withoutUnused(schemas, [paths, responses]),
      responses: { ...responses, NotModified: { description: 'Nothing has changed.', headers: headersNamed('ETag') } },
      parameters: {
        ...requestHeaders,
        idempotencyKeyRequired: { ...requestHeaders.idempotencyKey, required: true },
      },
      headers,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The access token of a sign-in (`signIn`, `refreshTokens`; a program: `signInService`).',
        },
        ownKey: { type: 'http', scheme: 'bearer', description: 'The key of a thing, not of a person: a door’s.' },
      },
    },
  };
}

const introduction = `Bookings and services of a city’s neighborhood centers.

Every answer carries \`Trace-Id\`. Every refusal is a \`Problem\` (RFC 9457) with a stable \`code\`; each operation lists its codes. Money is in
integer fen, times of day are quarter-hours of the center’s own clock, instants are UTC. Unknown fields are refused.`;

const descriptions: Readonly<Record<string, string>> = {
  '201': 'Made, as it stands now.',
  '202': 'Taken; the rest happens after the answer.',
  '204': 'Done; there is nothing to say.',
};
