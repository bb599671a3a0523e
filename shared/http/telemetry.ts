import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { TenantId } from '../contracts/id.ts';
import { isLocal } from '../kernel/environment.ts';
import { tableUse } from '../table/meter.ts';

/** One structured log for a function. What is logged names requests and codes, never people: no body, no token, no phone. */
export const logger = new Logger({ serviceName: process.env['LINLI_MODULE'] ?? 'linli' });

const metrics = new Metrics({ namespace: 'Linli', serviceName: process.env['LINLI_MODULE'] ?? 'linli' });

/** What a request answered and cost, as one log line and as metrics; on one machine the local runtime prints its own line instead. */
export function recordRequest(facts: {
  routeKey: string;
  status: number;
  milliseconds: number;
  traceId: string;
  tenantId: TenantId | undefined;
  code: string | undefined;
}): void {
  if (isLocal()) return;
  const use = tableUse();
  logger.info('request', { ...facts, ...use });
  metrics.addDimension('route', facts.routeKey);
  metrics.addMetric('latency', MetricUnit.Milliseconds, facts.milliseconds);
  metrics.addMetric('tableCalls', MetricUnit.Count, use.calls);
  metrics.addMetric('readUnits', MetricUnit.Count, use.readUnits);
  metrics.addMetric('writeUnits', MetricUnit.Count, use.writeUnits);
  metrics.publishStoredMetrics();
}
