import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { type AuthorizedActor, authorized, mustBeAble } from '../../shared/access/authorize.ts';
import { type BookingRow, rowOfRoomEntry } from '../../shared/booking/booking-row.ts';
import { ROOM_QUARTERS_PER_PERSON_AND_DAY, type RoomEntry } from '../../shared/booking/day-sheet.ts';
import { giveBackPlace, releaseRoom } from '../../shared/booking/give-back.ts';
import { mustBeSameRequest, openOrderWrite, requestWrite } from '../../shared/booking/orders.ts';
import { writeRow } from '../../shared/booking/rows.ts';
import { isStanding } from '../../shared/booking/rules.ts';
import {
  type AgendaClaim,
  claimAgenda,
  claimAgendasFor,
  claimRoom,
  claimRoomWhole,
  type RoomClaim,
  storedEntry,
} from '../../shared/booking/sheet-claims.ts';
import type { roomBookingRequest } from '../../shared/contracts/bookings.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { civilNow, instantOf } from '../../shared/kernel/days.ts';
import { bookingIdFor, derivedId, fingerprint } from '../../shared/kernel/ids.ts';
import { isRefusal, refuse } from '../../shared/kernel/refusal.ts';
import { keys } from '../../shared/table/keys.ts';
import { bufferQuartersOf, holdFor, priceOf, whyNotBookable, whyNotWith, whyPersonCannot } from './rules.ts';
import { bookingFactKeys, bookingFactsFrom, entryHeld } from './store.ts';

export type Booked = { readonly row: BookingRow; readonly replayed: boolean };

/**
 * Books a stretch of a room for oneself or someone one may act for, in four calls: read everything, claim the room's stretch, claim
 * the person's own time (and keep the `Idempotency-Key` to this request), write the row. The entry in the room's sheet is the booking;
 * a function that dies after it leaves the rest to the stream. What needs more than the room, or waits for an approval or a payment, is
 * claimed whole in one transaction. Refuses `no-authority`, `not-found`, what {@link whyNotBookable} and {@link whyPersonCannot} say,
 * `slot-taken`, `closed`, and `idempotency-key-reused` when the key stands for another request.
 */
export async function book(
  context: RequestContext,
  roomId: string,
  request: z.output<typeof roomBookingRequest>,
): Promise<Booked> {
  const { tenantId, actor } = context;
  if (!actor) throw refuse('not-signed-in');
  const { date, startsAt, endsAt, purpose, offeringId, with: others, beneficiaryId = actor.personId } = request;
  const key = context.idempotencyKey ?? randomUUID();
  const bookingId = bookingIdFor(date, 'room', tenantId, actor.personId, key, roomId);
  const h = fingerprint({ roomId, ...request, beneficiaryId });

  const orderId = derivedId('o', tenantId, actor.personId, key);
  const wanted = { roomId, date, beneficiaryId, bookingId, offeringId, with: others };
  const { by, items } = await authorized(context, [
    keys.order(tenantId, orderId),
    ...bookingFactKeys(tenantId, wanted),
  ]);
  mustBeAble(by, 'book', 'Person', { personId: beneficiaryId }, 'no-authority');
  const { room, center, on, standing, ownDay, offering, resources } = bookingFactsFrom(items.slice(1), wanted);
  mustBeSameRequest(items[0], h);
  if (standing) {
    if (standing.h !== h) throw refuse('idempotency-key-reused');
    return { row: standing, replayed: true };
  }
  const whyNot =
    whyNotBookable(room, on(date), request, civilNow(by.now, center.zone)) ??
    whyNotWith(room, resources, offering) ??
    whyPersonCannot(ownDay, bookingId, beneficiaryId, request);
  if (whyNot) throw refuse(whyNot.code, whyNot.facts);

  const priceFen = priceOf(offering, startsAt, endsAt);
  const starts = Math.floor(instantOf(date, startsAt, center.zone).getTime() / 1_000);
  const hold = holdFor(offering?.policy, priceFen, epochSeconds(by.now), starts);
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
    ...(priceFen > 0 ? { c: priceFen } : {}),
    ...(hold ? { o: orderId, x: hold.untilEpochSeconds } : {}),
  };
  const claim: RoomClaim = { roomId, date, bookingId, entry, buffers: bufferQuartersOf(room, offering) };
  const ownTime = ownTimeOf(claim, beneficiaryId);
  const named = context.idempotencyKey ? requestWrite(by, { orderId, actorId: actor.personId, h }) : undefined;
  const place = { roomId, date, startsAt, endsAt, buffers: claim.buffers, with: [...others] };
  const wantedOrder = { orderId, actorId: actor.personId, h, createdAt: by.now.toISOString() };
  const opened =
    hold && openOrderWrite(by, { ...wantedOrder, places: [{ ...place, personId: beneficiaryId, bookingId }] }, hold);

  const whole = hold !== undefined || others.length > 0;
  const { outcome, item } = whole
    ? await claimRoomWhole(by, claim, ownTime, opened ?? named)
    : await claimRoom(by, claim);
  if (!whole) await claimOwnTime(by, claim, ownTime, named);
  // The row says what the sheet says: after a first try that died, that is the entry of the first try.
  const held = item ? entryHeld(item, bookingId) : storedEntry(claim);
  const order = hold && { status: 'held' as const, heldFor: hold.for, dueAtEpochSeconds: hold.untilEpochSeconds };
  const row = rowOfRoomEntry(room, date, bookingId, held, order);
  if (!row) throw new Error('the entry of a booking makes a row');
  const written = await writeRow(by, row);
  // A repeat that arrives after its booking was ended must not bring half of it back.
  if (!isStanding(written.row.state))
    await giveBackPlace(by, { ...place, personId: beneficiaryId, bookingId }, { y: 'released' });
  return { row: written.row, replayed: outcome === 'done' };
}

const ownTimeOf = ({ roomId, date, bookingId, entry }: RoomClaim, personId: string): AgendaClaim => ({
  personId,
  date,
  bookingId,
  entry: { s: entry.s, e: entry.e, of: roomId },
  roomQuartersLimit: ROOM_QUARTERS_PER_PERSON_AND_DAY,
});

/**
 * The beneficiary's day, once the room is held. Only a refusal that decides gives the room back; after any other error the claim
 * stands, and the stream completes it or gives it back, as it finds the person's day.
 */
async function claimOwnTime(
  by: AuthorizedActor,
  { roomId, date, bookingId, entry, buffers }: RoomClaim,
  ownTime: AgendaClaim,
  request: ReturnType<typeof requestWrite> | undefined,
): Promise<void> {
  try {
    if (request) await claimAgendasFor(by, [ownTime], request);
    else await claimAgenda(by, ownTime);
  } catch (error) {
    if (isRefusal(error) && error.code !== 'try-again') {
      const why = { y: error.code };
      await releaseRoom(by, { roomId, date, bookingId, startsAt: entry.s, endsAt: entry.e, buffers }, why);
    }
    throw error;
  }
}
