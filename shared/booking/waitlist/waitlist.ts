import * as z from 'zod';
import type { Authorized } from '../../access/authorize.ts';
import { instant, orderId, personId, sessionId } from '../../contracts/common.ts';
import { payWith } from '../../contracts/passes.ts';
import { epochSeconds } from '../../kernel/clock.ts';
import { isRefusal, refuse } from '../../kernel/refusal.ts';
import { type Condition, condition, exists, type RawItem } from '../../table/conditions.ts';
import { keys } from '../../table/keys.ts';
import { get, parsedItem } from '../../table/read.ts';
import { requestHashAttribute, storedAs } from '../../table/stored.ts';
import { put, remove, update, updateAndRead } from '../../table/write.ts';
import {
  encodeShutOut,
  queueElement,
  queueEntry,
  type SessionItem,
  type ShutOut,
  sessionItem,
} from '../items/session.ts';
import { dueAttributes, ORDER_SECONDS } from '../order/order.ts';

/**
 * `AGENDA#<who asked> / WAIT#<sessionId>`: who stands behind an element of a session's queue. The queue in the session item is the
 * truth about the line and its order; this says who the party is and, afterwards, what became of it.
 */
const waitFields = z.object({
  is: z.literal('wait').default('wait'),
  sessionId,
  lead: personId,
  party: z.array(personId).min(1),
  actorId: personId,
  /** Why staff put them in line: then it is them that are told. */
  byStaff: z.string().optional(),
  requestHash: z.string(),
  /** What is to pay for the places that are offered, unless whoever accepts says otherwise. */
  payWith: payWith.optional(),
  joinedAt: instant,
  /** The number taken from the session; the stream writes it. */
  number: z.int().optional(),
  /** The order that holds the places of the last offer. */
  orderId: orderId.optional(),
  /** Why it no longer waits. */
  ended: z.enum(['offered', 'left', 'dropped', 'closed']).optional(),
});
export type WaitItem = z.infer<typeof waitFields>;
export const waitItem = storedAs(waitFields, requestHashAttribute);

/** Longest line of one session: 12 KB of its item. */
export const LONGEST_QUEUE = 500;
const LARGEST_PARTY = 6;
const ROUNDS = 5;

export type Joined = { readonly number: number | undefined; readonly position: number };

export type Party = Pick<WaitItem, 'sessionId' | 'lead' | 'party' | 'actorId' | 'byStaff' | 'requestHash' | 'payWith'>;

export const positionOf = (session: SessionItem, lead: string): number =>
  session.queue.findIndex((element) => queueEntry(element).lead === lead) + 1;

/**
 * Puts a party at the end of the line: who it is first, then its element into the session's queue, which gives it its number. A function
 * that dies in between leaves an entry that nobody counts; the sweep takes it away. Done again, it finds itself in the line. Refuses
 * `places-left` when there is room for the party and nobody waits, `already-waiting`, `already-booked`, `session-closed`,
 * `waitlist-full`, `not-found`.
 */
export async function joinWaitlist(
  by: Authorized,
  session: Pick<SessionItem, 'sessionId' | 'capacity'>,
  wanted: Party,
): Promise<Joined> {
  await writeEntry(by, wanted);
  const { lead, party, sessionId: id } = wanted;
  let { capacity } = session;
  for (let round = 1; ; round += 1) {
    let stood = false;
    const append = appendWrite(by, { ...wanted, capacity });
    const meaning = (item: RawItem | undefined) => {
      const no = whyNotJoin(item, { id, lead, party, capacity });
      stood = no === 'done';
      return no;
    };
    try {
      const after = parsedItem(sessionItem, await updateAndRead({ ...append, meaning }));
      const number = stood ? (await get(keys.booking.wait(by.tenantId, lead, id), waitItem))?.number : after.lastNumber;
      return { number, position: positionOf(after, lead) };
    } catch (error) {
      if (error instanceof CapacityNow && round < ROUNDS) {
        capacity = error.capacity;
        continue;
      }
      const refused = error instanceof CapacityNow ? refuse('try-again') : error;
      if (isRefusal(refused) && refused.code !== 'try-again' && refused.code !== 'already-waiting')
        await takeBack(by, wanted);
      throw refused;
    }
  }
}

/** The capacity was changed since it was read: the line is joined again with the new one. */
class CapacityNow extends Error {
  readonly capacity: number;
  constructor(capacity: number) {
    super('capacity changed');
    this.capacity = capacity;
  }
}

/** Why the element was not appended: `done` when it is there, else the refusal. */
function whyNotJoin(
  item: RawItem | undefined,
  { id, lead, party, capacity }: { id: string; lead: string; party: readonly string[]; capacity: number },
) {
  if (!item) return refuse('not-found', { sessionId: id });
  const session = parsedItem(sessionItem, item);
  if (session.queue.includes(queueElement(lead, party.length))) return 'done' as const;
  if (positionOf(session, lead) > 0) return refuse('already-waiting', { sessionId: id, personId: lead });
  const seated = party.find((personId) => session.seats[personId]);
  if (seated) return refuse('already-booked', { sessionId: id, personId: seated });
  if (session.status !== 'open') return refuse('session-closed', { sessionId: id });
  if (session.queue.length >= LONGEST_QUEUE) return refuse('waitlist-full', { sessionId: id });
  if (session.capacity !== capacity) throw new CapacityNow(session.capacity);
  return refuse('places-left', { sessionId: id, placesLeft: session.capacity - session.taken });
}

function appendWrite(by: Authorized, { sessionId: id, lead, party, capacity }: Party & { capacity: number }) {
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
    conditions.push(condition('not in the line', `NOT contains(#queue, :e${size})`));
  }
  for (const [index, personId] of party.entries()) {
    names[`#p${index}`] = personId;
    conditions.push(condition('has no place', `attribute_not_exists(seats.#p${index})`));
  }
  return {
    key: keys.booking.session(by.tenantId, id),
    update: 'SET #queue = list_append(if_not_exists(#queue, :none), :element) ADD lastNumber :one',
    names,
    values,
    conditions,
  };
}

/** The entry, new or in the place of one that has ended. Refuses `already-waiting` when another party of the same lead is in line. */
async function writeEntry(by: Authorized, wanted: Party): Promise<void> {
  const key = keys.booking.wait(by.tenantId, wanted.lead, wanted.sessionId);
  const entry = z.encode(waitItem, { ...wanted, is: 'wait', joinedAt: by.now.toISOString() });
  const item = { ...entry, ...dueAttributes(by, wanted.lead, epochSeconds(by.now) + ORDER_SECONDS) };
  let standing: WaitItem | undefined;
  await put({
    key,
    item,
    conditions: [condition('new, or ended', 'attribute_not_exists(pk) OR attribute_exists(ended)')],
    meaning: (found) => {
      standing = found && parsedItem(waitItem, found);
      return 'done';
    },
  });
  if (!standing || standing.requestHash === wanted.requestHash) return;
  // Another request of the same lead: in line it keeps its place, and if it is not, this one takes over.
  const session = await get(keys.booking.session(by.tenantId, wanted.sessionId), sessionItem);
  if (session && positionOf(session, wanted.lead) > 0)
    throw refuse('already-waiting', { sessionId: wanted.sessionId, personId: wanted.lead });
  await put({
    key,
    item,
    values: { ':joined': standing.joinedAt },
    conditions: [condition('as read', 'joinedAt = :joined')],
    meaning: () => refuse('already-waiting', { sessionId: wanted.sessionId, personId: wanted.lead }),
  });
}

/** Takes away an entry that never got into the line. */
async function takeBack(by: Authorized, { lead, sessionId: id, requestHash }: Party): Promise<void> {
  await remove({
    key: keys.booking.wait(by.tenantId, lead, id),
    names: { '#number': 'number' },
    values: { ':hash': requestHash },
    conditions: [
      condition(
        'this one, not in line',
        `${requestHashAttribute.requestHash} = :hash AND attribute_not_exists(#number)`,
      ),
    ],
    meaning: () => 'done',
  });
}

/** Leaves the line. Done again it changes nothing. Refuses `not-waiting` for who never was in it. */
export async function leaveWaitlist(by: Authorized, id: string, lead: string): Promise<void> {
  if (await takeOutOfLine(by, id, lead)) return endWait(by, id, lead, 'left');
  const entry = await get(keys.booking.wait(by.tenantId, lead, id), waitItem);
  if (!entry) throw refuse('not-waiting', { sessionId: id });
  // Taken out by a first try that died, or by one that never got in: either way it waits no longer.
  if (entry.ended === undefined) await endWait(by, id, lead, 'left');
}

/**
 * Ends the wait of a party for a session that does not take place; `waitId` names this wait of theirs, and the session remembers it in
 * the same write, so that whoever follows it knows why. False when the party had been offered places after all. Done again it changes
 * nothing.
 */
export async function shutOutOfLine(by: Authorized, id: string, lead: string, waitId: string): Promise<boolean> {
  await takeOutOfLine(by, id, lead, { lead, waitId });
  await endWait(by, id, lead, 'closed');
  return (await get(keys.booking.wait(by.tenantId, lead, id), waitItem))?.ended !== 'offered';
}

/** Takes the element of a party out of the queue. False when there is none. */
async function takeOutOfLine(by: Authorized, id: string, lead: string, shutOut?: ShutOut): Promise<boolean> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const session = await get(keys.booking.session(by.tenantId, id), sessionItem);
    const index = session ? positionOf(session, lead) - 1 : -1;
    const element = session?.queue[index];
    if (element === undefined) return false;
    const { outcome } = await update({
      key: keys.booking.session(by.tenantId, id),
      update: `REMOVE #queue[${index}]${shutOut ? ' SET shutOut = :out' : ''}`,
      names: { '#queue': 'queue' },
      values: { ':element': element, ...(shutOut ? { ':out': encodeShutOut(shutOut) } : {}) },
      conditions: [condition('still there', `#queue[${index}] = :element`)],
      meaning: () => 'done',
    });
    if (outcome === 'fresh') return true;
  }
  throw refuse('try-again');
}

/** Says on the entry that it no longer waits, and why; the first word stands. */
export async function endWait(
  by: Authorized,
  id: string,
  lead: string,
  ended: NonNullable<WaitItem['ended']>,
  offered?: string,
): Promise<void> {
  await update({
    key: keys.booking.wait(by.tenantId, lead, id),
    update: `SET ended = :ended${offered ? ', orderId = :order' : ''} REMOVE duePk, dueAtEpochSeconds`,
    values: { ':ended': ended, ...(offered ? { ':order': offered } : {}) },
    conditions: [exists, condition('still waits', 'attribute_not_exists(ended)')],
    meaning: () => 'done',
  });
}

/** The number that the session gave, onto the entry; numbers only rise, so records in any order leave the last one. */
export async function numberWait(by: Authorized, id: string, lead: string, number: number): Promise<void> {
  await update({
    key: keys.booking.wait(by.tenantId, lead, id),
    update: 'SET #number = :number REMOVE duePk, dueAtEpochSeconds',
    names: { '#number': 'number' },
    values: { ':number': number },
    conditions: [exists, condition('higher', 'attribute_not_exists(#number) OR #number < :number')],
    meaning: () => 'done',
  });
}

/** An entry whose function died before it was in the line: gone, or numbered when it is in the line after all. */
export async function settleWait(by: Authorized, entry: WaitItem): Promise<void> {
  const session = await get(keys.booking.session(by.tenantId, entry.sessionId), sessionItem);
  if (session && positionOf(session, entry.lead) > 0) await numberWait(by, entry.sessionId, entry.lead, 0);
  else await takeBack(by, entry);
}
