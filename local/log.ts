import type { FunctionSpec } from './cloudformation/resources.ts';
import type { FunctionError } from './functions/environment.ts';
import type { RequestLine } from './http/gateway.ts';

export type Log = {
  request(line: RequestLine): void;
  failure(spec: FunctionSpec, error: FunctionError): void;
  /** What a function wrote itself. */
  functionLine(spec: FunctionSpec, line: string): void;
  trouble(place: string, error: unknown): void;
};

export type Write = (line: string) => void;

/** One readable line per request; the functions' own lines only when they warn or fail. */
export function readableLog(write: Write): Log {
  return {
    request: ({ method, path, status, milliseconds, cold, traceId }) =>
      write(
        `${method.padEnd(6)} ${path} ${status} ${milliseconds.toFixed(0)} ms ${cold ? 'cold' : 'warm'}${traceId ? ` ${traceId}` : ''}`,
      ),
    failure: ({ name }, error) => write(`${name} failed: ${error.errorType}: ${error.stack ?? error.message}`),
    functionLine: ({ name }, line) => {
      const level = /"level":"(\w+)"/.exec(line)?.[1];
      if (level === undefined || ['WARN', 'ERROR', 'CRITICAL'].includes(level)) write(`${name}: ${line}`);
    },
    trouble: (place, error) => write(`${place}: ${error instanceof Error ? error.message : String(error)}`),
  };
}

/** The same as JSON, one object a line, with everything the functions write. */
export function jsonLog(write: Write): Log {
  const put = (kind: string, facts: object) => write(JSON.stringify({ kind, at: new Date().toISOString(), ...facts }));
  return {
    request: (line) => put('request', line),
    failure: ({ name }, { errorType, message, stack }) => put('failure', { function: name, errorType, message, stack }),
    functionLine: ({ name }, line) => put('function', { function: name, line }),
    trouble: (place, error) =>
      put('trouble', { place, message: error instanceof Error ? error.message : String(error) }),
  };
}

export const silentLog: Log = {
  request: () => undefined,
  failure: () => undefined,
  functionLine: () => undefined,
  trouble: () => undefined,
};
