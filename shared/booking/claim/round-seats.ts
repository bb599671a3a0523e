import type { Authorized } from '../../access/authorize.ts';
import type { SessionId } from '../../contracts/common.ts';
import type { RoundId } from '../../contracts/rounds.ts';
import { again, retry } from '../../kernel/again.ts';
import { refuse } from '../../kernel/refusal.ts';
import { condition, exists, type RawItem } from '../../table/conditions.ts';
import { getMany, parsedItem } from '../../table/read.ts';
import { type Outcome, update } from '../../table/write.ts';
import { encodeSeat, type Seat, type SessionItem, sessionItem } from '../items/session.ts';
import { sessionKey } from './keys.ts';
import { nobodyWaits, waitlistNames, waitlistValues } from './waitlist.ts';

/**
 * Takes a session out of first come, first served: its places are given by this round. Who waits for a place has been promised the next
 * one, so a session with a waitlist stays as it is. Refuses `session-not-allocatable`.
 */
export function putInRound(by: Authorized, sessionId: SessionId, roundId: RoundId): Promise<Outcome> {
  return update({
    key: sessionKey(by, sessionId),
    update: 'SET #status = :allocating, roundId = :round',
    names: { ...waitlistNames, '#status': 'status' },
    values: { ...waitlistValues, ':open': 'open', ':allocating': 'allocating', ':round': roundId },
    conditions: [exists, condition('open', '#status = :open'), ...nobodyWaits],
    meaning: (item) => (isIn(item, roundId) ? 'done' : refuse('session-not-allocatable', { sessionId })),
  });
}

const isIn = (item: RawItem | undefined, roundId: RoundId): boolean =>
  item?.['status'] === 'allocating' && item['roundId'] === roundId;

/** The children of one application with the seats they are to have: all of them or none. */
export type WinningParty = Readonly<Record<string, Seat>>;

/** Somebody gave a place back, or staff changed the capacity, between the read and the write: as often as that it is tried again. */
const ROUNDS = 10;

/**
 * Seats all winners of one session and opens it for first come, first served, in one conditional update (law 2). It happens exactly once,
 * because the same write ends the round's hold of the session: `done` when that had happened before. Parties come in the order of the
 * draw; where the capacity has been cut since, the last ones find no place. A child who had a place before the round keeps it.
 *
 * The whole seat map is written, on the condition that it is still the one that was read: an expression that names each person would
 * be too long for the table from about eighty winners on. Gives the session as it then stands, `undefined` when it is not there.
 */
export function seatWinners(
  by: Authorized,
  sessionId: SessionId,
  roundId: RoundId,
  parties: readonly WinningParty[],
): Promise<{ outcome: Outcome['outcome']; session: SessionItem | undefined }> {
  const key = sessionKey(by, sessionId);
  return again(ROUNDS, async () => {
    const [raw] = await getMany([key]);
    if (!raw) return { outcome: 'done', session: undefined };
    const session = parsedItem(sessionItem, raw);
    if (!isIn(raw, roundId)) return { outcome: 'done', session };
    const newcomers = fitting(session, parties);
    const { outcome } = await update({
      key,
      update: 'SET seats = :seats, taken = :taken, #status = :open REMOVE roundId',
      names: { '#status': 'status', '#capacity': 'capacity' },
      values: {
        ':seats': { ...(raw['seats'] as RawItem), ...mapped(newcomers) },
        ':taken': session.taken + Object.keys(newcomers).length,
        ':open': 'open',
        ':allocating': 'allocating',
        ':round': roundId,
        ':seatsAsRead': raw['seats'],
        ':takenAsRead': session.taken,
        ':capacityAsRead': session.capacity,
      },
      conditions: [
        condition('in this round', '#status = :allocating AND roundId = :round'),
        condition('capacity as read', '#capacity = :capacityAsRead'),
        condition('seats as read', 'seats = :seatsAsRead AND taken = :takenAsRead'),
      ],
      meaning: () => 'done',
    });
    if (outcome !== 'fresh') return retry;
    return { outcome, session: { ...session, seats: { ...session.seats, ...newcomers }, status: 'open' } };
  });
}

const mapped = (seats: Readonly<Record<string, Seat>>): RawItem =>
  Object.fromEntries(Object.entries(seats).map(([personId, seat]) => [personId, encodeSeat(seat)]));

/** The seats of the parties that fit, in their order. */
function fitting({ capacity, taken, seats }: SessionItem, parties: readonly WinningParty[]): Record<string, Seat> {
  let left = capacity - taken;
  const newcomers: Record<string, Seat> = {};
  for (const party of parties) {
    const wanted = Object.entries(party).filter(([personId]) => !seats[personId]);
    if (wanted.length > left) continue;
    left -= wanted.length;
    for (const [personId, seat] of wanted) newcomers[personId] = seat;
  }
  return newcomers;
}
