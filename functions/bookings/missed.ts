import type { Authorized } from '../../shared/access/authorize.ts';
import { missSeat } from '../../shared/booking/claim/attendance.ts';
import type { SessionItem } from '../../shared/booking/items/session.ts';
import { followNoShow } from '../../shared/booking/no-show/no-shows.ts';
import { moveRow } from '../../shared/booking/row/rows.ts';
import { instantOf } from '../../shared/kernel/days.ts';

const AFTER_END_MS = 3_600_000;

/**
 * Who was not checked in an hour after the end of a session did not come, where attendance is kept: where somebody else was checked in.
 * A desk that checks nobody in says nothing about anybody. Gives how many were marked.
 */
export async function markMissed(by: Authorized, sessions: readonly SessionItem[]): Promise<number> {
  let marked = 0;
  for (const { sessionId, date, endsAt, seats } of sessions) {
    if (by.now.getTime() < instantOf(date, endsAt).getTime() + AFTER_END_MS) continue;
    const places = Object.entries(seats);
    if (!places.some(([, { checkedInAt }]) => checkedInAt)) continue;
    for (const [personId, seat] of places) {
      const isSettled =
        seat.checkedInAt !== undefined || seat.isNoShow !== undefined || seat.heldUntilEpochSeconds !== undefined;
      if (isSettled || !(await missSeat(by, sessionId, personId, seat, 'city'))) continue;
      const row = { beneficiaryId: personId, bookingId: seat.bookingId, sessionId };
      await moveRow(by, row, 'no-show');
      await followNoShow(by, row);
      marked += 1;
    }
  }
  return marked;
}
