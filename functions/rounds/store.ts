import * as z from 'zod';
import type { Authorized } from '../../shared/access/authorize.ts';
import { readSessionsById } from '../../shared/booking/facts/sessions.ts';
import type { SessionItem } from '../../shared/booking/items/session.ts';
import type { Eligibility } from '../../shared/contracts/policy.ts';
import type { RoundId } from '../../shared/contracts/rounds.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { condition, exists, isNew } from '../../shared/table/conditions.ts';
import { keys } from '../../shared/table/keys.ts';
import { get, parsedItem, queryAll, queryDue } from '../../shared/table/read.ts';
import { isOfRequest } from '../../shared/table/stored.ts';
import { put, update, updateAndRead } from '../../shared/table/write.ts';
import { readOfferingsById } from '../centers/index.ts';
import { placesToGive } from './draw/rules/ballots.ts';
import { type RoundItem, type RoundSessionsItem, roundItem, roundSessionsItem } from './items.ts';
import { settledAt } from './rules.ts';

export const readRound = (by: Authorized, roundId: RoundId): Promise<RoundItem | undefined> =>
  get(keys.rounds.round(by.tenantId, roundId), roundItem);

/** A round that has not drawn yet gives places of its sessions still; one that has passes them by. */
const UNDRAWN: readonly string[] = ['preparing', 'open', 'closed', 'listed'] satisfies RoundItem['status'][];

/** Whether a round still has to give the places of its sessions. */
export async function isGivingPlaces(by: Authorized, roundId: RoundId): Promise<boolean> {
  const round = await readRound(by, roundId);
  return round !== undefined && UNDRAWN.includes(round.status);
}

/** All rounds of the city but those that never came to be, the newest first. */
export async function readRounds(by: Authorized): Promise<RoundItem[]> {
  const found = await queryAll({ pk: keys.rounds.list(by.tenantId), relaxed: true }, roundItem);
  const shown = found.filter(({ status }) => status !== 'abandoned' && status !== 'preparing');
  return shown.sort((a, b) => (a.opensAt + a.roundId < b.opensAt + b.roundId ? 1 : -1));
}

/** A round's sessions; they are written with it. */
export async function readSessionsOfRound(by: Authorized, roundId: RoundId): Promise<RoundSessionsItem> {
  const found = await get(keys.rounds.sessions(by.tenantId, roundId), roundSessionsItem);
  if (!found) throw new Error(`round ${roundId} has no sessions`);
  return found;
}

/**
 * Writes a new round, its sessions first, due at once so that it is completed even when this function dies. Gives the one that
 * stands under this id. Refuses `idempotency-key-reused` when that was opened by another request.
 */
export async function createRound(by: Authorized, round: RoundItem, sessions: RoundSessionsItem): Promise<RoundItem> {
  await put({
    key: keys.rounds.sessions(by.tenantId, round.roundId),
    item: sessions,
    conditions: [isNew],
    meaning: () => 'done',
  });
  const due = { duePk: keys.due.rounds(by.tenantId), dueAtEpochSeconds: epochSeconds(by.now) };
  const { item } = await put({
    key: keys.rounds.round(by.tenantId, round.roundId),
    item: { ...z.encode(roundItem, round), ...due },
    conditions: [isNew],
    meaning: (stored) => (isOfRequest(stored, round.requestHash) ? 'done' : refuse('idempotency-key-reused')),
  });
  return item ? parsedItem(roundItem, item) : round;
}

type Move = Partial<
  Pick<
    RoundItem,
    'status' | 'done' | 'seed' | 'resultHash' | 'drawnAt' | 'applications' | 'children' | 'childrenPlaced'
  >
>;

/**
 * Moves a round on, on the condition that it still stands where it was read: of two who carry it on only one moves it. Gives the round
 * as it then stands. `dueAt` is when the next step is due, `undefined` when none is.
 */
export async function moveRound(by: Authorized, was: RoundItem, to: Move, dueAt: Date | undefined): Promise<RoundItem> {
  const changes = Object.entries({ ...to, dueAtEpochSeconds: dueAt && epochSeconds(dueAt) }).filter(
    ([, value]) => value !== undefined,
  );
  const item = await updateAndRead({
    key: keys.rounds.round(by.tenantId, was.roundId),
    update: `SET ${changes.map(([name]) => `#${name} = :${name}`).join(', ')}${dueAt ? '' : ' REMOVE duePk, dueAtEpochSeconds'}`,
    names: { '#status': 'status', '#done': 'done', ...Object.fromEntries(changes.map(([name]) => [`#${name}`, name])) },
    values: {
      ':wasStatus': was.status,
      ':wasDone': was.done,
      ...Object.fromEntries(changes.map(([name, value]) => [`:${name}`, value])),
    },
    conditions: [exists, condition('stands where it was read', '#status = :wasStatus AND #done = :wasDone')],
    meaning: () => 'done',
  });
  return parsedItem(roundItem, item);
}

/** Fixes how many places each session has to give: the first word counts, so that the draw can be repeated. */
export async function fixPlaces(by: Authorized, round: Pick<RoundItem, 'roundId' | 'drawsAt'>): Promise<void> {
  const { roundId } = round;
  const { sessions } = await readSessionsOfRound(by, roundId);
  const found = await readSessionsById(
    by,
    sessions.map(({ sessionId }) => sessionId),
  );
  const ruleOf = await readEligibility(by, [...found.values()]);
  const places = sessions.map(({ sessionId }) => {
    const session = found.get(sessionId);
    // One that a closure has shut meanwhile has no places to give.
    const isOurs = session?.roundId === roundId && session.status === 'allocating';
    return session && isOurs ? placesToGive(session, ruleOf(session), settledAt(round)) : 0;
  });
  await update({
    key: keys.rounds.sessions(by.tenantId, roundId),
    update: 'SET places = :places',
    values: { ':places': places },
    conditions: [exists, condition('not fixed yet', 'attribute_not_exists(places)')],
    meaning: () => 'done',
  });
}

/** Who may come to these sessions, by the rules of their offerings. */
export async function readEligibility(
  by: Authorized,
  sessions: readonly Pick<SessionItem, 'offeringId'>[],
): Promise<(session: Pick<SessionItem, 'offeringId'>) => Eligibility | undefined> {
  const offerings = await readOfferingsById(
    by,
    sessions.map(({ offeringId }) => offeringId),
  );
  return ({ offeringId }) => offerings.get(offeringId)?.policy?.eligibility;
}

/** Rounds whose next step is due, the one that has waited longest first. */
export const readDueRounds = (by: Authorized): Promise<RoundItem[]> =>
  queryDue(keys.due.rounds(by.tenantId), epochSeconds(by.now), roundItem);
