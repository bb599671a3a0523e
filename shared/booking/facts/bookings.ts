import type { Authorized } from '../../access/authorize.ts';
import type { BookingId, OfferingId, PersonId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import type { RawItem } from '../../table/conditions.ts';
import { type Key, keys } from '../../table/keys.ts';
import { get, getMany, parsedItem, queryAll, queryPage } from '../../table/read.ts';
import { type BookingRow, bookingRow } from '../items/booking-row.ts';

/** The row of a booking, for a batch of the caller's own; {@link rowFactFrom} says what it holds. */
export const rowFactKey = (tenantId: TenantId, personId: PersonId, bookingId: BookingId): Key =>
  keys.booking.booking(tenantId, personId, bookingId);
export const rowFactFrom = (item: RawItem | undefined): BookingRow | undefined => item && parsedItem(bookingRow, item);

export const readRow = (by: Authorized, personId: PersonId, bookingId: BookingId): Promise<BookingRow | undefined> =>
  get(rowFactKey(by.tenantId, personId, bookingId), bookingRow);

/** The rows of these bookings that have been written, one call for each hundred. */
export async function readRows(
  by: Authorized,
  bookings: readonly { readonly personId: PersonId; readonly bookingId: BookingId }[],
): Promise<BookingRow[]> {
  const wanted = new Map(
    bookings.map(({ personId, bookingId }) => [
      `${personId} ${bookingId}`,
      rowFactKey(by.tenantId, personId, bookingId),
    ]),
  );
  const items = await getMany([...wanted.values()]);
  return items.flatMap((item) => rowFactFrom(item) ?? []);
}

/** That a person has attended an offering: an item that is there or not. */
export const attendedFactKey = (tenantId: TenantId, personId: PersonId, offeringId: OfferingId): Key =>
  keys.booking.attended(tenantId, personId, offeringId);

/** Whether a person has attended an offering. */
export async function hasAttended(by: Authorized, personId: PersonId, offeringId: OfferingId): Promise<boolean> {
  const [item] = await getMany([attendedFactKey(by.tenantId, personId, offeringId)]);
  return item !== undefined;
}

const compact = (date: string): string => date.replaceAll('-', '');

/**
 * A person's bookings on `date` and later, all of them: what lies ahead is bounded by how far ahead one may book. May miss the last
 * second.
 */
export function readRowsFrom(by: Authorized, personId: PersonId, date: string): Promise<BookingRow[]> {
  const between = [`BOOKING#${compact(date)}`, 'BOOKING#~'] as const;
  return queryAll({ pk: keys.booking.agenda(by.tenantId, personId), between, relaxed: true }, bookingRow);
}

/** A person's bookings in one month, `YYYY-MM`. */
export const readRowsOfMonth = (by: Authorized, personId: PersonId, month: string): Promise<BookingRow[]> =>
  queryAll(
    { pk: keys.booking.agenda(by.tenantId, personId), begins: `BOOKING#${compact(month)}`, relaxed: true },
    bookingRow,
  );

/** At most `limit` bookings of a person that sort before `edgeSk`, the latest first; or after it, the soonest first. */
export async function readRowsBeside(
  by: Authorized,
  personId: PersonId,
  side: 'before' | 'after',
  edgeSk: string,
  limit: number,
): Promise<BookingRow[]> {
  const newestFirst = side === 'before';
  const between = newestFirst ? (['BOOKING#', edgeSk] as const) : ([edgeSk, 'BOOKING#~'] as const);
  // BETWEEN includes its ends: one more is asked for, and the end itself is left out.
  const page = await queryPage(
    { pk: keys.booking.agenda(by.tenantId, personId), between, newestFirst, limit: limit + 1 },
    bookingRow,
  );
  return page.items.filter(({ bookingId }) => `BOOKING#${bookingId}` !== edgeSk).slice(0, limit);
}
