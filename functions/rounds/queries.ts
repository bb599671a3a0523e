import { anyone } from '../../shared/access/authorize.ts';
import type { Round, RoundId, RoundSummary } from '../../shared/contracts/rounds.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { publicRound, summaryOf } from './rules.ts';
import { readRound, readRounds, readSessionsOfRound } from './store.ts';

/** All rounds of the city, the newest first. */
export async function listRounds(context: RequestContext): Promise<RoundSummary[]> {
  return (await readRounds(anyone(context))).map((round) => summaryOf(round, context.now));
}

/** One round with its sessions. Refuses `not-found`. */
export async function readOneRound(context: RequestContext, roundId: RoundId): Promise<Round> {
  const by = anyone(context);
  const round = await readRound(by, roundId);
  if (!round || round.status === 'abandoned') throw refuse('not-found');
  return publicRound(round, await readSessionsOfRound(by, roundId), context.now);
}
