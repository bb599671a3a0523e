import { randomUUID } from 'node:crypto';
import { type AuthorizedActor, authorized, mustBeAble, mustNotBeLimited } from '../../shared/access/authorize.ts';
import { type AgendaClaim, claimAgenda, claimDay } from '../../shared/booking/claim/agenda.ts';
import { releaseOrderItem, releaseUncounted } from '../../shared/booking/claim/release.ts';
import { claimRoom, claimRoomWhole, priceRoom, type RoomClaim, storedEntry } from '../../shared/booking/claim/room.ts';
import { orderFactKey } from '../../shared/booking/facts/orders.ts';
import type { BookingRow } from '../../shared/booking/items/booking-row.ts';
import { roomQuartersOf } from '../../shared/booking/items/city-rules.ts';
import type { RoomEntry } from '../../shared/booking/items/day-sheet.ts';
import type { Occurrence } from '../../shared/booking/items/occurrence.ts';
import type { OrderItem } from '../../shared/booking/items/order.ts';
import {
  noShowLimitFactKeys,
  noShowRecordFrom,
  noShowRuleFrom,
  refusalOfNoShowLimit,
} from '../../shared/booking/no-show/limit.ts';
import { holdFor } from '../../shared/booking/order/hold.ts';
import { mustBeSameRequest, openOrderWrite, requestWrite } from '../../shared/booking/order/order.ts';
import { boundedCharges, claimChargeOf } from '../../shared/booking/price/counters.ts';
import { guessCounters } from '../../shared/booking/price/seen-rules.ts';
import { rowOfRoomEntry } from '../../shared/booking/row/booking-row.ts';
import { writeRow } from '../../shared/booking/row/rows.ts';
import { isActive } from '../../shared/booking/row/states.ts';
import type { PersonId, RoomId } from '../../shared/contracts/common.ts';
import type { CommandContext } from '../../shared/http/context.ts';
import { type Retry, retry } from '../../shared/kernel/again.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { civilNow, instantOf } from '../../shared/kernel/days.ts';
import { bookingIdFor, derivedId, fingerprint } from '../../shared/kernel/ids.ts';
import { isRefusal, refuse } from '../../shared/kernel/refusal.ts';
import { centerOf } from '../../shared/table/keys.ts';
import type { Outcome } from '../../shared/table/write.ts';
import { type Claiming, checkFairUse, claimUnderFairUse } from './fair-use/commands.ts';
import {
  bufferQuartersOf,
  type RoomRequest,
  type WhyNot,
  whyNotBookable,
  whyNotFree,
  whyNotWith,
  whyPersonCannot,
} from './rules.ts';
import { bookingFactKeys, bookingFactsFrom, entryHeld } from './store.ts';

export type Booked = { readonly row: BookingRow; readonly replayed: boolean };

/** A booking of a room that is one of a series: staff of `deskOf` book it for somebody, and say why. */
export type RoomOccurrence = Occurrence & { readonly deskOf?: string; readonly reason?: string };

/**
 * Books a stretch of a room for oneself or someone one may act for: read everything, claim the room's stretch, claim the person's own
 * time, keep the `Idempotency-Key` to this request and count it by name, write the row. Who would lose as read claims nothing. The entry in the room's sheet is the booking;
 * a function that dies after it leaves the rest to the stream. What needs more than the room, or waits for an approval or a payment, is
 * claimed whole in one transaction. Refuses `no-authority`, `not-found`, what {@link whyNotBookable} and {@link whyPersonCannot} say,
 * `slot-taken`, `closed`, `quota-exceeded`, `amount-changed`, and `idempotency-key-reused` when the key stands for another request.
 */
export async function book(
  context: CommandContext,
  roomId: RoomId,
  request: RoomRequest,
  occurrence?: RoomOccurrence,
): Promise<Booked> {
  const decided = await decide(context, roomId, request, occurrence);
  const { by, bookingId, requestHash, beneficiaryId, facts } = decided;
  const { stored } = facts;
  const whyNot = decided.roomSays ?? decided.personSays;
  if (stored) {
    if (stored.requestHash !== requestHash) throw refuse('idempotency-key-reused');
    return { row: stored, replayed: true };
  }
  if (whyNot) throw refuse(whyNot.code, whyNot.facts);
  const taken = whyTaken(decided, request);
  const asking = { facts, request, personId: beneficiaryId, bookingId };
  const place = placeOf(roomId, request, decided);
  return claimUnderFairUse(
    by,
    asking,
    async (claiming) => {
      if (taken) throw refuse(taken.code, taken.facts);
      return claimAndWrite(context, roomId, request, decided, { ...claiming, occurrence });
    },
    ({ code }) => releaseUncounted(by, place, { because: code }),
  );
}

type Decided = Awaited<ReturnType<typeof decide>>;
type RoomPlace = Extract<OrderItem, { roomId: RoomId }>;

/** What is booked, as it would be given back. */
const placeOf = (
  roomId: RoomId,
  { date, startsAt, endsAt, with: others }: RoomRequest,
  { buffers, beneficiaryId, bookingId }: Decided,
): RoomPlace => ({ roomId, date, startsAt, endsAt, buffers, with: [...others], personId: beneficiaryId, bookingId });

/** The claim with what it counts against, then the row. */
async function claimAndWrite(
  context: CommandContext,
  roomId: RoomId,
  request: RoomRequest,
  decided: Decided,
  { use, priceFen, how, occurrence }: Claiming & { readonly occurrence: RoomOccurrence | undefined },
): Promise<Booked | Retry> {
  const { by, actor, orderId, bookingId, requestHash, beneficiaryId, facts, buffers } = decided;
  const { room, center, offering } = facts;
  const { date, startsAt, endsAt, purpose, offeringId, organizationId, with: others } = request;
  const starts = Math.floor(instantOf(date, startsAt, center.zone).getTime() / 1_000);
  const hold = occurrence?.deskOf
    ? undefined // staff have said yes by booking; what they book is paid at the desk
    : holdFor([{ policy: offering?.policy, priceFen }], epochSeconds(by.now), starts);
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
    ...(hold ? { orderId, heldUntilEpochSeconds: hold.untilEpochSeconds } : {}),
    ...(occurrence ? { occurrence: [...occurrence.mark] } : {}),
    ...(occurrence?.reason ? { staffReason: occurrence.reason } : {}),
    ...(use ? { allowanceQuarters: [use.freeQuarters, use.pricedQuarters] } : {}),
    ...(organizationId ? { organizationId } : {}),
    ...(use && how.way === 'by-name' ? { charges: use.charges.map(claimChargeOf) } : {}),
  };
  const claim: RoomClaim = { roomId, date, bookingId, entry, buffers };
  const ownTime = ownTimeOf(claim, beneficiaryId, roomQuartersOf(facts.rules));
  const record = context.idempotencyKey
    ? requestWrite(by, { orderId, actorId: actor.personId, requestHash })
    : undefined;
  const place = placeOf(roomId, request, decided);
  const wantedOrder = { orderId, actorId: actor.personId, requestHash, createdAt: by.now.toISOString() };
  const opened = hold && openOrderWrite(by, { ...wantedOrder, places: [place] }, hold);

  const charges = use?.charges ?? [];
  const isWhole = how.way === 'whole' || hold !== undefined || others.length > 0;
  const claimed = async (): Promise<Outcome> => {
    if (how.way === 'priced') {
      const named = charges.map(({ pricedQuarters: _beyond, ...charge }) => charge);
      await giveBackRefused(by, place, () => claimDay(by, { ...ownTime, named }));
      return priceRoom(by, claim, { ...ownTime, named: charges }, [...how.uncounted], record);
    }
    return isWhole ? claimRoomWhole(by, claim, { ...ownTime, charges }, opened ?? record) : claimRoom(by, claim);
  };
  const { outcome, item } = await claimed();
  // The row says what the sheet says: after a first try that died, that is the entry of the first try.
  const held = item ? entryHeld(item, bookingId) : storedEntry(claim);
  // A double of this request was faster, when there was enough left to claim it by name: so it is completed, or priced, as that.
  if (isWhole && held.charges) return retry;
  const named = boundedCharges(beneficiaryId, held.charges, charges);
  if (!isWhole && how.way !== 'priced')
    await giveBackRefused(by, place, () => claimAgenda(by, { ...ownTime, named }, record));
  const order = hold && { status: 'held' as const, heldFor: hold.for, dueAtEpochSeconds: hold.untilEpochSeconds };
  const row = rowOfRoomEntry(room, date, bookingId, held, order);
  if (!row) throw new Error('the entry of a booking makes a row');
  const written = await writeRow(by, row);
  // A repeat that arrives after its booking was ended must not bring half of it back.
  if (!isActive(written.row.state)) await releaseOrderItem(by, place, { because: 'released' }, held.charges);
  return { row: written.row, replayed: outcome === 'done' };
}

/**
 * Whether this very booking could be made now, as everything is read: `undefined` when it could. Nothing is written. Refuses what is no
 * matter of the date: `no-authority`, `forbidden`, `not-found`.
 */
export async function tryOut(
  context: CommandContext,
  roomId: RoomId,
  request: RoomRequest,
  occurrence?: RoomOccurrence,
): Promise<WhyNot | undefined> {
  const decided = await decide(context, roomId, request, occurrence);
  const { by, facts, roomSays, personSays, beneficiaryId, bookingId } = decided;
  if (facts.stored) return undefined;
  const whyNot = roomSays ?? personSays;
  if (whyNot) return whyNot;
  const unfair = await checkFairUse(by, { facts, request, personId: beneficiaryId, bookingId });
  if (unfair) return { code: unfair.code, facts: unfair.facts };
  return whyTaken(decided, request);
}

/** Why the time is not free, as read: no claim is made then. What a first try of this very booking holds is no obstacle to it. */
function whyTaken({ by, facts, bookingId, buffers }: Decided, request: RoomRequest): WhyNot | undefined {
  const [own] = facts.sheets;
  if (own?.sheet?.entries[bookingId]) return undefined;
  return whyNotFree(facts.sheets, request, buffers, epochSeconds(by.now));
}

/** Everything read in one call, who may checked, and what the rules say before anything is claimed. */
export async function decide(
  context: CommandContext,
  roomId: RoomId,
  request: RoomRequest,
  occurrence: RoomOccurrence | undefined,
) {
  const { tenantId, actor } = context;
  if (!actor) throw refuse('not-signed-in');
  const { date, offeringId, with: others, beneficiaryId = actor.personId } = request;
  const key = context.idempotencyKey ?? randomUUID();
  const bookingId = bookingIdFor(date, 'room', tenantId, actor.personId, key, roomId);
  const requestHash = fingerprint({ roomId, ...request, beneficiaryId });

  const orderId = derivedId('o', tenantId, actor.personId, key);
  const asked = { kind: 'room', date, offeringId } as const;
  // An organization has allowances of its own.
  const counters = request.organizationId === undefined ? guessCounters(tenantId, asked, beneficiaryId) : [];
  const wanted = { roomId, date, beneficiaryId, bookingId, offeringId, with: others, counters };
  const { by, items } = await authorized(context, [
    orderFactKey(tenantId, orderId),
    ...noShowLimitFactKeys(tenantId, beneficiaryId),
    ...bookingFactKeys(tenantId, wanted),
  ]);
  checkAuthority(by, roomId, beneficiaryId, occurrence?.deskOf);
  if (request.organizationId && !occurrence?.deskOf)
    mustBeAble(by, 'book', 'Operator', { operatorId: request.organizationId }, 'no-authority');
  const [made, stored, rule, ...rest] = items;
  const facts = bookingFactsFrom(rest, wanted);
  mustBeSameRequest(made, requestHash);
  const { room, center, on, ownDay, offering, resources, rules } = facts;
  const farthest = occurrence?.beyondHorizon ? Number.POSITIVE_INFINITY : rules.roomDaysAhead;
  const roomSays =
    whyNotBookable(room, on(date), request, civilNow(by.now, center.zone), farthest) ??
    whyNotWith(room, resources, offering);
  const today = civilNow(by.now, center.zone).date;
  // Staff have looked at the person they book for.
  const tooFar = occurrence?.deskOf
    ? undefined
    : refusalOfNoShowLimit(beneficiaryId, noShowRecordFrom(stored), noShowRuleFrom(rule), { today, date });
  const personSays = tooFar ?? whyPersonCannot(ownDay, bookingId, beneficiaryId, request, roomQuartersOf(rules));
  const buffers = bufferQuartersOf(room, offering);
  return { by, actor, orderId, bookingId, requestHash, beneficiaryId, facts, roomSays, personSays, buffers };
}

/** For oneself and whom one may act for; or, from the desk of the room's own center, for anybody whom no court keeps from them. */
function checkAuthority(
  by: AuthorizedActor,
  roomId: RoomId,
  beneficiaryId: PersonId,
  deskOf: string | undefined,
): void {
  if (deskOf === undefined) {
    mustBeAble(by, 'book', 'Person', { personId: beneficiaryId }, 'no-authority');
    return;
  }
  mustBeAble(by, 'staff', 'Desk', { centerId: deskOf });
  mustNotBeLimited(by, [beneficiaryId]);
  if (centerOf(roomId) !== deskOf) throw refuse('forbidden');
}

const ownTimeOf = (
  { roomId, date, bookingId, entry }: RoomClaim,
  personId: PersonId,
  roomQuartersLimit: number,
): AgendaClaim => ({
  personId,
  date,
  bookingId,
  entry: { startsAt: entry.startsAt, endsAt: entry.endsAt, of: roomId },
  roomQuartersLimit,
});

/**
 * What follows on the claim of the room: the beneficiary's day, the record of the request. Only a refusal that decides gives the room
 * back; after any other error the claim stands, and the stream completes it or gives it back. An allowance that is used up may still have
 * a price beyond: that is settled first.
 */
async function giveBackRefused(by: AuthorizedActor, place: RoomPlace, follow: () => Promise<unknown>): Promise<void> {
  try {
    await follow();
  } catch (error) {
    if (isRefusal(error) && error.code !== 'try-again' && error.code !== 'quota-exceeded')
      await releaseOrderItem(by, place, { because: error.code });
    throw error;
  }
}
