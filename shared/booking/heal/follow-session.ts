import type { Authorized } from '../../access/authorize.ts';
import type { BookingId, PersonId } from '../../contracts/common.ts';
import { isNew } from '../../table/conditions.ts';
import { keys } from '../../table/keys.ts';
import { put } from '../../table/write.ts';
import { readLeads } from '../facts/waitlist.ts';
import { encodeWaitDecision, type Seat, type SessionItem } from '../items/session.ts';
import { nameOf, partyOf, turnsOf } from '../items/waitlist.ts';
import { endWait, numberWait } from '../waitlist/waitlist.ts';
import { recordAttended } from './attended.ts';

/** A seat as far as what is derived from it goes. */
const markOf = (seat: Seat | undefined): string =>
  seat
    ? [
        seat.bookingId,
        seat.checkedInAt,
        seat.checkedOutAt,
        seat.isNoShow,
        seat.heldUntilEpochSeconds === undefined,
        seat.uncountedRanks?.length,
      ].join(' ')
    : '';

/** A booking whose place changed between two images of a session; `seat` as it then was, `undefined` where it was given back. */
export type ChangedSeat = {
  readonly personId: PersonId;
  readonly bookingId: BookingId;
  readonly seat: Seat | undefined;
  readonly past: Seat | undefined;
};

/** Every booking whose place changed between two images of a session. Where one gave way to another both are told. */
export function changedSeats(was: SessionItem | undefined, now: SessionItem): ChangedSeat[] {
  const people = new Set([...Object.keys(now.seats), ...Object.keys(was?.seats ?? {})]);
  return [...people].flatMap((personId) => {
    const seat = now.seats[personId];
    const past = was?.seats[personId];
    if (markOf(seat) === markOf(past)) return [];
    const ids = new Set([seat?.bookingId, past?.bookingId].filter((id) => id !== undefined));
    return [...ids].map((bookingId) => ({
      personId,
      bookingId,
      seat: seat?.bookingId === bookingId ? seat : undefined,
      past: past?.bookingId === bookingId ? past : undefined,
    }));
  });
}

/** Remembers who was checked in, for offerings that ask for it. */
export async function recordCheckIns(by: Authorized, now: SessionItem, changed: readonly ChangedSeat[]): Promise<void> {
  for (const { personId, seat, past } of changed)
    if (seat?.checkedInAt && !past?.checkedInAt) await recordAttended(by, personId, now);
}

/** Numbers given, decisions taken and places in the line given up, as two images of a session show them, onto their own items. */
export async function followWaitlist(by: Authorized, was: SessionItem | undefined, now: SessionItem): Promise<void> {
  const { sessionId } = now;
  for (const [element, number] of Object.entries(now.tail ?? {}))
    if (was?.tail?.[element] !== number) await numberWait(by, sessionId, partyOf(element).lead, number);
  // A record that was written before there were blocks: one write appended one element and raised the number once.
  for (const element of now.queue)
    if (!was?.queue.includes(element)) await numberWait(by, sessionId, partyOf(element).lead, now.lastNumber);
  const decided = now.last && now.decisions !== (was?.decisions ?? 0) ? now.last : undefined;
  if (decided) {
    const key = keys.booking.decision(by.tenantId, sessionId, decided.number);
    await put({ key, item: { ...encodeWaitDecision(decided), sessionId }, conditions: [isNew], meaning: () => 'done' });
  }
  const stay = new Set(turnsOf(now).map(nameOf));
  const left = was ? turnsOf(was).filter((turn) => !stay.has(nameOf(turn))) : [];
  const shutOut = now.shutOut?.waitId === was?.shutOut?.waitId ? undefined : now.shutOut?.lead;
  // One write takes out one party, and where it decides about it or shuts it out it says who that is.
  const named = decided?.lead ?? shutOut;
  const gone = named ? left.map((turn) => ({ turn, lead: named })) : await readLeads(by, now, left);
  for (const { turn, lead } of gone) {
    const number = turn.in === 'queue' ? 0 : turn.number;
    const what = decided?.what ?? (shutOut ? 'closed' : 'left');
    await endWait(by, sessionId, lead, what, { number, orderId: decided?.orderId });
  }
}
