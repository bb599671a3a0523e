import { may } from '../../shared/access/abilities.ts';
import { authorized, mustNotBeLimited } from '../../shared/access/authorize.ts';
import { type BookingRow, bookingRow } from '../../shared/booking/booking-row.ts';
import { releaseAgenda, releaseRoom, releaseSeat, type Why } from '../../shared/booking/give-back.ts';
import { moveRow } from '../../shared/booking/rows.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { CIVIL_ZONE, civilNow } from '../../shared/kernel/days.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { keys } from '../../shared/table/keys.ts';
import { parsedItem } from '../../shared/table/read.ts';
import { refusalOfCancel } from './rules.ts';

/**
 * Cancels a booking: the claim goes first (the place is free at once), then the person's day, then the row. When the function dies
 * in between, the stream does the rest. Canceling twice is canceling once. Refuses `not-found`, `no-authority`,
 * `too-late-to-cancel`, `already-checked-in`.
 */
export async function cancelBooking(context: RequestContext, personId: string, bookingId: string): Promise<BookingRow> {
  const { by, items } = await authorized(context, [keys.booking(context.tenantId, personId, bookingId)]);
  const row = items[0] ? parsedItem(bookingRow, items[0]) : undefined;
  mustNotBeLimited(by, [personId]);
  const mayBook = may(by.ability, 'book', 'Person', { personId });
  const asStaff = row !== undefined && may(by.ability, 'staff', 'Desk', { centerId: row.centerId });
  // Whoever may not act for this person learns nothing about which bookings there are.
  if (!mayBook && !asStaff) throw refuse('no-authority');
  if (!row) throw refuse('not-found');
  if (row.state === 'canceled') return row;
  const no = refusalOfCancel(row, civilNow(by.now, CIVIL_ZONE), asStaff && !mayBook);
  if (no) throw no;

  const { date, startsAt, endsAt, kind, roomId, buffers, with: others } = row;
  const why: Why = { a: by.actor.personId, y: mayBook ? 'resident' : 'staff' };
  if (row.sessionId) await releaseSeat(by, row.sessionId, personId, bookingId, why);
  else if (roomId) await releaseRoom(by, { roomId, date, bookingId, startsAt, endsAt, buffers, with: others }, why);
  await releaseAgenda(by, { personId, date, bookingId, startsAt, endsAt, ofRoom: kind === 'room' });
  const canceledAt = context.now.toISOString();
  await moveRow(by, row, 'canceled', { at: canceledAt, gone: { b: bookingId, ...why } });
  return { ...row, state: 'canceled', canceledAt, because: why.y, endedBy: by.actor.personId };
}
