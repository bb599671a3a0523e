import { afterEach, describe, expect, test, vi } from 'vitest';
import { logger } from '../../../shared/http/logger.ts';
import { recordRequest } from '../../../shared/http/telemetry.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** What is written meanwhile, line by line. */
function written(work: () => void) {
  const lines: { to: string; line: unknown }[] = [];
  for (const to of ['stdout', 'stderr'] as const)
    vi.spyOn(process[to], 'write').mockImplementation((text) => lines.push({ to, line: JSON.parse(String(text)) }) > 0);
  work();
  vi.restoreAllMocks();
  return lines;
}

const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
const head = { timestamp, service: 'linli' };

describe('a line of the log', () => {
  test('is one JSON object with level, time, function and trace', () => {
    vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1');
    const lines = written(() => {
      logger.info('round carried on', { steps: 3 });
      logger.warn('orders released', { released: 1 });
    });
    const trace = { xray_trace_id: '1-67891233-abcdef012345678912345678' };
    expect(lines).toEqual([
      { to: 'stdout', line: { level: 'INFO', message: 'round carried on', ...head, ...trace, steps: 3 } },
      { to: 'stderr', line: { level: 'WARN', message: 'orders released', ...head, ...trace, released: 1 } },
    ]);
  });

  test('tells of an error its name, message, stack and cause, and nothing that it carries', () => {
    const error = Object.assign(new TypeError('outer', { cause: new Error('inner') }), {
      Item: { phone: { S: '138' } },
    });
    const [{ line } = { line: undefined }] = written(() => logger.error('unexpected', { error }));
    expect(line).toEqual({
      level: 'ERROR',
      message: 'unexpected',
      ...head,
      error: {
        name: 'TypeError',
        message: 'outer',
        stack: expect.stringContaining('TypeError: outer'),
        cause: { name: 'Error', message: 'inner', stack: expect.any(String) },
      },
    });
  });

  test('is written whatever it is told', () => {
    const circle: Record<string, unknown> = { count: 1n };
    expect(written(() => logger.info('counted', circle))).toMatchObject([{ line: { count: '1' } }]);
    circle['circle'] = circle;
    expect(written(() => logger.info('round', circle))).toMatchObject([
      { line: { message: 'round', service: 'linli' } },
    ]);
  });

  test('is left out below the level that Lambda is set to', () => {
    vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', 'ERROR');
    const lines = written(() => {
      logger.info('one', {});
      logger.warn('two', {});
      logger.error('three', {});
    });
    expect(lines).toMatchObject([{ line: { message: 'three' } }]);
    vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', 'DEBUG');
    expect(written(() => logger.info('one', {}))).toMatchObject([{ line: { message: 'one' } }]);
  });
});

test('a request is a line and its metrics, in the format that CloudWatch reads', () => {
  vi.stubEnv('LINLI_LOCAL', '');
  const facts = {
    routeKey: 'GET /v1/rooms',
    status: 200,
    milliseconds: 3.5,
    traceId: 'a',
    tenantId: undefined,
    code: undefined,
  };
  const [line, metrics] = written(() => recordRequest(facts)).map(({ line }) => line);
  expect(line).toMatchObject({
    level: 'INFO',
    message: 'request',
    routeKey: 'GET /v1/rooms',
    milliseconds: 3.5,
    calls: 0,
  });
  expect(metrics).toEqual({
    _aws: {
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [
        {
          Namespace: 'Linli',
          Dimensions: [['service', 'route']],
          Metrics: [
            { Name: 'latency', Unit: 'Milliseconds' },
            { Name: 'tableCalls', Unit: 'Count' },
            { Name: 'readUnits', Unit: 'Count' },
            { Name: 'writeUnits', Unit: 'Count' },
          ],
        },
      ],
    },
    service: 'linli',
    route: 'GET /v1/rooms',
    latency: 3.5,
    tableCalls: 0,
    readUnits: 0,
    writeUnits: 0,
  });
});
