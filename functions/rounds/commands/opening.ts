import { randomBytes, randomUUID } from 'node:crypto';
import { type AuthorizedActor, authorized, mustBeAble } from '../../../shared/access/authorize.ts';
import { readSessionsById } from '../../../shared/booking/facts/sessions.ts';
import type { SessionItem } from '../../../shared/booking/items/session.ts';
import { waitingIn } from '../../../shared/booking/items/waitlist.ts';
import type { CenterId } from '../../../shared/contracts/common.ts';
import type { Round, RoundId, RoundRequest, RoundSession } from '../../../shared/contracts/rounds.ts';
import type { CommandContext } from '../../../shared/http/context.ts';
import { CIVIL_ZONE, civilNow, minutesOf } from '../../../shared/kernel/days.ts';
import { derivedId, fingerprint } from '../../../shared/kernel/ids.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { encrypt } from '../../../shared/keyring/keyring.ts';
import { centerOf, keys } from '../../../shared/table/keys.ts';
import { parsedItem } from '../../../shared/table/read.ts';
import { placesToGive } from '../draw/rules/ballots.ts';
import { seedHashOf } from '../draw/rules/draw.ts';
import { CURRENT_RULE } from '../draw/rules/text.ts';
import { type RoundItem, type RoundSessionsItem, roundItem } from '../items.ts';
import { publicRound, refusalOfTimes, settledAt } from '../rules.ts';
import { createRound, readEligibility, readSessionsOfRound } from '../store.ts';

import { advance, seedContext } from './steps.ts';

/** Refuses `forbidden` to whoever may not allocate the places of each of these centers. */
export function mustAllocate(by: AuthorizedActor, centerIds: readonly CenterId[]): void {
  for (const centerId of centerIds) mustBeAble(by, 'allocate', 'Round', { centerId });
}

/**
 * Opens a round over these sessions: from now on they take no bookings. The seed is made here; only its hash is told. Refusals:
 * `forbidden`, `invalid-input`, `not-found`, `session-not-allocatable`, `idempotency-key-reused`.
 */
export async function openRound(
  context: CommandContext,
  request: RoundRequest,
): Promise<{ round: Round; replayed: boolean }> {
  const { tenantId, actor, now } = context;
  if (!actor) throw refuse('not-signed-in');
  const roundId = derivedId('r', tenantId, actor.personId, context.idempotencyKey ?? randomUUID());
  const { by, items } = await authorized(context, [keys.rounds.round(tenantId, roundId)]);
  const centerIds = [...new Set(request.sessionIds.map(centerOf))].sort();
  mustAllocate(by, centerIds);
  const requestHash = fingerprint(request);
  const stored = items[0] && parsedItem(roundItem, items[0]);
  if (stored && stored.requestHash !== requestHash) throw refuse('idempotency-key-reused');
  const created = stored ?? (await create(by, roundId, centerIds, request, requestHash));
  // Only whoever is first finds it in preparation; a repeat of the request helps it on.
  const opened = created.status === 'preparing' ? await advance(by, created) : created;
  if (opened?.status === 'abandoned') {
    await advance(by, opened);
    throw refuse('session-not-allocatable');
  }
  const round = publicRound(opened ?? created, await readSessionsOfRound(by, roundId), now);
  return { round, replayed: stored !== undefined };
}

async function create(
  by: AuthorizedActor,
  roundId: RoundId,
  centerIds: readonly CenterId[],
  request: RoundRequest,
  requestHash: string,
): Promise<RoundItem> {
  const wrong = refusalOfTimes(request, by.now);
  if (wrong) throw wrong;
  const seed = randomBytes(32).toString('hex');
  const { title, opensAt, closesAt, drawsAt, groups } = request;
  const sessions = await sessionsFor(by, request);
  const round: RoundItem = {
    is: 'round',
    roundId,
    title,
    opensAt,
    closesAt,
    drawsAt,
    groups,
    centerIds: [...centerIds],
    sessionCount: sessions.sessions.length,
    status: 'preparing',
    done: 0,
    ruleVersion: CURRENT_RULE,
    seedHash: seedHashOf(seed),
    seedCipher: await encrypt(seed, seedContext(by.tenantId, roundId)),
    openedBy: by.actor.personId,
    openedAt: by.now.toISOString(),
    requestHash,
  };
  return createRound(by, round, sessions);
}

/** The sessions in order of time, numbered from 1. Refuses `not-found`, `session-not-allocatable`. */
async function sessionsFor(by: AuthorizedActor, request: RoundRequest): Promise<RoundSessionsItem> {
  const found = await readSessionsById(by, request.sessionIds);
  const drawn = civilNow(settledAt(request), CIVIL_ZONE);
  const sessions = request.sessionIds.map((sessionId) => {
    const session = found.get(sessionId);
    if (!session) throw refuse('not-found', { sessionId });
    const { date, startsAt, status } = session;
    const late = date < drawn.date || (date === drawn.date && minutesOf(startsAt) <= drawn.minutes);
    if (status !== 'open' || waitingIn(session) > 0 || late) throw refuse('session-not-allocatable', { sessionId });
    return session;
  });
  const time = ({ date, startsAt, sessionId }: SessionItem) => `${date} ${startsAt} ${sessionId}`;
  sessions.sort((a, b) => (time(a) < time(b) ? -1 : 1));
  const ruleOf = await readEligibility(by, sessions);
  const placesIn = (session: SessionItem) => placesToGive(session, ruleOf(session), settledAt(request));
  return { sessions: sessions.map((session, index) => roundSessionOf(session, index + 1, placesIn(session))) };
}

function roundSessionOf(session: SessionItem, number: number, places: number): RoundSession {
  const { sessionId, centerId, service, title, date, startsAt, endsAt, minAgeYears, maxAgeYears } = session;
  return {
    number,
    sessionId,
    centerId,
    service,
    title,
    date,
    startsAt,
    endsAt,
    ...(minAgeYears === undefined ? {} : { minAgeYears }),
    ...(maxAgeYears === undefined ? {} : { maxAgeYears }),
    places,
  };
}
