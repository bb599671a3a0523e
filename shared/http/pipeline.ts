import { createHash } from 'node:crypto';
import middy from '@middy/core';
import httpSecurityHeaders from '@middy/http-security-headers';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { type Endpoint, routeKeyOf } from '../contracts/endpoint.ts';
import { clockNow } from '../kernel/clock.ts';
import { isLocal } from '../kernel/environment.ts';
import { Refusal, refuse } from '../kernel/refusal.ts';
import { resetTableUse, tableUse } from '../table/meter.ts';
import type { Answer } from './answer.ts';
import { callerOf } from './caller.ts';
import type { Actor, RequestContext } from './context.ts';
import { fieldProblems, problemBody } from './problem.ts';
import type { Route } from './route.ts';
import { logger, recordRequest } from './telemetry.ts';
import { tenantOfHost } from './tenant.ts';
import { actorOf } from './token.ts';
import { traceIdOf } from './trace.ts';

const MAX_BODY_BYTES = 256 * 1024;
const MAX_KEY_LENGTH = 128;
/** A route that names no query takes none: an unknown field is refused wherever it stands. */
const noQuery = z.strictObject({});

export type Event = APIGatewayProxyEventV2;
type Result = APIGatewayProxyStructuredResultV2;

/** The parsed value, or a refusal that names each field and the rule it broke. */
function parsed(schema: z.ZodType | undefined, value: unknown, place: 'path' | 'query' | 'body'): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // A path that cannot name anything names nothing: 404, not a lesson about its format.
  if (place === 'path') throw refuse('not-found');
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

function bearerOf(event: Event): string | undefined {
  const header = event.headers['authorization'];
  if (header === undefined) return undefined;
  const token = /^Bearer ([\w.-]+)$/.exec(header)?.[1];
  if (!token) throw refuse('not-signed-in');
  return token;
}

function idempotencyKeyOf(event: Event, endpoint: Endpoint): string | undefined {
  const key = event.headers['idempotency-key'];
  if (key === undefined) {
    if (endpoint.idempotencyKey === 'required') throw refuse('idempotency-key-required');
    return undefined;
  }
  if (key.length > MAX_KEY_LENGTH || !/^[\x21-\x7e]+$/.test(key)) {
    throw new Refusal('invalid-input', {}, [
      { at: 'header.idempotency-key', rule: 'format', message: `1 to ${MAX_KEY_LENGTH} visible ASCII characters` },
    ]);
  }
  return key;
}

async function contextOf(event: Event, endpoint: Endpoint, traceId: string): Promise<RequestContext> {
  const now = clockNow();
  const bearer = bearerOf(event);
  if (endpoint.auth !== 'public' && !bearer) throw refuse('not-signed-in');
  const ownKey = endpoint.auth === 'own-key' ? bearer : undefined;
  const actor: Actor | undefined = bearer && !ownKey ? await actorOf(bearer, now) : undefined;
  const caller = callerOf(event);
  const host = tenantOfHost(caller.host);
  // A token of one city opens nothing at the address of another.
  if (actor && host.named && host.tenantId !== actor.tenantId) throw refuse('not-signed-in');
  return {
    tenantId: actor?.tenantId ?? host.tenantId,
    actor,
    ...(ownKey ? { ownKey } : {}),
    now,
    traceId,
    idempotencyKey: idempotencyKeyOf(event, endpoint),
    ifMatch: event.headers['if-match'],
    sourceIp: caller.sourceIp,
    language: /^en\b/i.test(event.headers['accept-language'] ?? '') ? 'en' : 'zh',
  };
}

function resultOf(endpoint: Endpoint, answer: Answer, event: Event): Result {
  const headers: Record<string, string> = { 'cache-control': 'no-store', ...answer.headers };
  const schema = endpoint.answers[answer.status];
  if (answer.status === 204) return { statusCode: 204, headers };
  if (!schema) throw new Error(`${routeKeyOf(endpoint)} answered ${answer.status}, which its table does not name`);
  const isFile = 'text' in answer;
  const body = isFile ? answer.text : JSON.stringify(schema.parse(answer.body));
  headers['content-type'] = isFile ? answer.contentType : 'application/json; charset=utf-8';
  if (endpoint.method === 'GET') {
    headers['etag'] ??= `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    headers['cache-control'] = answer.headers?.['cache-control'] ?? 'private, no-cache';
    if (event.headers['if-none-match'] === headers['etag']) return { statusCode: 304, headers };
  }
  return { statusCode: answer.status, headers, body };
}

function refused(error: unknown, traceId: string): { result: Result; code: string } {
  const refusal = error instanceof Refusal ? error : refuse('internal');
  if (refusal !== error) logger.error('unexpected', { traceId, error: error instanceof Error ? error : String(error) });
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'content-language': 'zh-CN',
  };
  if (refusal.status === 401) headers['www-authenticate'] = 'Bearer';
  const allow = refusal.facts['allow'];
  if (Array.isArray(allow)) headers['allow'] = allow.join(', ');
  if (refusal.code === 'try-again') headers['retry-after'] = '1';
  const wait = refusal.facts['retryAfterSeconds'];
  if (typeof wait === 'number') headers['retry-after'] = String(wait);
  return {
    code: refusal.code,
    result: { statusCode: refusal.status, headers, body: JSON.stringify(problemBody(refusal, traceId)) },
  };
}

/**
 * The one pipeline of every HTTP function: trace id, verified token → actor, contract on path, query and body, the route's function,
 * contract on the answer, ETag, problem details for every failure, security headers, one log line, metrics. `unknown` says no to
 * what no route of the API matches, where this function stands behind the default route.
 */
export function httpHandler(routes: readonly Route[], unknown: (event: Event) => Refusal = () => refuse('not-found')) {
  const byKey = new Map(routes.map((route) => [routeKeyOf(route.endpoint), route]));

  async function answerTo(event: Event): Promise<Result> {
    const startedAt = performance.now();
    resetTableUse();
    const traceId = traceIdOf(event.headers['traceparent']);
    let code: string | undefined;
    let tenantId: string | undefined;
    let result: Result;
    try {
      const route = byKey.get(event.routeKey);
      if (!route) throw unknown(event);
      const { endpoint } = route;
      const path = parsed(endpoint.pathParams, event.pathParameters ?? {}, 'path');
      const context = await contextOf(event, endpoint, traceId);
      tenantId = context.tenantId;
      const query = parsed(endpoint.query ?? noQuery, event.queryStringParameters ?? {}, 'query');
      const sent = endpoint.bodyOptional && !event.body ? {} : undefined;
      const body = endpoint.body ? parsed(endpoint.body, sent ?? jsonBody(event), 'body') : undefined;
      result = resultOf(endpoint, await route.run({ path, query, body } as never, context), event);
    } catch (error) {
      ({ result, code } = refused(error, traceId));
    }
    const milliseconds = performance.now() - startedAt;
    const status = result.statusCode ?? 200;
    recordRequest({ routeKey: event.routeKey, status, milliseconds, traceId, tenantId, code });
    const use = tableUse();
    result.headers = {
      ...result.headers,
      'trace-id': traceId,
      ...(isLocal()
        ? {
            'linli-table': `calls=${use.calls}; read=${use.readUnits}; write=${use.writeUnits}; ms=${milliseconds.toFixed(2)}`,
          }
        : {}),
    };
    return result;
  }

  return middy<Event, Result>(answerTo).use(httpSecurityHeaders());
}
