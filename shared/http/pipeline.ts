import { createHash } from 'node:crypto';
import middy from '@middy/core';
import { type Endpoint, routeKeyOf } from '../contracts/endpoint.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import type { Answer } from './answer.ts';
import { matchingTag } from './encoding.ts';
import { type Event, exchangeOf, found, type Result } from './exchange.ts';
import { compress } from './middleware/compress.ts';
import { identify } from './middleware/identify.ts';
import { matchRoute } from './middleware/match.ts';
import { measure } from './middleware/measure.ts';
import { parseInput, parsePath } from './middleware/parse.ts';
import { refuseByProblem } from './middleware/refuse.ts';
import { secure } from './middleware/secure.ts';
import type { Route } from './route.ts';

/** The answer by its contract: parsed on the way out, with a name (`ETag`) that a later request can ask for. */
function resultOf(endpoint: Endpoint, answer: Answer, event: Event): Result {
  const headers: Record<string, string> = { 'cache-control': 'no-store', ...answer.headers };
  const schema = endpoint.answers[answer.status];
  if (answer.status === 204) return { statusCode: 204, headers };
  if (!schema) throw new Error(`${routeKeyOf(endpoint)} answered ${answer.status}, which its contract does not name`);
  const isFile = 'text' in answer;
  const body = isFile ? answer.text : JSON.stringify(schema.parse(answer.body));
  headers['content-type'] = isFile ? answer.contentType : 'application/json; charset=utf-8';
  if (endpoint.method === 'GET') {
    const etag = headers['etag'] ?? `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    headers['cache-control'] = answer.headers?.['cache-control'] ?? 'private, no-cache';
    const known = matchingTag(event.headers['if-none-match'], etag);
    headers['etag'] = known ?? etag;
    if (known) return { statusCode: 304, headers };
  }
  return { statusCode: answer.status, headers, body };
}

/** Calls the route's function with what its contract has parsed. */
async function serve(event: Event): Promise<Result> {
  const exchange = exchangeOf(event);
  const { endpoint, run } = found(exchange, 'route');
  const { path, query, body } = exchange;
  return resultOf(endpoint, await run(found(exchange, 'context'), { path, query, body } as never), event);
}

/**
 * The one pipeline of every HTTP function. Down the list on the way in, up on the way out: what is refused anywhere becomes a problem,
 * and every answer is secured and measured. `unknown` says no to what no route of the API matches, where this function stands behind
 * the default route.
 */
export function httpHandler(routes: readonly Route[], unknown: (event: Event) => Refusal = () => refuse('not-found')) {
  return middy<Event, Result>(serve)
    .use(compress())
    .use(secure())
    .use(measure())
    .use(refuseByProblem())
    .use(matchRoute(routes, unknown))
    .use(parsePath())
    .use(identify())
    .use(parseInput());
}
