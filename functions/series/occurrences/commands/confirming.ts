import type { BookingRow } from '../../../../shared/booking/items/booking-row.ts';
import { isActive } from '../../../../shared/booking/row/states.ts';
import type { BookingId } from '../../../../shared/contracts/common.ts';
import type { OccurrenceItem } from '../items.ts';
import { isOver } from '../rules/state.ts';
import { recordAsRead } from '../store.ts';

import { releaseMoved } from './booking.ts';
import { leave, type Work } from './placing.ts';

const rowOf = ({ rows }: Work, bookingId: BookingId | undefined): BookingRow | undefined =>
  bookingId === undefined ? undefined : rows.get(bookingId);

/**
 * Looks what became of the new time that an occurrence waits for. Confirmed: it takes over, and the old time is given up. Lapsed or
 * refused: the old one stays, and the occurrence says so. Undecided: it waits on, until the old time begins. Answers the occurrence as it
 * then stands.
 */
export async function settleNext(work: Work, item: OccurrenceItem): Promise<OccurrenceItem> {
  const { by, head } = work;
  const { zone } = work.opening.center;
  const { next, code: _, note: __, ...rest } = item;
  const row = rowOf(work, next?.bookingId);
  if (!next || !row) return item;
  const old = rowOf(work, item.bookingId);
  if (row.state === 'held') return old && isOver(old, by.now, zone) ? dropNext(work, item) : item;
  if (!isActive(row.state)) {
    const kept = { ...rest, code: 'move-not-confirmed' };
    await recordAsRead(by, head.seriesId, kept, item);
    return kept;
  }
  const leaves = old && !isOver(old, by.now, zone) ? { leaves: old.bookingId } : {};
  const moved: OccurrenceItem = { ...rest, ...next, outcome: 'booked', ...leaves };
  await recordAsRead(by, head.seriesId, moved, item);
  return old && moved.leaves ? leave(work, moved, old) : moved;
}

/** Gives the new time up that an occurrence waits for: something else is wanted of it, or its old time has begun. */
export async function dropNext(work: Work, item: OccurrenceItem): Promise<OccurrenceItem> {
  const { next, ...rest } = item;
  const row = rowOf(work, next?.bookingId);
  if (row && isActive(row.state)) await releaseMoved(work.by, row, work.head.actorId);
  await recordAsRead(work.by, work.head.seriesId, rest, item);
  return rest;
}
