import type { Authorized } from '../../access/authorize.ts';
import type { BookingId, PersonId } from '../../contracts/common.ts';
import { condition, exists, isNew } from '../../table/conditions.ts';
import { keys } from '../../table/keys.ts';
import { parsedItem } from '../../table/read.ts';
import { put, update } from '../../table/write.ts';
import { type BookingRow, bookingRow, encodeBookingRow } from '../items/booking-row.ts';
import type { ClaimEnd } from '../items/claim-end.ts';
import { type BookingState, statesBefore } from './states.ts';

/** Writes the row unless it is there; gives the row that stands (a canceled one stays canceled). */
export async function writeRow(by: Authorized, row: BookingRow): Promise<{ row: BookingRow; fresh: boolean }> {
  const { outcome, item } = await put({
    key: keys.booking.booking(by.tenantId, row.beneficiaryId, row.bookingId),
    item: encodeBookingRow(row),
    conditions: [isNew],
    meaning: () => 'done',
  });
  return { row: item ? parsedItem(bookingRow, item) : row, fresh: outcome === 'fresh' };
}

/**
 * The price of a row that was priced again, because somebody of its order no longer comes. Prices come numbered, and only a later one
 * counts, so whoever is late changes nothing.
 */
export async function repriceRow(
  by: Authorized,
  row: { beneficiaryId: PersonId; bookingId: BookingId },
  { priceFen, chargedFen, repricings }: { priceFen: number; chargedFen: number; repricings: number },
): Promise<void> {
  await update({
    key: keys.booking.booking(by.tenantId, row.beneficiaryId, row.bookingId),
    update: 'SET residentPriceFen = :price, chargedFen = :charged, repricings = :number',
    values: { ':price': priceFen, ':charged': chargedFen, ':number': repricings },
    conditions: [exists, condition('later', 'attribute_not_exists(repricings) OR repricings < :number')],
    meaning: () => 'done',
  });
}

/** What a row says of its end: when, and what the claim left behind ({@link ClaimEnd}); and of a hold that became a booking, what has paid. */
export type Ending = {
  readonly at?: string;
  readonly gone?: ClaimEnd | undefined;
  readonly paid?: BookingRow['paidWith'] | undefined;
};

/** Moves a row on to `state`, along the arrows of {@link statesBefore}; nothing happens where it is there already, or past it. */
export async function moveRow(
  by: Authorized,
  row: { beneficiaryId: PersonId; bookingId: BookingId },
  state: Exclude<BookingState, 'held'>,
  { at = by.now.toISOString(), gone, paid }: Ending = {},
): Promise<void> {
  const from = statesBefore(state).map((value, index) => [`:from${index}`, value] as const);
  const sets = ['#state = :state'];
  const values: Record<string, unknown> = { ':state': state, ...Object.fromEntries(from) };
  const set = (attribute: string, value: unknown) => {
    if (value === undefined) return;
    sets.push(`${attribute} = :${attribute}`);
    values[`:${attribute}`] = value;
  };
  if (state === 'canceled' || state === 'lapsed') {
    set('canceledAt', at);
    set('because', gone?.because);
    set('endedBy', gone?.endedBy);
    set('keptFen', gone?.keptFen);
    set('refundFen', gone?.refundFen);
    set('moved', gone?.moved);
    set('keptPercent', gone?.keptPercent);
  }
  if (state === 'booked' && paid) {
    set('paidWith', paid);
    set('residentPriceFen', 0);
  }
  await update({
    key: keys.booking.booking(by.tenantId, row.beneficiaryId, row.bookingId),
    update: `SET ${sets.join(', ')} REMOVE heldFor, heldUntil`,
    names: { '#state': 'state' },
    values,
    conditions: [exists, condition('comes before', `#state IN (${from.map(([name]) => name).join(', ')})`)],
    meaning: () => 'done',
  });
}

/** The row says anew what a room is booked for; of a booking that has none yet it changes nothing. */
export async function setRowPurpose(
  by: Authorized,
  { beneficiaryId, bookingId }: Pick<BookingRow, 'beneficiaryId' | 'bookingId'>,
  purpose: string,
): Promise<void> {
  await update({
    key: keys.booking.booking(by.tenantId, beneficiaryId, bookingId),
    update: 'SET purpose = :purpose',
    values: { ':purpose': purpose },
    conditions: [exists],
    meaning: () => 'done',
  });
}
