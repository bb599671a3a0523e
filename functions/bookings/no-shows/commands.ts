import { type Authorized, authorized, mustBeAble } from '../../../shared/access/authorize.ts';
import { missSeat } from '../../../shared/booking/claim/attendance.ts';
import type { SessionItem } from '../../../shared/booking/items/session.ts';
import {
  appealNoShow,
  followNoShow,
  noShowFactKeys,
  noShowFactsFrom,
} from '../../../shared/booking/no-show/no-shows.ts';
import { readNoShowLogOf } from '../../../shared/booking/no-show/view.ts';
import { moveRow } from '../../../shared/booking/row/rows.ts';
import type { BookingId, PersonId } from '../../../shared/contracts/common.ts';
import type { NoShow } from '../../../shared/contracts/no-shows.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { instantOf } from '../../../shared/kernel/days.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { showNoShows } from './queries.ts';

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

/**
 * Contests a no-show with a reason, once: the person or who may book for them. Refuses `no-authority`, `not-found`, `not-a-no-show`,
 * `already-appealed`, `already-decided`.
 */
export async function appeal(
  context: RequestContext,
  personId: PersonId,
  bookingId: BookingId,
  reason: string,
): Promise<NoShow> {
  const { by, items } = await authorized(context, noShowFactKeys(context.tenantId, personId, bookingId));
  mustBeAble(by, 'book', 'Person', { personId }, 'no-authority');
  const facts = noShowFactsFrom(items);
  if (!facts) throw refuse('not-found');
  await appealNoShow(by, facts, by.actor.personId, reason);
  const [noShow] = await showNoShows(by, await readNoShowLogOf(by, personId, bookingId), facts.rule);
  if (!noShow) throw refuse('not-a-no-show');
  return noShow;
}
