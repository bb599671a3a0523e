import { asSystem } from '../../shared/access/authorize.ts';
import { logger } from '../../shared/http/logger.ts';
import { tenantIds } from '../../shared/http/tenant.ts';
import { clockNow } from '../../shared/kernel/clock.ts';
import { carryOn } from './commands/closing.ts';
import { readDueClosures } from './store/closures.ts';

/** No step is begun later than this; the function is stopped after 55. What is left waits a minute. */
const BUDGET_MS = 35_000;

/** Every minute: closures that a request left unfinished are carried on. One that fails does not keep the others waiting. */
export const handler = async (): Promise<void> => {
  const startedAtMs = performance.now();
  const now = clockNow();
  const mayGoOn = () => performance.now() - startedAtMs < BUDGET_MS;
  for (const tenantId of tenantIds()) {
    const by = asSystem(tenantId, now);
    for (const closure of await readDueClosures(by)) {
      const { closureId, status: from } = closure;
      try {
        const steps = await carryOn(by, closure, mayGoOn);
        logger.info('closure carried on', { tenantId, closureId, from, steps });
      } catch (error) {
        const cause = error instanceof Error ? error : String(error);
        logger.error('closure stands still', { tenantId, closureId, from, error: cause });
      }
    }
  }
};
