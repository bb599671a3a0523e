import { refuse } from './refusal.ts';

/** What an attempt gives that is to be made again. */
export const retry: unique symbol = Symbol('retry');
export type Retry = typeof retry;

/**
 * Makes an attempt, and makes it again at once while it gives {@link retry} or fails with an error that `isMet` says it has met and taken
 * in; at most `rounds` attempts, counted from 0. For decisions about what somebody else has changed meanwhile: each attempt looks anew,
 * so there is nothing to wait for. What the table cannot do just now waits instead (`shared/table/retry.ts`). Refuses `try-again` after
 * the last attempt.
 */
export async function again<T>(
  rounds: number,
  attempt: (round: number) => Promise<T | Retry>,
  isMet: (error: unknown) => boolean = () => false,
): Promise<T> {
  for (let round = 0; round < rounds; round += 1) {
    try {
      const outcome = await attempt(round);
      if (outcome !== retry) return outcome;
    } catch (error) {
      if (!isMet(error)) throw error;
    }
  }
  throw refuse('try-again');
}
