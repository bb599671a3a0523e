import type * as z from 'zod';
import type { Authorized } from '../../shared/access/authorize.ts';
import type { availabilityAnswer, availabilityQuery } from '../../shared/contracts/bookings.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { addDays, civilNow, datesBetween } from '../../shared/kernel/days.ts';
import { roomDaySeen } from './rules.ts';
import { readOffering, readRoomOpening, readSheets } from './store.ts';

/** A room day by day: open hours, what is taken, and when a booking could start. Refuses `not-found`. */
export async function availability(
  by: Authorized,
  roomId: string,
  { from, days, offeringId }: z.output<typeof availabilityQuery>,
): Promise<z.input<typeof availabilityAnswer>> {
  const to = addDays(from, days - 1);
  const [{ room, center, on }, sheets, offering] = await Promise.all([
    readRoomOpening(by, roomId, from, to),
    readSheets(by, roomId, from, to),
    offeringId ? readOffering(by, offeringId) : undefined,
  ]);
  const now = { ...civilNow(by.now, center.zone), epochSeconds: epochSeconds(by.now) };
  return {
    roomId,
    days: datesBetween(from, to).map((date) => roomDaySeen(room, on(date), sheets.get(date), now, offering)),
  };
}
