import { anyone } from '../../../shared/access/authorize.ts';
import type { Publication, RoundId } from '../../../shared/contracts/rounds.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { openCursor, sealCursor } from '../../../shared/table/cursors.ts';
import { publishedSessions } from '../draw/rules/ballots.ts';
import { ruleOf } from '../draw/rules/text.ts';
import { isDrawn } from '../rules.ts';
import { readRound, readSessionsOfRound } from '../store.ts';
import { readDrawnPage } from './store.ts';

/**
 * Everything that the draw was made of and led to, page by page, for anybody to check: nobody's name is in it. Refuses `not-found`,
 * `round-not-drawn`, `invalid-cursor`.
 */
export async function readPublication(
  context: RequestContext,
  roundId: RoundId,
  cursor: string | undefined,
): Promise<Publication> {
  const by = anyone(context);
  const round = await readRound(by, roundId);
  if (!round || round.status === 'abandoned') throw refuse('not-found');
  const { seed, resultHash, groups, seedHash, drawsAt } = round;
  if (!isDrawn(round) || seed === undefined || resultHash === undefined) throw refuse('round-not-drawn', { drawsAt });
  const scope = `publication ${by.tenantId} ${roundId}`;
  const [{ sessions, places = [] }, { rows, last }] = await Promise.all([
    readSessionsOfRound(by, roundId),
    readDrawnPage(by, roundId, await openCursor(cursor, scope)),
  ]);
  const nextCursor = await sealCursor(last, scope);
  return {
    roundId,
    rule: ruleOf(round.ruleVersion),
    seed,
    seedHash,
    groups,
    sessions: publishedSessions(sessions, places),
    resultHash,
    applicationCount: round.applications ?? 0,
    applications: rows,
    ...(nextCursor ? { nextCursor } : {}),
  };
}
