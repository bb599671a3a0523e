import { randomBytes } from 'node:crypto';

/** The trace id of W3C Trace Context's `traceparent`, or a new one: 32 hex digits that stand in every log line and problem. */
export function traceIdOf(traceparent: string | undefined): string {
  const match = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}$/.exec(traceparent ?? '');
  const given = match?.[1];
  return given && !/^0+$/.test(given) ? given : randomBytes(16).toString('hex');
}
