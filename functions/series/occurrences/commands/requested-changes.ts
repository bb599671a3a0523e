import { isActive } from '../../../../shared/booking/row/states.ts';
import { isRefusal } from '../../../../shared/kernel/refusal.ts';
import { cancelBooking } from '../../../bookings/index.ts';
import type { OccurrenceItem, RequestedChange } from '../items.ts';
import { changePurpose, recordAsRead } from '../store.ts';
import { commandAs } from './booking.ts';
import { dropNext } from './confirming.ts';

import { bookOccurrence, type Work } from './placing.ts';

/** Does what somebody wants of one occurrence, and records that it is done, or why it stays as it is. */
export async function carryOutChange(work: Work, wished: OccurrenceItem, wish: RequestedChange): Promise<void> {
  const { by, head, rows } = work;
  // A new time that still waits for its word is no longer wanted, except for what it is for.
  const item = wished.next && wish.to !== 'purpose' ? await dropNext(work, wished) : wished;
  const { wish: _, code: __, note: ___, ...rest } = item;
  const row = item.bookingId ? rows.get(item.bookingId) : undefined;
  const ended = row !== undefined && !isActive(row.state) && row.because !== 'moved';
  if (ended && wish.to !== 'cancel') {
    await recordAsRead(by, head.seriesId, { ...rest, code: 'occurrence-over' }, item);
    return;
  }
  if (wish.to === 'place') {
    const { date, startsAt, endsAt } = wish;
    // A first try that died may have moved it already: `row` is then ended, and the place is found by its key.
    await bookOccurrence(work, item.recurrence, item, { date, startsAt, endsAt }, row);
    return;
  }
  if (wish.to === 'purpose') {
    const waiting = item.next && rows.get(item.next.bookingId);
    for (const one of [row, waiting]) if (one) await changePurpose(by, one, wish.purpose);
    await recordAsRead(by, head.seriesId, rest, item);
    return;
  }
  try {
    if (row) await cancelBooking(commandAs(by, wish.by, undefined), row.beneficiaryId, row.bookingId);
    await recordAsRead(by, head.seriesId, { ...rest, outcome: 'canceled' }, item);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (error.code === 'try-again' || error.code === 'changed-meanwhile') return;
    await recordAsRead(by, head.seriesId, { ...rest, code: error.code }, item);
  }
}
