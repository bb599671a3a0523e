import type { Authorized } from '../../access/authorize.ts';
import type { PersonId } from '../../contracts/common.ts';
import { keys } from '../../table/keys.ts';
import { queryAll } from '../../table/read.ts';
import { type BookingRow, bookingRow } from '../items/booking-row.ts';

const compact = (date: string): string => date.replaceAll('-', '');

/**
 * A person's bookings on `date` and later, all of them: what lies ahead is bounded by how far ahead one may book. `relaxed` reads are half
 * the price, and may miss the last second.
 */
export function readRowsFrom(
  by: Authorized,
  personId: PersonId,
  date: string,
  how: { relaxed: boolean } = { relaxed: false },
): Promise<BookingRow[]> {
  const between = [`BOOKING#${compact(date)}`, 'BOOKING#~'] as const;
  return queryAll({ pk: keys.booking.agenda(by.tenantId, personId), between, ...how }, bookingRow);
}

/** A person's bookings in one month, `YYYY-MM`. */
export const readRowsOfMonth = (by: Authorized, personId: PersonId, month: string): Promise<BookingRow[]> =>
  queryAll(
    { pk: keys.booking.agenda(by.tenantId, personId), begins: `BOOKING#${compact(month)}`, relaxed: true },
    bookingRow,
  );
