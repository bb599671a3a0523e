import { type Authorized, asSystem } from '../../shared/access/authorize.ts';
import { logger } from '../../shared/http/logger.ts';
import { tenantIds } from '../../shared/http/tenant.ts';
import { clockNow } from '../../shared/kernel/clock.ts';
import { advance } from './commands/steps.ts';
import type { RoundItem } from './items.ts';
import { readDueRounds } from './store.ts';

/** No step is begun later than this; one takes a few seconds, and the function is stopped after 55. What is left waits a minute. */
const BUDGET_MS = 35_000;

/** Carries a round on, step after step, until nothing is due or the time is up. Gives how many steps were taken. */
export async function carryOn(by: Authorized, due: RoundItem, mayGoOn: () => boolean): Promise<number> {
  let steps = 0;
  let round: RoundItem | undefined = due;
  while (round && mayGoOn()) {
    round = await advance(by, round);
    steps += 1;
  }
  return steps;
}

/** Every minute: rounds whose time has come are closed, drawn and seated. One that fails does not keep the others waiting. */
export const handler = async (): Promise<void> => {
  const startedAtMs = performance.now();
  const now = clockNow();
  const mayGoOn = () => performance.now() - startedAtMs < BUDGET_MS;
  for (const tenantId of tenantIds()) {
    const by = asSystem(tenantId, now);
    for (const round of await readDueRounds(by)) {
      try {
        const steps = await carryOn(by, round, mayGoOn);
        logger.info('round carried on', { tenantId, roundId: round.roundId, from: round.status, steps });
      } catch (error) {
        const { roundId, status } = round;
        logger.error('round stands still', {
          tenantId,
          roundId,
          status,
          error: error instanceof Error ? error : String(error),
        });
      }
    }
  }
};
