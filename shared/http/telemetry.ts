import type { TenantId } from '../contracts/id.ts';
import { isLocal } from '../kernel/environment.ts';
import { tableUse } from '../table/meter.ts';
import { logger, service, writeFacts } from './logger.ts';

/**
 * CloudWatch makes metrics of a line of the log in its embedded metric format (EMF), without a call:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
function recordMetrics(
  routeKey: string,
  units: Readonly<Record<string, 'Milliseconds' | 'Count'>>,
  values: object,
): void {
  const Metrics = Object.entries(units).map(([Name, Unit]) => ({ Name, Unit }));
  const CloudWatchMetrics = [{ Namespace: 'Linli', Dimensions: [['service', 'route']], Metrics }];
  const _aws = { Timestamp: Date.now(), CloudWatchMetrics };
  writeFacts('stdout', { _aws, service, route: routeKey, ...values });
}

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
  const { calls: tableCalls, readUnits, writeUnits } = use;
  recordMetrics(
    facts.routeKey,
    { latency: 'Milliseconds', tableCalls: 'Count', readUnits: 'Count', writeUnits: 'Count' },
    { latency: facts.milliseconds, tableCalls, readUnits, writeUnits },
  );
}
