import { isLocal } from '../../kernel/environment.ts';
import { resetTableUse, tableUse } from '../../table/meter.ts';
import { type Event, exchangeOf, type Middleware, type Result } from '../exchange.ts';
import { recordRequest } from '../telemetry.ts';
import { traceIdOf } from '../trace.ts';

/** Begins the exchange with its trace id; at its end one log line and metrics say what it answered and cost, and the answer names the trace. */
export function measure(): Middleware {
  const end = ({ event, response }: { event: Event; response: Result | null | undefined }): void => {
    const { startedAtMilliseconds, traceId, context, code } = exchangeOf(event);
    if (!response) return;
    const milliseconds = performance.now() - startedAtMilliseconds;
    const status = response.statusCode ?? 200;
    recordRequest({ routeKey: event.routeKey, status, milliseconds, traceId, tenantId: context?.tenantId, code });
    response.headers = { ...response.headers, 'trace-id': traceId };
    if (!isLocal()) return;
    const { calls, readUnits, writeUnits } = tableUse();
    response.headers['linli-table'] =
      `calls=${calls}; read=${readUnits}; write=${writeUnits}; ms=${milliseconds.toFixed(2)}`;
  };
  return {
    before: (request) => {
      resetTableUse();
      const traceId = traceIdOf(request.event.headers['traceparent']);
      request.event = { ...request.event, exchange: { startedAtMilliseconds: performance.now(), traceId } };
    },
    after: end,
    onError: end,
  };
}
