import type { Authorized } from '../../access/authorize.ts';
import type { SessionId } from '../../contracts/common.ts';
import { again, retry } from '../../kernel/again.ts';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts';
import { type Condition, condition, exists, type RawItem } from '../../table/conditions.ts';
import { keys } from '../../table/keys.ts';
import { getMany, parsedItem } from '../../table/read.ts';
import { put, update, updateAndRead } from '../../table/write.ts';
import { findInWaitlist } from '../facts/waitlist.ts';
import {
  encodeSeat,
  encodeShutOut,
  encodeWaitDecision,
  type Seat,
  type SessionItem,
  type ShutOut,
  sessionItem,
  type WaitDecision,
} from '../items/session.ts';
import { waitItem } from '../items/wait.ts';
import {
  blockOf,
  hasTurn,
  LONGEST_TAIL,
  nextBlock,
  sizesWithout,
  type Turn,
  turnOf,
  turnsOf,
  type Waitlist,
  waitingIn,
  waitlistElement,
} from '../items/waitlist.ts';
import { sessionKey } from './keys.ts';

/** Most parties in line for one session. */
export const LONGEST_WAITLIST = 500;
const LARGEST_PARTY = 6;
const ROUNDS = 5;
/** Of those who join a tail that is long enough to be filed, one in so many does it. */
const FILES_ONE_IN = 8;

/** Who goes to the end of a line: all of a party, under who asked for it. */
export type QueuedParty = { readonly lead: string; readonly party: readonly string[] };

/** What a place at the end of the line is compared with. */
type Known = Pick<SessionItem, 'sessionId' | 'capacity' | 'lastNumber'> & Waitlist;

/** The session is no longer as it was read: the party is appended again to what it is now. */
class SessionNow extends Error {
  readonly session: SessionItem;
  constructor(session: SessionItem) {
    super('session changed');
    this.session = session;
  }
}

/** Conditions that nobody waits, in a write that names `#queue`, `#tail` and `#blocks` and gives `:nobody` as 0. */
export const nobodyWaits: readonly Condition[] = [
  condition('nobody waits in an old queue', 'attribute_not_exists(#queue[0])'),
  condition('nobody waits at the tail', 'attribute_not_exists(#tail) OR size(#tail) = :nobody'),
  condition('nobody waits in a block', 'attribute_not_exists(#blocks) OR size(#blocks) = :nobody'),
];
export const waitlistNames = { '#queue': 'queue', '#tail': 'tail', '#blocks': 'blocks' } as const;
export const waitlistValues = { ':nobody': 0 } as const;

/**
 * Puts a party at the end of a session's line, which gives it its number: one update. Gives the session as it stands after, and where the
 * party stands in it. Refuses `places-left` when there is room for the party and nobody waits, `already-waiting`,
 * `already-booked`, `session-closed`, `waitlist-full`, `not-found`.
 */
export function appendToWaitlist(
  by: Authorized,
  read: Known,
  party: QueuedParty,
): Promise<{ session: SessionItem; turn: Turn }> {
  let known = read;
  return again(
    ROUNDS,
    async () => {
      if (!known.tail || !known.blocks) await openWaitlist(by, known.sessionId);
      const meaning = (item: RawItem | undefined) => whyNotAppended(item, known, party);
      const session = parsedItem(sessionItem, await updateAndRead({ ...appendWrite(by, known, party), meaning }));
      const turn = turnOf(session, party.lead);
      if (!turn) throw new Error(`${party.lead} joined the line of ${known.sessionId} and is not in it`);
      await fileSome(by, session);
      return { session, turn };
    },
    (error) => {
      if (!(error instanceof SessionNow)) return false;
      known = error.session;
      return true;
    },
  );
}

/** Room for a line in a session that was stored without. */
async function openWaitlist(by: Authorized, sessionId: SessionId): Promise<void> {
  await update({
    key: sessionKey(by, sessionId),
    update: 'SET #tail = if_not_exists(#tail, :none), #blocks = if_not_exists(#blocks, :none)',
    names: { '#tail': 'tail', '#blocks': 'blocks' },
    values: { ':none': {} },
    conditions: [exists],
    meaning: () => refuse('not-found', { sessionId }),
  });
}

/** Numbers up to this one keep the line within its length, whatever has been given since it was read: leaving only makes it shorter. */
const lastFitting = (known: Known): number => known.lastNumber + LONGEST_WAITLIST - waitingIn(known);

/** Why the party was not appended: `done` when it is there, else the refusal. */
function whyNotAppended(item: RawItem | undefined, known: Known, { lead, party }: QueuedParty): Refusal | 'done' {
  const { sessionId } = known;
  if (!item) return refuse('not-found', { sessionId });
  const session = parsedItem(sessionItem, item);
  const element = waitlistElement(lead, party.length);
  if (session.tail?.[element] || session.queue.includes(element)) return 'done';
  if (turnOf(session, lead)) return refuse('already-waiting', { sessionId, personId: lead });
  const seated = party.find((personId) => session.seats[personId]);
  if (seated) return refuse('already-booked', { sessionId, personId: seated });
  if (session.status !== 'open') return refuse('session-closed', { sessionId });
  if (waitingIn(session) >= LONGEST_WAITLIST) return refuse('waitlist-full', { sessionId });
  if (session.capacity !== known.capacity || session.lastNumber >= lastFitting(known)) throw new SessionNow(session);
  return refuse('places-left', { sessionId, placesLeft: session.capacity - session.taken });
}

function appendWrite(by: Authorized, known: Known, { lead, party }: QueuedParty) {
  const names: Record<string, string> = { ...waitlistNames, '#status': 'status', '#capacity': 'capacity' };
  const values: Record<string, unknown> = {
    ...waitlistValues,
    ':open': 'open',
    ':capacity': known.capacity,
    ':most': known.capacity - party.length,
    ':fitting': lastFitting(known),
    ':zero': 0,
    ':one': 1,
  };
  const conditions: Condition[] = [
    exists,
    condition('open', '#status = :open'),
    condition('capacity as read', '#capacity = :capacity'),
    condition(
      'no room, or others wait',
      'taken > :most OR attribute_exists(#queue[0]) OR size(#tail) > :nobody OR size(#blocks) > :nobody',
    ),
    condition('not too many', 'attribute_not_exists(lastNumber) OR lastNumber < :fitting'),
  ];
  for (let size = 1; size <= LARGEST_PARTY; size += 1) {
    values[`:e${size}`] = names[`#e${size}`] = waitlistElement(lead, size);
    conditions.push(
      condition('not in the line', `NOT contains(#queue, :e${size}) AND attribute_not_exists(#tail.#e${size})`),
    );
  }
  for (const [index, personId] of party.entries()) {
    names[`#p${index}`] = personId;
    conditions.push(condition('has no place', `attribute_not_exists(seats.#p${index})`));
  }
  return {
    key: sessionKey(by, known.sessionId),
    update: `SET #tail.#e${party.length} = if_not_exists(lastNumber, :zero) + :one ADD lastNumber :one`,
    names,
    values,
    conditions,
  };
}

/** One in some of those who join a long tail files its first block. Nobody depends on it: the next one does it otherwise. */
async function fileSome(by: Authorized, session: SessionItem): Promise<void> {
  const beyond = Object.keys(session.tail ?? {}).length - LONGEST_TAIL;
  if (beyond <= 0 || beyond % FILES_ONE_IN !== 1) return;
  try {
    await fileBlock(by, session);
  } catch (error) {
    if (!isRefusal(error, 'try-again')) throw error;
  }
}

/**
 * Moves the first block of a long tail out of the session's item, which keeps a digit of each: first who they are, then the session, if
 * all of them still stand where they were read. A function that dies in between has changed nothing: who stands behind a number is the
 * same whoever writes it, and whenever. False when there was nothing to file, or the session is no longer as it was read.
 */
export async function fileBlock(by: Authorized, session: SessionItem): Promise<boolean> {
  const { sessionId } = session;
  const next = nextBlock(session);
  if (!next) return false;
  const { block, parties, sizes } = next;
  await put({ key: keys.booking.waitlistBlock(by.tenantId, sessionId, block), item: { sessionId, parties } });
  const names: Record<string, string> = { '#tail': 'tail', '#blocks': 'blocks', '#block': String(block) };
  const values: Record<string, unknown> = { ':sizes': sizes };
  const conditions = [condition('not filed', 'attribute_not_exists(#blocks.#block)')];
  const removes = Object.entries(parties).map(([element, number], index) => {
    names[`#e${index}`] = element;
    values[`:n${index}`] = number;
    conditions.push(condition('still at the tail', `#tail.#e${index} = :n${index}`));
    return `#tail.#e${index}`;
  });
  const { outcome } = await update({
    key: sessionKey(by, sessionId),
    update: `SET #blocks.#block = :sizes REMOVE ${removes.join(', ')}`,
    names,
    values,
    conditions,
    meaning: () => 'done',
  });
  return outcome === 'fresh';
}

/** What takes a party out of the line, if it still stands where it was read: parts of a write on the session. */
function outOfWaitlist(line: Waitlist, turn: Turn) {
  if (turn.in === 'queue') {
    const at = `#queue[${turn.index}]`;
    return {
      sets: [],
      removes: [at],
      names: { '#queue': 'queue' },
      values: { ':out': turn.element },
      stands: condition('still in line', `${at} = :out`),
    };
  }
  if (turn.in === 'tail')
    return {
      sets: [],
      removes: ['#tail.#out'],
      names: { '#tail': 'tail', '#out': turn.element },
      values: { ':out': turn.number },
      stands: condition('still in line', '#tail.#out = :out'),
    };
  const block = String(blockOf(turn.number));
  const sizes = line.blocks?.[block] ?? '';
  const left = sizesWithout(sizes, turn.number);
  return {
    sets: left ? ['#blocks.#out = :left'] : [],
    removes: left ? [] : ['#blocks.#out'],
    names: { '#blocks': 'blocks', '#out': block },
    values: { ':out': sizes, ...(left ? { ':left': left } : {}) },
    stands: condition('its block as read', '#blocks.#out = :out'),
  };
}

const clause = (word: string, parts: readonly string[]): string =>
  parts.length > 0 ? `${word} ${parts.join(', ')} ` : '';

async function takeOut(
  by: Authorized,
  session: SessionItem,
  turn: Turn,
  shutOut: ShutOut | undefined,
): Promise<boolean> {
  const { sets, removes, names, values, stands } = outOfWaitlist(session, turn);
  const { outcome } = await update({
    key: sessionKey(by, session.sessionId),
    update: `${clause('SET', [...sets, ...(shutOut ? ['shutOut = :shutOut'] : [])])}${clause('REMOVE', removes)}`,
    names,
    values: { ...values, ...(shutOut ? { ':shutOut': encodeShutOut(shutOut) } : {}) },
    conditions: [stands],
    meaning: () => 'done',
  });
  return outcome === 'fresh';
}

/**
 * Takes a party out of the line; of one that a closure shuts out, the session remembers it. Gives the number it had, 0 where it had none
 * that is known; `undefined` when it does not wait.
 */
export function takeFromWaitlist(
  by: Authorized,
  sessionId: SessionId,
  lead: string,
  shutOut?: ShutOut,
): Promise<number | undefined> {
  const wanted = [keys.booking.session(by.tenantId, sessionId), keys.booking.wait(by.tenantId, lead, sessionId)];
  return again(ROUNDS, async () => {
    const [rawSession, rawEntry] = await getMany(wanted);
    if (!rawSession) return undefined;
    const session = parsedItem(sessionItem, rawSession);
    const entry = rawEntry && parsedItem(waitItem, rawEntry);
    const turn = await findInWaitlist(by, session, lead, entry?.number);
    if (!turn) return undefined;
    if (!(await takeOut(by, session, turn, shutOut))) return retry;
    return turn.in === 'queue' ? 0 : turn.number;
  });
}

/**
 * Of two numbers of one wait the first one counts: the other was taken by a late double of the request, after the first had been filed.
 * Gives the number that stands, `undefined` when neither does any longer.
 */
export function keepFirstNumber(
  by: Authorized,
  sessionId: SessionId,
  one: number,
  other: number,
): Promise<number | undefined> {
  return again(ROUNDS, async () => {
    const [raw] = await getMany([keys.booking.session(by.tenantId, sessionId)]);
    const session = raw && parsedItem(sessionItem, raw);
    if (!session) return undefined;
    const [first, second] = [one, other].filter((number) => hasTurn(session, number)).sort((a, b) => a - b);
    const double = turnsOf(session).find((turn) => turn.in !== 'queue' && turn.number === second);
    if (double && !(await takeOut(by, session, double, undefined))) return retry;
    return first;
  });
}

/**
 * Takes one decision of the waitlist, in one write: the party of `turn` out of the line, `seats` taken, the decision recorded. False
 * when the session is no longer as it was read, unless this very decision stands already.
 */
export async function decideInWaitlist(
  by: Authorized,
  session: SessionItem,
  turn: Turn,
  decision: WaitDecision,
  seats: Readonly<Record<string, Seat>>,
): Promise<boolean> {
  const people = Object.entries(seats);
  const out = outOfWaitlist(session, turn);
  const names: Record<string, string> = {
    ...out.names,
    '#last': 'last',
    '#status': 'status',
    '#capacity': 'capacity',
  };
  const values: Record<string, unknown> = {
    ...out.values,
    ':decision': encodeWaitDecision(decision),
    ':one': 1,
    ':before': decision.number - 1,
    ':open': 'open',
    ':capacity': session.capacity,
    ':most': session.capacity - people.length,
    ':party': people.length,
  };
  const conditions: Condition[] = [
    out.stands,
    condition(
      'the next decision',
      `${decision.number === 1 ? 'attribute_not_exists(decisions) OR ' : ''}decisions = :before`,
    ),
    condition('open', '#status = :open'),
    condition('room for the party', '#capacity = :capacity AND taken <= :most'),
  ];
  const sets = ['#last = :decision', ...out.sets];
  for (const [place, [personId, seat]] of people.entries()) {
    names[`#p${place}`] = personId;
    values[`:s${place}`] = encodeSeat(seat);
    conditions.push(condition('has no place', `attribute_not_exists(seats.#p${place})`));
    sets.push(`seats.#p${place} = :s${place}`);
  }
  let stands = false;
  const { outcome } = await update({
    key: sessionKey(by, session.sessionId),
    update: `${clause('SET', sets)}${clause('REMOVE', out.removes)}ADD decisions :one, taken :party`,
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
