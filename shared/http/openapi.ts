import * as z from 'zod';
import { problem } from '../contracts/common.ts';
import { type Endpoint, routeKeyOf } from '../contracts/endpoint.ts';

type JsonObject = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): JsonObject => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonObject;
  return rest;
};

function parametersOf(route: Endpoint): JsonObject[] {
  const parameters: JsonObject[] = [];
  for (const [place, schema] of [
    ['path', route.pathParams],
    ['query', route.query],
  ] as const) {
    if (!schema) continue;
    const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
      properties?: JsonObject;
      required?: string[];
    };
    for (const [name, property] of Object.entries(properties)) {
      parameters.push({ name, in: place, required: place === 'path' || required.includes(name), schema: property });
    }
  }
  if (route.idempotencyKey || route.method === 'POST') {
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: route.idempotencyKey === 'required',
      description:
        'Repeating a request with the same key gives the first answer again, with Idempotency-Replayed: true.',
      schema: { type: 'string', maxLength: 128 },
    });
  }
  return parameters;
}

function responsesOf(route: Endpoint): JsonObject {
  const responses: JsonObject = {};
  for (const [status, schema] of Object.entries(route.answers)) {
    responses[status] =
      status === '204'
        ? { description: 'Done; nothing to say.' }
        : {
            description: 'As asked.',
            content: { [route.answerType ?? 'application/json']: { schema: schemaOf(schema, 'output') } },
          };
  }
  responses['default'] = {
    description:
      `A refusal. ${route.problems?.length ? `Codes of this route: ${route.problems.join(', ')}.` : ''}`.trim(),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  return responses;
}

/** `GET /v1/rooms/{roomId}/availability` → `getV1RoomsRoomIdAvailability`: stable and unique because route keys are. */
const operationIdOf = (route: Endpoint): string =>
  routeKeyOf(route)
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word, index) => (index === 0 ? word.toLowerCase() : (word[0] ?? '').toUpperCase() + word.slice(1)))
    .join('');

/** The OpenAPI 3.1 document of these modules, made from the very route tables that are deployed. */
export function openApiDocument(modules: Readonly<Record<string, readonly Endpoint[]>>): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const [module, routes] of Object.entries(modules)) {
    for (const route of routes) {
      paths[route.path] ??= {};
      (paths[route.path] as JsonObject)[route.method.toLowerCase()] = {
        operationId: operationIdOf(route),
        tags: [module],
        summary: route.summary,
        security: route.auth === 'public' ? [] : [{ [route.auth === 'own-key' ? 'ownKey' : 'bearer']: [] }],
        parameters: parametersOf(route),
        ...(route.body
          ? {
              requestBody: {
                required: !route.bodyOptional,
                content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
              },
            }
          : {}),
        responses: responsesOf(route),
      };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Linli 邻里',
      version: '1.0.0',
      description: 'Bookings and services of a city’s neighborhood centers.',
    },
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        ownKey: { type: 'http', scheme: 'bearer', description: 'The key of a thing, not of a person: a door’s.' },
      },
    },
  };
}
