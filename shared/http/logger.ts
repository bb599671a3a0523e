/** From the least to the gravest. */
const levels = ['INFO', 'WARN', 'ERROR'];
type Level = 'INFO' | 'WARN' | 'ERROR';

export const service = process.env['LINLI_MODULE'] ?? 'linli';

/** The least level that is written, as Lambda's logging settings say; `FATAL` is above all that we write. */
function isWritten(level: Level): boolean {
  const least = process.env['AWS_LAMBDA_LOG_LEVEL'] ?? 'INFO';
  return least !== 'FATAL' && levels.indexOf(level) >= levels.indexOf(least);
}

/** Of an error its name, message, stack and cause: what else it carries, an item for one, stays out of the log. */
function loggable(_name: string, value: unknown): unknown {
  if (value instanceof Error)
    return { name: value.name, message: value.message, stack: value.stack, cause: value.cause };
  return typeof value === 'bigint' ? String(value) : value;
}

function jsonLine(facts: Readonly<Record<string, unknown>>): string {
  try {
    return JSON.stringify(facts, loggable);
  } catch (error) {
    // A log line that cannot be written must not fail the request.
    const { level, message, timestamp } = facts;
    return JSON.stringify({ level, message, timestamp, service, unwritable: String(error) });
  }
}

/** Lambda takes each line of either stream as an event of the log. */
export function writeFacts(to: 'stdout' | 'stderr', facts: Readonly<Record<string, unknown>>): void {
  process[to].write(`${jsonLine(facts)}\n`);
}

function log(level: Level, message: string, facts: Readonly<Record<string, unknown>>): void {
  if (!isWritten(level)) return;
  const head = { level, message, timestamp: new Date().toISOString(), service };
  const trace = /Root=([^;]+)/.exec(process.env['_X_AMZN_TRACE_ID'] ?? '')?.[1];
  writeFacts(level === 'WARN' || level === 'ERROR' ? 'stderr' : 'stdout', { ...head, xray_trace_id: trace, ...facts });
}

/** One structured log for a function. What is logged names requests and codes, never people: no body, no token, no phone. */
export const logger = {
  info: (message: string, facts: Readonly<Record<string, unknown>>): void => log('INFO', message, facts),
  warn: (message: string, facts: Readonly<Record<string, unknown>>): void => log('WARN', message, facts),
  error: (message: string, facts: Readonly<Record<string, unknown>>): void => log('ERROR', message, facts),
};
