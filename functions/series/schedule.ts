import { asSystem } from '../../shared/access/authorize.ts';
import { logger } from '../../shared/http/logger.ts';
import { tenantIds } from '../../shared/http/tenant.ts';
import { clockNow } from '../../shared/kernel/clock.ts';
import { advance } from './occurrences/commands/advancing.ts';
import { readDueSeries, readSeries } from './store.ts';

/** Series of one city in one run; the next run takes the next ones. */
const MOST = 50;
const RUN_MS = 40_000;

/** Every minute: days that came into reach are booked for the series that wait for them, and what a client left off is finished. */
export const handler = async (): Promise<void> => {
  const now = clockNow();
  const until = performance.now() + RUN_MS;
  for (const tenantId of tenantIds()) {
    const by = asSystem(tenantId, now);
    for (const { seriesId } of await readDueSeries(by, MOST)) {
      if (performance.now() > until) return;
      try {
        await advance(by, await readSeries(by, seriesId));
      } catch (error) {
        logger.error('series failed', { tenantId, seriesId, error: error instanceof Error ? error : String(error) });
      }
    }
  }
};
