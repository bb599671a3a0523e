import type { Authorized } from '../../shared/access/authorize.ts';
import type { BookingRow } from '../../shared/booking/booking-row.ts';
import { entryAttribute } from '../../shared/booking/day-sheet.ts';
import { isStanding } from '../../shared/booking/rules.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { condition } from '../../shared/table/conditions.ts';
import { keys } from '../../shared/table/keys.ts';
import { update } from '../../shared/table/write.ts';
import { cancelBooking } from '../bookings/index.ts';
import { contextAs } from './booking.ts';
import type { OccurrenceItem, Wish } from './items.ts';
import { place, type Work } from './placing.ts';
import { recordAsRead } from './store.ts';

/** Does what somebody wants of one occurrence, and records that it is done, or why it stays as it is. */
export async function grantWish(work: Work, item: OccurrenceItem, wish: Wish): Promise<void> {
  const { by, head, rows } = work;
  const { wish: _, code: __, note: ___, ...rest } = item;
  const row = item.bookingId ? rows.get(item.bookingId) : undefined;
  const ended = row !== undefined && !isStanding(row.state) && row.because !== 'moved';
  if (ended && wish.to !== 'cancel') {
    await recordAsRead(by, head.seriesId, { ...rest, code: 'occurrence-over' }, item);
    return;
  }
  if (wish.to === 'place') {
    const { date, startsAt, endsAt } = wish;
    // A first try that died may have moved it already: `row` is then ended, and the place is found by its key.
    await place(work, item.recurrence, item, { date, startsAt, endsAt }, row);
    return;
  }
  if (wish.to === 'purpose') {
    if (row) await changePurpose(by, row, wish.purpose);
    await recordAsRead(by, head.seriesId, rest, item);
    return;
  }
  try {
    if (row) await cancelBooking(contextAs(by, wish.by, undefined), row.beneficiaryId, row.bookingId);
    await recordAsRead(by, head.seriesId, { ...rest, outcome: 'canceled' }, item);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (error.code === 'try-again' || error.code === 'changed-meanwhile') return;
    await recordAsRead(by, head.seriesId, { ...rest, code: error.code }, item);
  }
}

/** The claim says what a room is booked for; the row follows it. */
async function changePurpose(by: Authorized, row: BookingRow, purpose: string): Promise<void> {
  const { roomId, date, bookingId, beneficiaryId } = row;
  if (row.kind !== 'room' || !roomId) return;
  const values = { ':purpose': purpose };
  await update({
    key: keys.roomDay(by.tenantId, roomId, date),
    update: 'SET #entry.#u = :purpose',
    names: { '#entry': entryAttribute(bookingId), '#u': 'u' },
    values,
    conditions: [condition('entered', 'attribute_exists(#entry)')],
    meaning: () => 'done',
  });
  await update({
    key: keys.booking(by.tenantId, beneficiaryId, bookingId),
    update: 'SET purpose = :purpose',
    values,
    conditions: [condition('booked', 'attribute_exists(pk)')],
    meaning: () => 'done',
  });
}
