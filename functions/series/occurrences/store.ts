import type { Authorized } from '../../../shared/access/authorize.ts';
import { setPurpose } from '../../../shared/booking/claim/room.ts';
import { readRows } from '../../../shared/booking/facts/bookings.ts';
import type { BookingRow } from '../../../shared/booking/items/booking-row.ts';
import { setRowPurpose } from '../../../shared/booking/row/rows.ts';
import type { BookingId, PersonId, SeriesId } from '../../../shared/contracts/common.ts';
import { condition, isNew, type RawItem } from '../../../shared/table/conditions.ts';
import { keys } from '../../../shared/table/keys.ts';
import { type Outcome, put } from '../../../shared/table/write.ts';
import type { OccurrenceItem } from './items.ts';

const names = { '#tries': 'tries', '#won': 'won' };

const occurrencePut = (by: Authorized, seriesId: SeriesId, item: OccurrenceItem) => ({
  key: keys.series.occurrence(by.tenantId, seriesId, item.recurrence),
  item: item as RawItem,
});

/**
 * Records that try number `item.tries` took a place. A place wins over a refusal of the same try, which two at work on one occurrence may
 * find at the same moment. `done` when a later try has been decided: `item` is then what stands.
 */
export function recordWon(by: Authorized, seriesId: SeriesId, item: OccurrenceItem): Promise<Outcome> {
  return put({
    ...occurrencePut(by, seriesId, item),
    names,
    values: { ':try': item.tries, ':no': false },
    conditions: [
      condition('no later try', 'attribute_not_exists(pk) OR #tries < :try OR (#tries = :try AND #won = :no)'),
    ],
    meaning: () => 'done',
  });
}

/** Records that this try was refused; nothing where it is decided already. */
export function recordLost(by: Authorized, seriesId: SeriesId, item: OccurrenceItem): Promise<Outcome> {
  return put({
    ...occurrencePut(by, seriesId, item),
    names: { '#tries': 'tries' },
    values: { ':try': item.tries },
    conditions: [condition('not decided', 'attribute_not_exists(pk) OR #tries < :try')],
    meaning: () => 'done',
  });
}

/** Replaces an occurrence that has not been tried again since it was read: a wish, its end, a reopening. Nothing otherwise. */
export function recordAsRead(
  by: Authorized,
  seriesId: SeriesId,
  item: OccurrenceItem,
  was: OccurrenceItem | undefined,
): Promise<Outcome> {
  return put({
    ...occurrencePut(by, seriesId, item),
    ...(was
      ? {
          names: { ...names, '#outcome': 'outcome' },
          values: { ':tries': was.tries, ':won': was.won, ':outcome': was.outcome },
          conditions: [condition('as read', '#tries = :tries AND #won = :won AND #outcome = :outcome')],
        }
      : { conditions: [isNew] }),
    meaning: () => 'done',
  });
}

/** The rows of bookings of one person by id, one call for each hundred. */
export async function readOwnRows(
  by: Authorized,
  personId: PersonId,
  bookingIds: readonly BookingId[],
): Promise<Map<string, BookingRow>> {
  const rows = await readRows(
    by,
    bookingIds.map((bookingId) => ({ personId, bookingId })),
  );
  return new Map(rows.map((row) => [row.bookingId, row]));
}

/** The claim says what a room is booked for; the row follows it. */
export async function changePurpose(by: Authorized, row: BookingRow, purpose: string): Promise<void> {
  const { roomId, date, bookingId } = row;
  if (row.kind !== 'room' || !roomId) return;
  await setPurpose(by, { roomId, date, bookingId }, purpose);
  await setRowPurpose(by, row, purpose);
}
