import { bookingRow } from '../../../shared/booking/items/booking-row.ts';
import { agendaDayItem, roomDayItem } from '../../../shared/booking/items/day-sheet.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get } from '../../../shared/table/read.ts';
import { tenants } from '../../support/tenants.ts';

/** What the table holds after the answers, to compare the two. */

export async function storedSheet(roomId: string, date: string) {
  const sheet = await get(keys.booking.roomDay(tenants()[0], roomId, date), roomDayItem);
  return { busy: [...(sheet?.busy ?? [])].sort((a, b) => a - b), entries: sheet?.entries ?? {} };
}

export async function storedDay(personId: string, date: string) {
  const day = await get(keys.booking.agendaDay(tenants()[0], personId, date), agendaDayItem);
  return { busy: [...(day?.busy ?? [])], entries: day?.entries ?? {}, roomQuarters: day?.roomQuarters ?? 0 };
}

export const storedRow = (personId: string, bookingId: string) =>
  get(keys.booking.booking(tenants()[0], personId, bookingId), bookingRow);
