import type { Authorized } from '../access/authorize.ts';
import { condition, exists, isNew } from '../table/conditions.ts';
import { keys } from '../table/keys.ts';
import { parsedItem } from '../table/read.ts';
import { put, update } from '../table/write.ts';
import { type BookingRow, bookingRow } from './booking-row.ts';

/** Writes the row unless it is there; gives the row that stands (a canceled one stays canceled). */
export async function writeRow(by: Authorized, row: BookingRow): Promise<{ row: BookingRow; fresh: boolean }> {
  const { outcome, item } = await put({
    key: keys.booking(by.tenantId, row.beneficiaryId, row.bookingId),
    item: row,
    conditions: [isNew],
    meaning: () => 'done',
  });
  return { row: item ? parsedItem(bookingRow, item) : row, fresh: outcome === 'fresh' };
}

/** States a row may come from; attendance only moves forward, and `canceled` is the end. */
const before = {
  'checked-in': ['booked'],
  'checked-out': ['booked', 'checked-in'],
  canceled: ['booked', 'checked-in', 'checked-out'],
} as const;

/** Moves a row on to `state`; nothing happens where it is there already, or past it. */
export async function moveRow(
  by: Authorized,
  row: { beneficiaryId: string; bookingId: string },
  state: keyof typeof before,
  atIso?: string,
): Promise<void> {
  const from = before[state].map((_, index) => `:from${index}`);
  await update({
    key: keys.booking(by.tenantId, row.beneficiaryId, row.bookingId),
    update: `SET #state = :state${state === 'canceled' ? ', canceledAt = :at' : ''}`,
    names: { '#state': 'state' },
    values: {
      ':state': state,
      ...(state === 'canceled' ? { ':at': atIso ?? by.now.toISOString() } : {}),
      ...Object.fromEntries(before[state].map((value, index) => [`:from${index}`, value])),
    },
    conditions: [exists, condition('comes before', `#state IN (${from.join(', ')})`)],
    meaning: () => 'done',
  });
}
