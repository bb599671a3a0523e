import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { type AuthorizedActor, authorized, mustBeAble } from '../../shared/access/authorize.ts';
import { type BookingRow, rowOfRoomEntry } from '../../shared/booking/booking-row.ts';
import { ROOM_QUARTERS_PER_PERSON_AND_DAY, type RoomEntry } from '../../shared/booking/day-sheet.ts';
import { mustBeSameRequest, requestWrite } from '../../shared/booking/orders.ts';
import { writeRow } from '../../shared/booking/rows.ts';
import {
  type AgendaClaim,
  claimAgenda,
  claimAgendasFor,
  claimRoom,
  type RoomClaim,
  releaseAgenda,
  releaseRoom,
} from '../../shared/booking/sheet-claims.ts';
import type { roomBookingRequest } from '../../shared/contracts/bookings.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { civilNow } from '../../shared/kernel/days.ts';
import { bookingIdFor, derivedId, fingerprint } from '../../shared/kernel/ids.ts';
import { isRefusal, refuse } from '../../shared/kernel/refusal.ts';
import { keys } from '../../shared/table/keys.ts';
import { bufferQuartersOf, whyNotBookable, whyPersonCannot } from './rules.ts';
import { bookingFactKeys, bookingFactsFrom, entryHeld } from './store.ts';

export type Booked = { readonly row: BookingRow; readonly replayed: boolean };

/**
 * Books a stretch of a room for oneself or someone one may act for, in four calls: read everything, claim the room's stretch, claim
 * the person's own time (and keep the `Idempotency-Key` to this request), write the row. The entry in the room's sheet is the booking; a function that dies after it leaves the rest
 * to the stream. Refuses `no-authority`, `not-found`, what {@link whyNotBookable} and {@link whyPersonCannot} say, `slot-taken`, and
 * `idempotency-key-reused` when the key stands for another request.
 */
export async function book(
  context: RequestContext,
  roomId: string,
  request: z.output<typeof roomBookingRequest>,
): Promise<Booked> {
  const { tenantId, actor } = context;
  if (!actor) throw refuse('not-signed-in');
  const { date, startsAt, endsAt, purpose, beneficiaryId = actor.personId } = request;
  const key = context.idempotencyKey ?? randomUUID();
  const bookingId = bookingIdFor(date, 'room', tenantId, actor.personId, key, roomId);
  const h = fingerprint({ roomId, ...request, beneficiaryId });

  const orderId = derivedId('o', tenantId, actor.personId, key);
  const factKeys = bookingFactKeys(tenantId, { roomId, date, beneficiaryId, bookingId });
  const { by, items } = await authorized(context, [keys.order(tenantId, orderId), ...factKeys]);
  mustBeAble(by, 'book', 'Person', { personId: beneficiaryId }, 'no-authority');
  const { room, center, on, standing, ownDay } = bookingFactsFrom(items.slice(1));
  mustBeSameRequest(items[0], h);
  if (standing) {
    if (standing.h !== h) throw refuse('idempotency-key-reused');
    return { row: standing, replayed: true };
  }
  const whyNot =
    whyNotBookable(room, on(date), request, civilNow(by.now, center.zone)) ??
    whyPersonCannot(ownDay, bookingId, beneficiaryId, request);
  if (whyNot) throw refuse(whyNot.code, whyNot.facts);

  const entry: RoomEntry = {
    s: startsAt,
    e: endsAt,
    p: beneficiaryId,
    a: actor.personId,
    t: by.now.toISOString(),
    h,
    u: purpose,
  };
  const claim: RoomClaim = { roomId, date, bookingId, entry, bufferQuarters: bufferQuartersOf(room) };
  const { outcome, item } = await claimRoom(by, claim);
  const named = context.idempotencyKey ? requestWrite(by, { orderId, actorId: actor.personId, h }) : undefined;
  await claimOwnTime(by, claim, beneficiaryId, named);
  // The row says what the sheet says: after a first try that died, that is the entry of the first try.
  const row = rowOfRoomEntry(room, date, bookingId, item ? entryHeld(item, bookingId) : entry);
  if (!row) throw new Error('the entry of a booking makes a row');
  const written = await writeRow(by, row);
  // A repeat that arrives after its booking was canceled must not bring half of it back.
  if (written.row.state === 'canceled') await releaseAll(by, claim, beneficiaryId);
  return { row: written.row, replayed: outcome === 'done' };
}

/**
 * The beneficiary's day, once the room is held. Only a refusal that decides gives the room back; after any other error the claim
 * stands, and the stream completes it or gives it back, as it finds the person's day.
 */
async function claimOwnTime(
  by: AuthorizedActor,
  claim: RoomClaim,
  personId: string,
  request: ReturnType<typeof requestWrite> | undefined,
): Promise<void> {
  const { roomId, date, bookingId, entry } = claim;
  const { s: startsAt, e: endsAt } = entry;
  const ownTime: AgendaClaim = {
    personId,
    date,
    bookingId,
    entry: { s: startsAt, e: endsAt, of: roomId },
    roomQuartersLimit: ROOM_QUARTERS_PER_PERSON_AND_DAY,
  };
  try {
    if (request) await claimAgendasFor(by, [ownTime], request);
    else await claimAgenda(by, ownTime);
  } catch (error) {
    if (isRefusal(error) && error.code !== 'try-again') {
      await releaseRoom(by, { roomId, date, bookingId, startsAt, endsAt });
    }
    throw error;
  }
}

async function releaseAll(by: AuthorizedActor, { roomId, date, bookingId, entry }: RoomClaim, personId: string) {
  const { s: startsAt, e: endsAt } = entry;
  await releaseRoom(by, { roomId, date, bookingId, startsAt, endsAt });
  await releaseAgenda(by, { personId, date, bookingId, startsAt, endsAt, ofRoom: true });
}
