import { Refusal, refuse } from '../../kernel/refusal.ts';
import { exchangeOf, type Middleware } from '../exchange.ts';
import { logger } from '../logger.ts';
import { problemBody } from '../problem.ts';

/** The headers of a refusal: what it is, and what to do about it where a header says so. */
function headersOf({ status, code, facts }: Refusal): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'content-language': 'zh-CN',
  };
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  if (Array.isArray(facts['allow'])) headers['allow'] = facts['allow'].join(', ');
  if (code === 'try-again') headers['retry-after'] = '1';
  const wait = facts['retryAfterSeconds'];
  if (typeof wait === 'number') headers['retry-after'] = String(wait);
  return headers;
}

/** Problem details (RFC 9457) for everything that is thrown; what is no refusal of ours is logged and told as `internal`. */
export function refuseByProblem(): Middleware {
  return {
    onError: (request) => {
      const { event, error } = request;
      const exchange = exchangeOf(event);
      const { traceId } = exchange;
      const refusal = error instanceof Refusal ? error : refuse('internal');
      if (refusal !== error) {
        logger.error('unexpected', { traceId, error: error instanceof Error ? error : String(error) });
      }
      exchange.code = refusal.code;
      // A value given back would end the chain here, and the outer middlewares have their part to add.
      request.response = {
        statusCode: refusal.status,
        headers: headersOf(refusal),
        body: JSON.stringify(problemBody(refusal, traceId)),
      };
    },
  };
}
