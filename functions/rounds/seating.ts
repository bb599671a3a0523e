import type { Authorized } from '../../shared/access/authorize.ts';
import { reconcileSeat } from '../../shared/booking/reconcile.ts';
import { seatWinners, type WinningParty } from '../../shared/booking/round-seats.ts';
import type { PublishedApplication, RoundSession } from '../../shared/contracts/rounds.ts';
import { bookingIdFor, fingerprint } from '../../shared/kernel/ids.ts';
import { inParallel } from './in-parallel.ts';
import type { ApplicationItem, RoundItem } from './items.ts';
import { applicationsById } from './store/applications.ts';
import { drawnOfRound } from './store/publication.ts';
import { moveRound, sessionsOfRound } from './store/rounds.ts';

/** A step seats whole sessions until it has seated so many children; their days and rows are some five calls each. */
const CHILDREN_A_STEP = 500;
const AT_ONCE = 16;

/** Seats the winners of the next sessions. Sessions that nobody won are opened as well: their places are first come, first served. */
export async function seatNext(by: Authorized, round: RoundItem): Promise<RoundItem> {
  const { roundId, done } = round;
  const [{ sessions }, drawn] = await Promise.all([sessionsOfRound(by, roundId), drawnOfRound(by, roundId)]);
  const winnersOf = Map.groupBy(drawn, ({ place }) => place);
  let seated = 0;
  let next = done;
  while (next < sessions.length && seated < CHILDREN_A_STEP) {
    const session = sessions[next];
    const winners = winnersOf.get(session?.number ?? null) ?? [];
    if (session) await seatSession(by, round, session, winners);
    seated += winners.reduce((sum, { size }) => sum + size, 1);
    next += 1;
  }
  return next === sessions.length
    ? moveRound(by, round, { status: 'settled', done: next }, undefined)
    : moveRound(by, round, { done: next }, by.now);
}

async function seatSession(
  by: Authorized,
  round: RoundItem,
  { sessionId, date }: RoundSession,
  winners: readonly PublishedApplication[],
): Promise<void> {
  const inOrder = [...winners].sort((a, b) => a.order - b.order);
  const applications = await applicationsById(
    by,
    round.roundId,
    inOrder.map(({ code }) => code),
  );
  const parties = applications.map((application) => partyOf(by, round, sessionId, date, application));
  await seatWinners(by, sessionId, round.roundId, parties);
  // The stream would do the same; done here it is paced, so that a whole round does not fall upon the stream in one moment.
  const seats = parties.flatMap((party) => Object.entries(party));
  await inParallel(seats, AT_ONCE, ([personId, seat]) => reconcileSeat(by, sessionId, personId, seat.b));
}

/** The same seats whoever makes them: everything follows from the round and the application. */
function partyOf(
  by: Authorized,
  { roundId, drawnAt = '' }: RoundItem,
  sessionId: string,
  date: string,
  { applicationId, actorId, personIds }: ApplicationItem,
): WinningParty {
  const h = fingerprint({ roundId, applicationId });
  return Object.fromEntries(
    personIds.map((personId) => {
      const b = bookingIdFor(date, by.tenantId, roundId, applicationId, sessionId, personId);
      return [personId, { b, a: actorId, t: drawnAt, h }];
    }),
  );
}
