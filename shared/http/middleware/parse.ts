import * as z from 'zod';
import { Refusal, refuse } from '../../kernel/refusal.ts';
import { type Event, exchangeOf, found, type Middleware } from '../exchange.ts';
import { fieldProblems } from '../problem.ts';

const MAX_BODY_BYTES = 256 * 1024;
/** A route that names no query takes none: an unknown field is refused wherever it stands. */
const noQuery = z.strictObject({});

/** The parsed value, or a refusal that names each field and the rule it broke. */
function parsed(schema: z.ZodType, value: unknown, place: 'query' | 'body'): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Refusal('invalid-input', {}, fieldProblems(place, result.error));
}

function jsonBody(event: Event): unknown {
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : (event.body ?? '');
  if (Buffer.byteLength(text) > MAX_BODY_BYTES) throw refuse('too-large', { maxBytes: MAX_BODY_BYTES });
  const mediaType = (event.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') throw refuse('unsupported-media-type');
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('bad-json');
  }
}

/** Parses the path. One that cannot name anything names nothing: 404, not a lesson about its format. */
export function parsePath(): Middleware {
  return {
    before: ({ event }) => {
      const exchange = exchangeOf(event);
      const result = found(exchange, 'route').endpoint.pathParams?.safeParse(event.pathParameters ?? {});
      if (result && !result.success) throw refuse('not-found');
      exchange.path = result?.data;
    },
  };
}

/** Parses query and body by the contract. */
export function parseInput(): Middleware {
  return {
    before: ({ event }) => {
      const exchange = exchangeOf(event);
      const { query, body, bodyOptional } = found(exchange, 'route').endpoint;
      exchange.query = parsed(query ?? noQuery, event.queryStringParameters ?? {}, 'query');
      const isLeftOut = bodyOptional && !event.body;
      if (body) exchange.body = parsed(body, isLeftOut ? {} : jsonBody(event), 'body');
    },
  };
}
