import type { Authorized } from '../../../shared/access/authorize.ts';
import { putInRound, seatWinners } from '../../../shared/booking/claim/round-seats.ts';
import type { TenantId } from '../../../shared/contracts/id.ts';
import type { RoundId } from '../../../shared/contracts/rounds.ts';
import { inParallel } from '../../../shared/kernel/in-parallel.ts';
import { isRefusal } from '../../../shared/kernel/refusal.ts';
import { decrypt } from '../../../shared/keyring/keyring.ts';
import { APPLICATION_SHARDS } from '../../../shared/table/keys.ts';
import { readApplicationsOfShard } from '../applications/store.ts';
import { ballotOf, numbersOf, publishedSessions } from '../draw/rules/ballots.ts';
import { draw, resultHashOf, seedHashOf } from '../draw/rules/draw.ts';
import { ruleOf } from '../draw/rules/text.ts';
import type { RoundItem } from '../items.ts';
import { tellNext } from '../notices.ts';
import { listOfRound, writeDrawn, writeList } from '../publication/store.ts';
import { settledAt } from '../rules.ts';
import { seatNext } from '../seating/commands.ts';
import { fixPlaces, moveRound, readSessionsOfRound } from '../store.ts';

/** Sessions that are written at the same time. */
const AT_ONCE = 16;

/** What the seed is encrypted for, so that it opens nothing else. */
export const seedContext = (tenantId: TenantId, roundId: RoundId): string => `round-seed:${tenantId}:${roundId}`;

/**
 * Carries a round one bounded step further and gives it as it then stands; `undefined` when nothing is due. Each step can be repeated:
 * what it writes follows from what stands, and the round moves on only from where it was read.
 */
export async function advance(by: Authorized, round: RoundItem): Promise<RoundItem | undefined> {
  switch (round.status) {
    case 'preparing':
      return prepare(by, round);
    case 'abandoned':
      return giveUp(by, round);
    case 'open':
      return by.now < settledAt(round) ? undefined : close(by, round);
    case 'closed':
      return listShard(by, round);
    case 'listed':
      return drawRound(by, round);
    case 'drawn':
      return seatNext(by, round);
    case 'seated':
      return tellNext(by, round);
    case 'settled':
      return undefined;
  }
}

async function sessionIdsOf(by: Authorized, { roundId }: RoundItem): Promise<string[]> {
  const { sessions } = await readSessionsOfRound(by, roundId);
  return sessions.map(({ sessionId }) => sessionId);
}

/** Takes every session out of first come, first served. When one cannot be had, the round does not come to be. */
async function prepare(by: Authorized, round: RoundItem): Promise<RoundItem | undefined> {
  try {
    await inParallel(await sessionIdsOf(by, round), AT_ONCE, (sessionId) => putInRound(by, sessionId, round.roundId));
  } catch (error) {
    if (!isRefusal(error, 'session-not-allocatable')) throw error;
    return moveRound(by, round, { status: 'abandoned' }, by.now);
  }
  return moveRound(by, round, { status: 'open' }, settledAt(round));
}

async function giveUp(by: Authorized, round: RoundItem): Promise<undefined> {
  const sessionIds = await sessionIdsOf(by, round);
  await inParallel(sessionIds, AT_ONCE, (sessionId) => seatWinners(by, sessionId, round.roundId, []));
  await moveRound(by, round, { status: 'abandoned' }, undefined);
  return undefined;
}

async function close(by: Authorized, round: RoundItem): Promise<RoundItem> {
  await fixPlaces(by, round);
  return moveRound(by, round, { status: 'closed', done: 0 }, by.now);
}

async function listShard(by: Authorized, round: RoundItem): Promise<RoundItem> {
  const shard = round.done;
  const [{ sessions }, applications] = await Promise.all([
    readSessionsOfRound(by, round.roundId),
    readApplicationsOfShard(by, round.roundId, shard),
  ]);
  const numbers = numbersOf(sessions);
  await writeList(
    by,
    round.roundId,
    shard,
    applications.map((application) => ballotOf(application, round, numbers)),
  );
  const isLast = shard + 1 === APPLICATION_SHARDS;
  return moveRound(by, round, isLast ? { status: 'listed', done: 0 } : { done: shard + 1 }, by.now);
}

/** Draws from the list as it stands, with the seed that was committed to, and publishes all of it. */
async function drawRound(by: Authorized, round: RoundItem): Promise<RoundItem> {
  const { roundId, groups, seedHash } = round;
  const [{ sessions, places = [] }, list, seed] = await Promise.all([
    readSessionsOfRound(by, roundId),
    listOfRound(by, roundId),
    decrypt(round.seedCipher, seedContext(by.tenantId, roundId)),
  ]);
  if (seedHashOf(seed) !== seedHash) throw new Error(`the seed of round ${roundId} is not the one that was published`);
  const applications = draw(seed, places, list);
  const resultHash = resultHashOf({
    roundId,
    rule: ruleOf(round.ruleVersion),
    seed,
    seedHash,
    groups,
    sessions: publishedSessions(sessions, places),
    applications,
  });
  await writeDrawn(by, roundId, applications);
  const sum = (rows: typeof applications) => rows.reduce((total, { size }) => total + size, 0);
  const result = {
    status: 'drawn' as const,
    done: 0,
    seed,
    resultHash,
    drawnAt: by.now.toISOString(),
    applications: applications.length,
    children: sum(applications),
    childrenPlaced: sum(applications.filter(({ place }) => place !== null)),
  };
  return moveRound(by, round, result, by.now);
}
