import * as z from 'zod';
import { booking } from '../../contracts/bookings.ts';
import { requestHashAttribute, storedAs } from '../../table/stored.ts';
import { bufferQuarters } from './day-sheet.ts';

/**
 * A booking row, `AGENDA#<person> / BOOKING#<bookingId>`: what people read. It is derived: everything in it comes from the claim
 * (a seat, or an entry of a room's sheet), so that it can be written again by anyone, at any time, to the same content.
 */
const bookingRowFields = booking.omit({ beneficiaryName: true, shortCode: true }).extend({
  is: z.literal('booking'),
  requestHash: z.string(),
  /** Buffers of a room booking, to give back what was taken. */
  buffers: bufferQuarters.optional(),
  /** What was charged at first, and how often it was priced again, where its price has changed since. */
  chargedFen: z.int().optional(),
  repricings: z.int().optional(),
  /** Of a canceled one: by how much the prices of others in its order have changed with it, by booking. */
  moved: z.record(z.string(), z.int()).optional(),
});
export type BookingRow = z.infer<typeof bookingRowFields>;
export const bookingRow = storedAs(bookingRowFields, requestHashAttribute);
export const encodeBookingRow = (row: BookingRow) => z.encode(bookingRow, row);
