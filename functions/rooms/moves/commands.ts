import type { Authorized } from '../../../shared/access/authorize.ts';
import { dayWithout, moveInDay, sheetWithout } from '../../../shared/booking/claim/move-in-day.ts';
import type { BookingRow } from '../../../shared/booking/items/booking-row.ts';
import { roomQuartersOf } from '../../../shared/booking/items/city-rules.ts';
import type { RoomEntry } from '../../../shared/booking/items/day-sheet.ts';
import { holdFor } from '../../../shared/booking/order/hold.ts';
import { decisionWrite, type Hold, openOrderWrite } from '../../../shared/booking/order/order.ts';
import { rowOfRoomEntry } from '../../../shared/booking/row/booking-row.ts';
import { moveRow, writeRow } from '../../../shared/booking/row/rows.ts';
import type { RoomId } from '../../../shared/contracts/common.ts';
import type { CommandContext } from '../../../shared/http/context.ts';
import { epochSeconds } from '../../../shared/kernel/clock.ts';
import { instantOf, minutesOf } from '../../../shared/kernel/days.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { book, decide, type RoomOccurrence, tryOut } from '../commands.ts';
import { priceOf, type RoomRequest, touch, type WhyNot, whyNotFree, whyPersonCannot } from '../rules.ts';

type Decided = Awaited<ReturnType<typeof decide>>;

/**
 * How a booking goes to another time of its date. In one write with what it gives up, which may overlap; or `beside` it: where the old
 * one counts already and the new one waits for somebody's word, or counts other hours of an allowance. Then both stand for a while, and the
 * old one is given up by whoever asked once the new one stands.
 */
function wayOf(
  { by, facts }: Decided,
  old: BookingRow,
  { date, startsAt, endsAt }: RoomRequest,
  { deskOf }: RoomOccurrence,
): { hold: Hold | undefined; priceFen: number; beside: boolean } {
  const { offering, center, ownDay } = facts;
  // What was counted of an allowance goes along, hour for hour, at its price.
  const counted = ownDay?.entries[old.bookingId]?.charges !== undefined;
  const priceFen = counted ? old.residentPriceFen : priceOf(offering, startsAt, endsAt);
  const starts = Math.floor(instantOf(date, startsAt, center.zone).getTime() / 1_000);
  const hold = deskOf ? undefined : holdFor([{ policy: offering?.policy, priceFen }], epochSeconds(by.now), starts);
  const length = (from: string, until: string) => minutesOf(until) - minutesOf(from);
  const otherLength = length(startsAt, endsAt) !== length(old.startsAt, old.endsAt);
  return { hold, priceFen, beside: (counted && otherLength) || (hold !== undefined && old.state !== 'held') };
}

/**
 * Moves a booking of a room to another time of the same date. Where it can be done in one transaction with what it gives up, the two may
 * overlap, and the row of the old one says that it was moved; a hold goes on as a hold of the new time, which is awaited anew. Otherwise the
 * new time is booked beside the old one, which is left to whoever asked: the answer is then held, or counted anew. Refuses what a new
 * booking of that time would be, `occurrence-over`, and `move-overlaps` where two that must both stand would touch.
 */
export async function moveSameDay(
  context: CommandContext,
  old: BookingRow,
  roomId: RoomId,
  request: RoomRequest,
  occurrence: RoomOccurrence,
): Promise<BookingRow> {
  const decided = await decide(context, roomId, request, occurrence);
  const { facts, roomSays, buffers } = decided;
  if (facts.stored) return facts.stored;
  if (roomSays) throw refuse(roomSays.code, roomSays.facts);
  const way = wayOf(decided, old, request, occurrence);
  if (!way.beside) return swapped(decided, old, roomId, request, occurrence, way);
  if (touch(old, request, buffers)) throw refuse('move-overlaps', { date: old.date });
  return (await book(context, roomId, request, occurrence)).row;
}

async function swapped(
  { by, actor, orderId, bookingId, requestHash, beneficiaryId, facts, buffers }: Decided,
  old: BookingRow,
  roomId: RoomId,
  request: RoomRequest,
  occurrence: RoomOccurrence,
  { hold, priceFen }: { hold: Hold | undefined; priceFen: number },
): Promise<BookingRow> {
  const { offering, room } = facts;
  const { date, startsAt, endsAt, purpose, offeringId, with: others } = request;
  const { freeHours = 0, pricedHours, organizationId } = old;
  const entry: RoomEntry = {
    startsAt,
    endsAt,
    personId: beneficiaryId,
    actorId: actor.personId,
    bookedAt: by.now.toISOString(),
    requestHash,
    purpose,
    ...(offeringId ? { offeringId } : {}),
    ...(others.length > 0 ? { with: [...others] } : {}),
    ...(priceFen > 0 ? { priceFen, cancellation: offering?.policy?.cancellation ?? [] } : {}),
    ...(buffers[0] + buffers[1] > 0 ? { buffers } : {}),
    ...(hold ? { orderId, heldUntilEpochSeconds: hold.untilEpochSeconds } : {}),
    ...(pricedHours === undefined ? {} : { allowanceQuarters: [freeHours * 4, pricedHours * 4] }),
    ...(organizationId ? { organizationId } : {}),
    occurrence: [...occurrence.mark],
    ...(occurrence.reason ? { staffReason: occurrence.reason } : {}),
  };
  const why = { because: 'moved', endedBy: actor.personId };
  const place = { roomId, date, startsAt, endsAt, buffers, with: [...others], personId: beneficiaryId, bookingId };
  const wantedOrder = {
    orderId,
    actorId: actor.personId,
    requestHash,
    createdAt: by.now.toISOString(),
    places: [place],
  };
  await moveInDay(by, {
    from: { ...old, roomId, buffers: old.buffers },
    to: { roomId, date, bookingId, entry, buffers },
    personId: beneficiaryId,
    why,
    orders: [...(hold ? [openOrderWrite(by, wantedOrder, hold)] : []), ...endOfHold(by, old, actor.personId)],
  });
  const order = hold && { status: 'held' as const, heldFor: hold.for, dueAtEpochSeconds: hold.untilEpochSeconds };
  const row = rowOfRoomEntry(room, date, bookingId, entry, order);
  if (!row) throw new Error('the entry of a booking makes a row');
  const written = await writeRow(by, row);
  await moveRow(by, old, 'canceled', { gone: { bookingId: old.bookingId, ...why } });
  return written.row;
}

/** A hold that moves is not decided about any more. One that was decided a moment ago is a booking, and moves as one: asked again. */
function endOfHold(by: Authorized, { state, orderId }: BookingRow, decidedBy: string) {
  if (state !== 'held' || !orderId) return [];
  const write = decisionWrite(by, orderId, { to: 'released', because: 'moved', decidedBy });
  return [{ ...write, meaning: () => refuse('changed-meanwhile') }];
}

/** Whether {@link moveSameDay} could be done now, as everything is read: `undefined` when it could. Nothing is written. */
export async function tryOutMove(
  context: CommandContext,
  old: BookingRow,
  roomId: RoomId,
  request: RoomRequest,
  occurrence: RoomOccurrence,
): Promise<WhyNot | undefined> {
  const decided = await decide(context, roomId, request, occurrence);
  const { by, facts, roomSays, buffers, beneficiaryId, bookingId } = decided;
  if (roomSays) return roomSays;
  if (wayOf(decided, old, request, occurrence).beside)
    return touch(old, request, buffers)
      ? { code: 'move-overlaps', facts: { date: old.date } }
      : tryOut(context, roomId, request, occurrence);
  const day = facts.ownDay && dayWithout(facts.ownDay, old);
  const personSays = whyPersonCannot(day, bookingId, beneficiaryId, request, roomQuartersOf(facts.rules));
  if (personSays) return personSays;
  const without = facts.sheets.map(({ roomId: resourceId, sheet }, index) => ({
    roomId: resourceId,
    sheet: sheet && sheetWithout(sheet, index === 0 ? old : { ...old, buffers: undefined }),
  }));
  return whyNotFree(without, request, buffers, epochSeconds(by.now));
}
