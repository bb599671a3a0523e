import type { Authorized } from '../../access/authorize.ts';
import type { SessionId } from '../../contracts/common.ts';
import { again, retry } from '../../kernel/again.ts';
import { type Refusal, refuse } from '../../kernel/refusal.ts';
import { type Condition, condition, exists, type RawItem } from '../../table/conditions.ts';
import { get, parsedItem } from '../../table/read.ts';
import { update, updateAndRead } from '../../table/write.ts';
import {
  encodeSeat,
  encodeShutOut,
  encodeWaitDecision,
  positionOf,
  queueElement,
  type Seat,
  type SessionItem,
  type ShutOut,
  sessionItem,
  type WaitDecision,
} from '../items/session.ts';
import { sessionKey } from './keys.ts';

/** Longest waitlist of one session: 12 KB of its item. */
export const LONGEST_QUEUE = 500;
const LARGEST_PARTY = 6;
const ROUNDS = 5;

/** Who goes to the end of a queue: all of a party, under who asked for it. */
export type QueuedParty = { readonly lead: string; readonly party: readonly string[] };

/** The capacity was changed since it was read: the party is appended again with the new one. */
class CapacityNow extends Error {
  readonly capacity: number;
  constructor(capacity: number) {
    super('capacity changed');
    this.capacity = capacity;
  }
}

/**
 * Puts a party at the end of a session's queue, which gives it its number: one update. Gives the session as it stands after, and whether
 * the party had been `queuedBefore`. Refuses `places-left` when there is room for the party and nobody waits, `already-waiting`,
 * `already-booked`, `session-closed`, `waitlist-full`, `not-found`.
 */
export function appendToQueue(
  by: Authorized,
  { sessionId, capacity: read }: Pick<SessionItem, 'sessionId' | 'capacity'>,
  party: QueuedParty,
): Promise<{ session: SessionItem; queuedBefore: boolean }> {
  let capacity = read;
  return again(
    ROUNDS,
    async () => {
      let queuedBefore = false;
      const meaning = (item: RawItem | undefined) => {
        const no = whyNotAppended(item, sessionId, party, capacity);
        queuedBefore = no === 'done';
        return no;
      };
      const item = await updateAndRead({ ...appendWrite(by, sessionId, party, capacity), meaning });
      return { session: parsedItem(sessionItem, item), queuedBefore };
    },
    (error) => {
      if (!(error instanceof CapacityNow)) return false;
      capacity = error.capacity;
      return true;
    },
  );
}

/** Why the element was not appended: `done` when it is there, else the refusal. */
function whyNotAppended(
  item: RawItem | undefined,
  sessionId: SessionId,
  { lead, party }: QueuedParty,
  capacity: number,
): Refusal | 'done' {
  if (!item) return refuse('not-found', { sessionId });
  const session = parsedItem(sessionItem, item);
  if (session.queue.includes(queueElement(lead, party.length))) return 'done';
  if (positionOf(session, lead) > 0) return refuse('already-waiting', { sessionId, personId: lead });
  const seated = party.find((personId) => session.seats[personId]);
  if (seated) return refuse('already-booked', { sessionId, personId: seated });
  if (session.status !== 'open') return refuse('session-closed', { sessionId });
  if (session.queue.length >= LONGEST_QUEUE) return refuse('waitlist-full', { sessionId });
  if (session.capacity !== capacity) throw new CapacityNow(session.capacity);
  return refuse('places-left', { sessionId, placesLeft: session.capacity - session.taken });
}

function appendWrite(by: Authorized, sessionId: SessionId, { lead, party }: QueuedParty, capacity: number) {
  const names: Record<string, string> = { '#status': 'status', '#capacity': 'capacity', '#queue': 'queue' };
  const values: Record<string, unknown> = {
    ':open': 'open',
    ':capacity': capacity,
    ':most': capacity - party.length,
    ':element': [queueElement(lead, party.length)],
    ':none': [],
    ':one': 1,
  };
  const conditions: Condition[] = [
    exists,
    condition('open', '#status = :open'),
    condition('capacity as read', '#capacity = :capacity'),
    condition('no room, or others wait', 'taken > :most OR attribute_exists(#queue[0])'),
    condition('not too many', `attribute_not_exists(#queue[${LONGEST_QUEUE - 1}])`),
  ];
  for (let size = 1; size <= LARGEST_PARTY; size += 1) {
    values[`:e${size}`] = queueElement(lead, size);
    conditions.push(condition('not in the queue', `NOT contains(#queue, :e${size})`));
  }
  for (const [index, personId] of party.entries()) {
    names[`#p${index}`] = personId;
    conditions.push(condition('has no place', `attribute_not_exists(seats.#p${index})`));
  }
  return {
    key: sessionKey(by, sessionId),
    update: 'SET #queue = list_append(if_not_exists(#queue, :none), :element) ADD lastNumber :one',
    names,
    values,
    conditions,
  };
}

/** Takes the element of a party out of the queue; of one that a closure shuts out, the session remembers it. False when there is none. */
export function removeFromQueue(
  by: Authorized,
  sessionId: SessionId,
  lead: string,
  shutOut?: ShutOut,
): Promise<boolean> {
  const key = sessionKey(by, sessionId);
  return again(ROUNDS, async () => {
    const session = await get(key, sessionItem);
    const index = session ? positionOf(session, lead) - 1 : -1;
    const element = session?.queue[index];
    if (element === undefined) return false;
    const { outcome } = await update({
      key,
      update: `REMOVE #queue[${index}]${shutOut ? ' SET shutOut = :out' : ''}`,
      names: { '#queue': 'queue' },
      values: { ':element': element, ...(shutOut ? { ':out': encodeShutOut(shutOut) } : {}) },
      conditions: [condition('still there', `#queue[${index}] = :element`)],
      meaning: () => 'done',
    });
    return outcome === 'fresh' ? true : retry;
  });
}

/**
 * Takes one decision of the waitlist, in one write: the element of `index` out of the queue, `seats` taken, the decision recorded. False
 * when the session is no longer as it was read, unless this very decision stands already.
 */
export async function decideInQueue(
  by: Authorized,
  session: SessionItem,
  index: number,
  decision: WaitDecision,
  seats: Readonly<Record<string, Seat>>,
): Promise<boolean> {
  const people = Object.entries(seats);
  const names: Record<string, string> = {
    '#queue': 'queue',
    '#last': 'last',
    '#status': 'status',
    '#capacity': 'capacity',
  };
  const values: Record<string, unknown> = {
    ':element': session.queue[index],
    ':decision': encodeWaitDecision(decision),
    ':one': 1,
    ':before': decision.number - 1,
    ':open': 'open',
    ':capacity': session.capacity,
    ':most': session.capacity - people.length,
    ':party': people.length,
  };
  const conditions: Condition[] = [
    condition('still in the queue', `#queue[${index}] = :element`),
    condition(
      'the next decision',
      `${decision.number === 1 ? 'attribute_not_exists(decisions) OR ' : ''}decisions = :before`,
    ),
    condition('open', '#status = :open'),
    condition('room for the party', '#capacity = :capacity AND taken <= :most'),
  ];
  const sets = ['#last = :decision'];
  for (const [place, [personId, seat]] of people.entries()) {
    names[`#p${place}`] = personId;
    values[`:s${place}`] = encodeSeat(seat);
    conditions.push(condition('has no place', `attribute_not_exists(seats.#p${place})`));
    sets.push(`seats.#p${place} = :s${place}`);
  }
  let stands = false;
  const { outcome } = await update({
    key: sessionKey(by, session.sessionId),
    update: `SET ${sets.join(', ')} REMOVE #queue[${index}] ADD decisions :one, taken :party`,
    names,
    values,
    conditions,
    meaning: (item) => {
      const now = item && parsedItem(sessionItem, item);
      stands =
        decision.orderId !== undefined &&
        people.every(([personId]) => now?.seats[personId]?.orderId === decision.orderId);
      return 'done';
    },
  });
  return outcome === 'fresh' || stands;
}
