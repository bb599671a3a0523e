import type { Authorized, AuthorizedActor } from '../../access/authorize.ts';
import type { BookingId, PersonId, SessionId } from '../../contracts/common.ts';
import { type Refusal, refuse } from '../../kernel/refusal.ts';
import { condition, exists } from '../../table/conditions.ts';
import { parsedItem } from '../../table/read.ts';
import { update, updateAndRead } from '../../table/write.ts';
import { type Seat, type SessionItem, seatPath, sessionItem } from '../items/session.ts';
import { sessionKey } from './keys.ts';

/** What becomes of a seat on the day: who comes and leaves, who does not come, and whom that is forgiven. */
export type Attendance = 'checked-in' | 'checked-out';

const stamps = { 'checked-in': 'checkedInAt', 'checked-out': 'checkedOutAt' } as const;

const holdsSeat = condition('this booking holds the place', `${seatPath('#p', 'bookingId')} = :booking`);

/** Why this seat cannot be checked in or out: attendance only moves forward, and nobody leaves who has not come. */
export function whyNotAttend(seat: Seat | undefined, to: Attendance): Refusal | undefined {
  if (!seat) return refuse('not-found');
  if (to === 'checked-in') return seat.checkedInAt ? refuse('already-checked-in') : undefined;
  if (!seat.checkedInAt) return refuse('not-checked-in');
  return seat.checkedOutAt ? refuse('already-checked-out') : undefined;
}

/**
 * Writes the moment into the seat, on the condition that this booking holds it and that the step is the next one: the write is the
 * check. Gives the session as it stands after. Refuses `not-found`, `already-checked-in`, `not-checked-in`, `already-checked-out`.
 */
export async function markAttendance(
  by: AuthorizedActor,
  sessionId: SessionId,
  personId: PersonId,
  bookingId: BookingId,
  to: Attendance,
): Promise<SessionItem> {
  const nowIso = by.now.toISOString();
  const stamp = stamps[to];
  const path = seatPath('#p', stamp);
  const isArrival = to === 'checked-in';
  const item = await updateAndRead({
    key: sessionKey(by, sessionId),
    // Who turns a no-show back is told by its log.
    update: `SET ${path} = :now${isArrival ? `, ${seatPath('#p', 'noShowMark')} = :who` : ''}`,
    names: { '#p': personId },
    values: {
      ':now': nowIso,
      ':booking': bookingId,
      ...(isArrival ? { ':who': [by.actor.personId, nowIso] } : {}),
    },
    conditions: [
      exists,
      holdsSeat,
      condition('not yet', `attribute_not_exists(${path})`),
      ...(isArrival ? [] : [condition('checked in', `attribute_exists(${seatPath('#p', 'checkedInAt')})`)]),
    ],
    meaning: (stored) => {
      const found = stored && parsedItem(sessionItem, stored).seats[personId];
      const seat = found?.bookingId === bookingId ? found : undefined;
      // Our own instant stands there: the write was done, its answer lost on the way.
      if (seat?.[stamp] === nowIso) return 'done';
      return whyNotAttend(seat, to) ?? refuse('changed-meanwhile');
    },
  });
  return parsedItem(sessionItem, item);
}

/** Marks a place as missed, by who says so; a place that was attended or is gone is left alone. Gives whether it is missed now. */
export async function missSeat(
  by: Authorized,
  sessionId: SessionId,
  personId: PersonId,
  { bookingId }: Pick<Seat, 'bookingId'>,
  who: string,
): Promise<boolean> {
  const missed = seatPath('#p', 'isNoShow');
  const { outcome, item } = await update({
    key: sessionKey(by, sessionId),
    update: `SET ${missed} = :yes, ${seatPath('#p', 'noShowMark')} = :who`,
    names: { '#p': personId },
    values: { ':yes': true, ':who': [who, by.now.toISOString()], ':booking': bookingId },
    conditions: [
      holdsSeat,
      condition('not attended', `attribute_not_exists(${seatPath('#p', 'checkedInAt')})`),
      condition('not said before', `attribute_not_exists(${missed})`),
    ],
    meaning: () => 'done',
  });
  if (outcome === 'fresh') return true;
  const seat = item && parsedItem(sessionItem, item).seats[personId];
  return seat?.bookingId === bookingId && seat.isNoShow === true && !seat.checkedInAt;
}

/** The seat says that its no-show was excused; a seat that is gone, or was never missed, is left alone. */
export async function excuseSeat(
  by: Authorized,
  sessionId: SessionId,
  personId: PersonId,
  bookingId: BookingId,
): Promise<void> {
  const missed = seatPath('#p', 'isNoShow');
  await update({
    key: sessionKey(by, sessionId),
    update: `SET ${missed} = :no`,
    names: { '#p': personId },
    values: { ':no': false, ':yes': true, ':booking': bookingId },
    conditions: [holdsSeat, condition('was missed', `${missed} = :yes`)],
    meaning: () => 'done',
  });
}
