import { type BookingRow, rowOfRoomEntry } from '../../shared/booking/booking-row.ts';
import { agreedTiers } from '../../shared/booking/cancel-rules.ts';
import type { RoomEntry } from '../../shared/booking/day-sheet.ts';
import { moveInDay } from '../../shared/booking/move-in-day.ts';
import { moveRow, writeRow } from '../../shared/booking/rows.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { minutesOf } from '../../shared/kernel/days.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { decide, type RoomOccurrence, type RoomRequest } from './commands.ts';
import { priceOf } from './rules.ts';

/**
 * Moves a booking of a room to another time of the same date, in one transaction with what it gives up: the two may overlap. It becomes
 * a booking of its own, which the row of the old one says it was moved to. What waits for an approval or a payment anew is not moved so
 * (`already-decided`). Refuses what a new booking of that time would be, and `occurrence-over`.
 */
export async function moveSameDay(
  context: RequestContext,
  old: BookingRow,
  roomId: string,
  request: RoomRequest,
  occurrence: RoomOccurrence,
): Promise<BookingRow> {
  const { by, actor, bookingId, h, beneficiaryId, facts, roomSays, buffers } = await decide(
    context,
    roomId,
    request,
    occurrence,
  );
  if (facts.standing) return facts.standing;
  if (roomSays) throw refuse(roomSays.code, roomSays.facts);
  const { offering, room } = facts;
  if (!occurrence.deskOf && (offering?.policy?.approval || offering?.policy?.payment)) throw refuse('already-decided');
  const { date, startsAt, endsAt, purpose, offeringId, with: others } = request;
  // What was counted of an allowance goes along, hour for hour; another length is counted anew, by canceling and booking.
  const counted = facts.ownDay?.entries[old.bookingId]?.c !== undefined;
  const length = (from: string, until: string) => minutesOf(until) - minutesOf(from);
  if (counted && length(startsAt, endsAt) !== length(old.startsAt, old.endsAt)) throw refuse('already-decided');
  const priceFen = counted ? old.residentPriceFen : priceOf(offering, startsAt, endsAt);
  const { freeHours = 0, pricedHours, organizationId } = old;
  const entry: RoomEntry = {
    s: startsAt,
    e: endsAt,
    p: beneficiaryId,
    a: actor.personId,
    t: by.now.toISOString(),
    h,
    u: purpose,
    ...(offeringId ? { f: offeringId } : {}),
    ...(others.length > 0 ? { w: [...others] } : {}),
    ...(priceFen > 0 ? { c: priceFen, k: agreedTiers(offering?.policy) } : {}),
    ...(buffers[0] + buffers[1] > 0 ? { g: buffers } : {}),
    ...(pricedHours === undefined ? {} : { l: [freeHours * 4, pricedHours * 4] }),
    ...(organizationId ? { y: organizationId } : {}),
    r: [...occurrence.mark],
    ...(occurrence.reason ? { b: occurrence.reason } : {}),
  };
  const why = { y: 'moved', a: actor.personId };
  await moveInDay(by, {
    from: { ...old, roomId, buffers: old.buffers },
    to: { roomId, date, bookingId, entry, buffers },
    personId: beneficiaryId,
    why,
  });
  const row = rowOfRoomEntry(room, date, bookingId, entry);
  if (!row) throw new Error('the entry of a booking makes a row');
  const written = await writeRow(by, row);
  await moveRow(by, old, 'canceled', { gone: { b: old.bookingId, ...why } });
  return written.row;
}
