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
import { appendToWaitlist, keepFirstNumber, takeFromWaitlist } from '../claim/waitlist.ts';
import { readSession } from '../facts/sessions.ts';
import { findInWaitlist } from '../facts/waitlist.ts';
import type { SessionItem } from '../items/session.ts';
import { type WaitItem, waitItem } from '../items/wait.ts';
import { placeOfTurn, type Turn } from '../items/waitlist.ts';
import { dueAttributes, ORDER_SECONDS } from '../order/order.ts';

export type Joined = { readonly number: number | undefined; readonly position: number };

export type Party = Pick<WaitItem, 'sessionId' | 'lead' | 'party' | 'actorId' | 'byStaff' | 'requestHash' | 'payWith'>;

/**
 * Puts a party at the end of the line: who it is first, then into the session's item, which gives it its number. A function
 * that dies in between leaves an entry that nobody counts; the sweep takes it away. Done again, it finds itself in the line. Refuses
 * `places-left` when there is room for the party and nobody waits, `already-waiting`, `already-booked`, `session-closed`,
 * `waitlist-full`, `not-found`.
 */
export async function joinWaitlist(by: Authorized, session: SessionItem, wanted: Party): Promise<Joined> {
  const { lead, sessionId } = wanted;
  const before = await writeEntry(by, wanted, session.lastNumber);
  // A second try looks before it joins: its first one may stand where the session no longer says who it is.
  const now = before && (await readSession(by, sessionId));
  const found = now && (await findInWaitlist(by, now, lead, before.number));
  if (found) return joinedAs(now, found, before.number);
  try {
    const joined = await appendToWaitlist(by, now ?? session, wanted);
    return joinedAs(joined.session, joined.turn, before?.number);
  } catch (error) {
    if (isRefusal(error) && error.code !== 'try-again' && error.code !== 'already-waiting') await takeBack(by, wanted);
    throw error;
  }
}

const joinedAs = (session: SessionItem, turn: Turn, number: number | undefined): Joined => ({
  number: turn.in === 'queue' ? number : turn.number,
  position: placeOfTurn(session, turn).position,
});

/**
 * The entry, new or in the place of one that has ended; `numberAbove` is the last number that was given before. Gives what was there of
 * this very request. Refuses `already-waiting` when another party of the same lead is in line.
 */
async function writeEntry(by: Authorized, wanted: Party, numberAbove: number): Promise<WaitItem | undefined> {
  const key = keys.booking.wait(by.tenantId, wanted.lead, wanted.sessionId);
  const entry = z.encode(waitItem, { ...wanted, is: 'wait', joinedAt: by.now.toISOString(), numberAbove });
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
  if (!stored || stored.requestHash === wanted.requestHash) return stored;
  // Another request of the same lead: in line it keeps its place, and if it is not, this one takes over.
  const session = await readSession(by, wanted.sessionId);
  if (session && (await findInWaitlist(by, session, wanted.lead, stored.number)))
    throw refuse('already-waiting', { sessionId: wanted.sessionId, personId: wanted.lead });
  await put({
    key,
    item,
    values: { ':joined': stored.joinedAt },
    conditions: [condition('as read', 'joinedAt = :joined')],
    meaning: () => refuse('already-waiting', { sessionId: wanted.sessionId, personId: wanted.lead }),
  });
  return undefined;
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
  const number = await takeFromWaitlist(by, id, lead);
  if (number !== undefined) return endWait(by, id, lead, 'left', { number });
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
  await takeFromWaitlist(by, id, lead, { lead, waitId });
  await endWait(by, id, lead, 'closed');
  return (await get(keys.booking.wait(by.tenantId, lead, id), waitItem))?.ended !== 'offered';
}

/**
 * Says on the entry that it no longer waits, and why; the first word stands. `number` is the one whose wait is over: an entry of a later wait
 * stays as it is, however late this is said.
 */
export async function endWait(
  by: Authorized,
  id: string,
  lead: string,
  ended: NonNullable<WaitItem['ended']>,
  { number, orderId }: { readonly number?: number | undefined; readonly orderId?: string | undefined } = {},
): Promise<void> {
  await update({
    key: keys.booking.wait(by.tenantId, lead, id),
    update: `SET ended = :ended${orderId ? ', orderId = :order' : ''} REMOVE duePk, dueAtEpochSeconds`,
    values: {
      ':ended': ended,
      ...(orderId ? { ':order': orderId } : {}),
      ...(number === undefined ? {} : { ':number': number }),
    },
    conditions: [
      exists,
      condition('still waits', 'attribute_not_exists(ended)'),
      ...(number === undefined ? [] : [ofThisWait]),
    ],
    meaning: () => 'done',
  });
}

const ofThisWait = condition('of this wait', 'attribute_not_exists(numberAbove) OR numberAbove < :number');

/** The number that the session gave, onto the entry; where a late double of the request had taken another, the first one stays. */
export async function numberWait(by: Authorized, id: SessionId, lead: string, number: number): Promise<void> {
  const key = keys.booking.wait(by.tenantId, lead, id);
  const write = {
    key,
    update: 'SET #number = :number REMOVE duePk, dueAtEpochSeconds',
    names: { '#number': 'number' },
  };
  let stored: WaitItem | undefined;
  await update({
    ...write,
    values: { ':number': number, ':none': 0 },
    conditions: [exists, condition('not numbered', 'attribute_not_exists(#number) OR #number = :none'), ofThisWait],
    meaning: (found) => {
      stored = found && parsedItem(waitItem, found);
      return 'done';
    },
  });
  if (!stored || stored.ended || (stored.numberAbove ?? 0) >= number) return;
  if (!stored.number || stored.number === number) return;
  const kept = await keepFirstNumber(by, id, stored.number, number);
  if (kept !== number) return;
  await update({
    ...write,
    values: { ':number': number, ':was': stored.number },
    conditions: [condition('as read', '#number = :was'), ofThisWait],
    meaning: () => 'done',
  });
}

/** An entry whose function died before it was in the line: gone, or numbered when it is in the line after all. */
export async function settleWait(by: Authorized, entry: WaitItem): Promise<void> {
  const session = await readSession(by, entry.sessionId);
  const turn = session && (await findInWaitlist(by, session, entry.lead, entry.number));
  if (!turn) return takeBack(by, entry);
  await numberWait(by, entry.sessionId, entry.lead, turn.in === 'queue' ? 0 : turn.number);
}
