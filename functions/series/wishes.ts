import { isStanding } from '../../shared/booking/rules.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { cancelBooking } from '../bookings/index.ts';
import { contextAs } from './booking.ts';
import type { OccurrenceItem, Wish } from './items.ts';
import { place, type Work } from './placing.ts';
import { changePurpose, recordAsRead } from './store.ts';

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
