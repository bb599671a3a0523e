import type * as z from 'zod';
import { authorized, mustBeAble, mustNotBeLimited } from '../../../shared/access/authorize.ts';
import { missSeat } from '../../../shared/booking/claim/attendance.ts';
import { rowFactFrom, rowFactKey } from '../../../shared/booking/facts/bookings.ts';
import { readOrder } from '../../../shared/booking/facts/orders.ts';
import { readSession } from '../../../shared/booking/facts/sessions.ts';
import { publicSession, type SessionItem } from '../../../shared/booking/items/session.ts';
import { decideNoShow, followNoShow } from '../../../shared/booking/no-show/no-shows.ts';
import { readNoShowLogOf } from '../../../shared/booking/no-show/view.ts';
import { boardSeatOf } from '../../../shared/booking/row/board-seat.ts';
import { moveRow } from '../../../shared/booking/row/rows.ts';
import type { BookingId, PersonId } from '../../../shared/contracts/common.ts';
import type { attendanceAnswer } from '../../../shared/contracts/desk.ts';
import type { appealDecision, NoShow } from '../../../shared/contracts/no-shows.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { CIVIL_ZONE, civilNow } from '../../../shared/kernel/days.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { whyNotMissed } from '../rules.ts';
import { type AtDesk, authorizeAtDesk, readPeopleShown } from '../store.ts';
import { showNoShows } from './queries.ts';

/**
 * Marks somebody as not having come: the seat first, then the row, the person's list and its log. Done again it changes nothing. Refuses
 * `not-found`, `no-show-too-early`, `already-checked-in`.
 */
export async function recordNoShow(
  desk: AtDesk,
  session: SessionItem,
  personId: PersonId,
): Promise<z.input<typeof attendanceAnswer>> {
  const { by } = desk;
  const { sessionId, date } = session;
  const seat = session.seats[personId];
  const whyNot = whyNotMissed(session, seat, civilNow(by.now, CIVIL_ZONE));
  if (!seat || whyNot) throw whyNot ?? refuse('not-found');
  // The place of an order that is not decided is only held: nobody has missed it.
  if (seat.orderId && (await readOrder(by, seat.orderId))?.status !== 'booked') throw refuse('not-found');
  const people = await readPeopleShown(desk, [personId]);
  const row = { beneficiaryId: personId, bookingId: seat.bookingId, sessionId };
  if (await missSeat(by, sessionId, personId, seat, by.actor.personId)) {
    await moveRow(by, row, 'no-show');
    await followNoShow(by, row);
  }
  const item = await readSession(by, sessionId);
  const stored = item?.seats[personId];
  if (!item || stored?.bookingId !== seat.bookingId) throw refuse('not-found');
  return { session: publicSession(item), seat: boardSeatOf(personId, stored, people.get(personId), date) };
}

/**
 * The center's word on an appeal, or a mistaken mark taken back. Refuses `forbidden` to all but staff of the booking's own center,
 * `no-authority`, `not-a-no-show`, `already-decided`, `no-appeal`.
 */
export async function decideAppeal(
  context: RequestContext,
  personId: PersonId,
  bookingId: BookingId,
  { accept, reason }: z.output<typeof appealDecision>,
): Promise<NoShow> {
  const { by, items } = await authorized(context, [rowFactKey(context.tenantId, personId, bookingId)]);
  const row = rowFactFrom(items[0]);
  // Whoever does not work at its center learns nothing of whether there is such a booking.
  if (!row) throw refuse('forbidden');
  mustBeAble(by, 'staff', 'Desk', { centerId: row.centerId });
  mustNotBeLimited(by, [personId]);
  await decideNoShow(by, personId, bookingId, { who: by.actor.personId, accept, reason });
  const desk = await authorizeAtDesk(context, row.centerId);
  const [noShow] = await showNoShows(desk, await readNoShowLogOf(by, personId, bookingId));
  if (!noShow) throw refuse('not-a-no-show');
  return noShow;
}
