import * as z from 'zod';
import type { Authorized } from '../../access/authorize.ts';
import type { PersonId, SessionId } from '../../contracts/common.ts';
import { epochSeconds } from '../../kernel/clock.ts';
import { isRefusal, refuse } from '../../kernel/refusal.ts';
import { condition, exists } from '../../table/conditions.ts';
import { keys } from '../../table/keys.ts';
import { get, parsedItem } from '../../table/read.ts';
import { requestHashAttribute } from '../../table/stored.ts';
import { put, remove, update } from '../../table/write.ts';
import { appendToQueue, removeFromQueue } from '../claim/queue.ts';
import { readSession } from '../facts/sessions.ts';
import { positionOf, type SessionItem } from '../items/session.ts';
import { type WaitItem, waitItem } from '../items/wait.ts';
import { dueAttributes, ORDER_SECONDS } from '../order/order.ts';

export type Joined = { readonly number: number | undefined; readonly position: number };

export type Party = Pick<WaitItem, 'sessionId' | 'lead' | 'party' | 'actorId' | 'byStaff' | 'requestHash' | 'payWith'>;

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
  const { lead, sessionId } = wanted;
  try {
    const { session: after, queuedBefore } = await appendToQueue(by, session, wanted);
    const entry = queuedBefore ? await get(keys.booking.wait(by.tenantId, lead, sessionId), waitItem) : undefined;
    return { number: queuedBefore ? entry?.number : after.lastNumber, position: positionOf(after, lead) };
  } catch (error) {
    if (isRefusal(error) && error.code !== 'try-again' && error.code !== 'already-waiting') await takeBack(by, wanted);
    throw error;
  }
}

/** The entry, new or in the place of one that has ended. Refuses `already-waiting` when another party of the same lead is in line. */
async function writeEntry(by: Authorized, wanted: Party): Promise<void> {
  const key = keys.booking.wait(by.tenantId, wanted.lead, wanted.sessionId);
  const entry = z.encode(waitItem, { ...wanted, is: 'wait', joinedAt: by.now.toISOString() });
  const item = { ...entry, ...dueAttributes(by, wanted.lead, epochSeconds(by.now) + ORDER_SECONDS) };
  let stored: WaitItem | undefined;
  await put({
    key,
    item,
    conditions: [condition('new, or ended', 'attribute_not_exists(pk) OR attribute_exists(ended)')],
    meaning: (found) => {
      stored = found && parsedItem(waitItem, found);
      return 'done';
    },
  });
  if (!stored || stored.requestHash === wanted.requestHash) return;
  // Another request of the same lead: in line it keeps its place, and if it is not, this one takes over.
  const session = await readSession(by, wanted.sessionId);
  if (session && positionOf(session, wanted.lead) > 0)
    throw refuse('already-waiting', { sessionId: wanted.sessionId, personId: wanted.lead });
  await put({
    key,
    item,
    values: { ':joined': stored.joinedAt },
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
  if (await removeFromQueue(by, id, lead)) return endWait(by, id, lead, 'left');
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
export async function removeFromWaitlist(
  by: Authorized,
  id: SessionId,
  lead: PersonId,
  waitId: string,
): Promise<boolean> {
  await removeFromQueue(by, id, lead, { lead, waitId });
  await endWait(by, id, lead, 'closed');
  return (await get(keys.booking.wait(by.tenantId, lead, id), waitItem))?.ended !== 'offered';
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
  const session = await readSession(by, entry.sessionId);
  if (session && positionOf(session, entry.lead) > 0) await numberWait(by, entry.sessionId, entry.lead, 0);
  else await takeBack(by, entry);
}
