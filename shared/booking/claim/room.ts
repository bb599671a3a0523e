import type { Authorized } from '../../access/authorize.ts';
import type { BookingId, OrderId, RoomId } from '../../contracts/common.ts';
import { again } from '../../kernel/again.ts';
import { quartersBetween } from '../../kernel/days.ts';
import { refuse } from '../../kernel/refusal.ts';
import { condition, type RawItem } from '../../table/conditions.ts';
import { parsedItem } from '../../table/read.ts';
import { type Outcome, transact, update, type Write } from '../../table/write.ts';
import {
  type BufferQuarters,
  encodeAgendaEntry,
  encodeRoomEntry,
  entryAttribute,
  NO_BUFFERS,
  type RoomEntry,
  roomDayItem,
  roomEntryAttributes,
} from '../items/day-sheet.ts';
import { type BoundedCharge, countWrite, quotaExceeded } from '../price/counters.ts';
import { type AgendaClaim, agendaWrites, countedEntry } from './agenda.ts';
import { claimWrite, touches } from './day-write.ts';
import { agendaDayKey, roomDayKey } from './keys.ts';
import { lapsedIn, lapseHolds } from './lapse.ts';

/** What a room booking asks for: the entry, its buffers, and the further resources that it needs at the same time. */
export type RoomClaim = {
  readonly roomId: RoomId;
  readonly date: string;
  readonly bookingId: BookingId;
  readonly entry: RoomEntry;
  readonly buffers: BufferQuarters;
};

/** Holds in the way whose time is over: they are given back, and the claim made again. */
class LapsedInTheWay extends Error {
  readonly orderIds: readonly OrderId[];
  constructor(orderIds: readonly OrderId[]) {
    super('lapsed holds in the way');
    this.orderIds = orderIds;
  }
}

/** On the sheet of what comes with a room the entry only points to the claim. */
export const pointerTo = (
  mainRoomId: string,
  { startsAt, endsAt, orderId, heldUntilEpochSeconds }: RoomEntry,
): RoomEntry => ({
  startsAt,
  endsAt,
  mainRoomId,
  ...(orderId ? { orderId } : {}),
  ...(heldUntilEpochSeconds ? { heldUntilEpochSeconds } : {}),
});

function resourceWrite(by: Authorized, claim: RoomClaim, resourceId: RoomId): Write & { update: string } {
  const { roomId, date, bookingId, entry } = claim;
  const isMain = resourceId === roomId;
  const own = quartersBetween(entry.startsAt, entry.endsAt);
  const standing = isMain ? entry : pointerTo(roomId, entry);
  return claimWrite({
    key: roomDayKey(by, resourceId, date),
    is: 'room-day',
    id: bookingId,
    entry: standing,
    stored: encodeRoomEntry(standing),
    buffers: isMain ? (entry.buffers ?? NO_BUFFERS) : NO_BUFFERS,
    meaning: (item) => {
      const entries = item ? parsedItem(roomDayItem, item).entries : {};
      const held = entries[bookingId];
      if (held) return !isMain || held.requestHash === entry.requestHash ? 'done' : refuse('idempotency-key-reused');
      const lapsed = lapsedIn(by, Object.values(entries));
      if (lapsed.length > 0) throw new LapsedInTheWay(lapsed);
      if (touches(item, 'closed', own)) return refuse('closed', { roomId: resourceId, date });
      return refuse('slot-taken', { roomId: resourceId, date });
    },
  });
}

const ROUNDS = 3;

function pastLapsed<T>(by: Authorized, claim: () => Promise<T>): Promise<T> {
  let inTheWay: readonly OrderId[] = [];
  return again(
    ROUNDS,
    async () => {
      await lapseHolds(by, inTheWay);
      return claim();
    },
    (error) => {
      if (!(error instanceof LapsedInTheWay)) return false;
      inTheWay = error.orderIds;
      return true;
    },
  );
}

/** The entry as it is stored: with its buffers, so that giving back takes out exactly what was put in. */
export const storedEntry = ({ entry, buffers }: Pick<RoomClaim, 'entry' | 'buffers'>): RoomEntry =>
  buffers[0] + buffers[1] > 0 ? { ...entry, buffers } : entry;

/**
 * Takes a stretch of a room's day: one conditional update. `done` when this very booking already holds it (a replay). Refuses
 * `slot-taken`, `closed`, or `idempotency-key-reused` when the same booking id holds another request.
 */
export function claimRoom(by: Authorized, claim: RoomClaim): Promise<Outcome> {
  const whole = { ...claim, entry: storedEntry(claim) };
  return pastLapsed(by, () => update(resourceWrite(by, whole, claim.roomId)));
}

/**
 * Takes a room and all that its entry names with it, the person's own time, what that counts against, and the record of the
 * request or the hold: all or none, in one transaction of calm items. `done` when this very booking had been made before. Refuses
 * as {@link claimRoom} (the facts name the resource), {@link claimAgenda} and the record do. An offer leaves the person's time alone.
 */
export function claimRoomWhole(
  by: Authorized,
  claim: RoomClaim,
  agenda: AgendaClaim | undefined,
  record: (Write & { item: RawItem }) | undefined,
): Promise<Outcome> {
  const whole = { ...claim, entry: storedEntry(claim) };
  const resources = [claim.roomId, ...(claim.entry.with ?? [])];
  return pastLapsed(by, () =>
    transact([
      ...resources.map((resourceId) => resourceWrite(by, whole, resourceId)),
      ...(agenda ? agendaWrites(by, agenda) : []),
      ...(record ? [record] : []),
    ]),
  );
}

/**
 * Prices a room that was claimed by name when its free hours are used up meanwhile: the entry, the person's day and what is still
 * `uncounted` say in one transaction, with the record of the request, what it costs now, as long as the claim stands and nobody has counted it. `done` when it had been
 * priced before. Refuses `quota-exceeded` when what is left has moved again, or it is counted after all; `try-again` when the claim is gone.
 */
export function priceRoom(
  by: Authorized,
  claim: RoomClaim,
  agenda: AgendaClaim,
  uncounted: readonly BoundedCharge[],
  record: (Write & { item: RawItem }) | undefined,
): Promise<Outcome> {
  const { roomId, date, bookingId } = claim;
  const entry = entryAttribute(bookingId);
  return transact([
    {
      key: roomDayKey(by, roomId, date),
      update: 'SET #entry = :entry',
      names: { '#entry': entry, '#charges': roomEntryAttributes.charges },
      values: { ':entry': encodeRoomEntry(storedEntry(claim)) },
      conditions: [condition('claimed, to be counted', 'attribute_exists(#entry.#charges)')],
      meaning: (item) => (item && entry in item ? 'done' : refuse('try-again')),
    },
    {
      key: agendaDayKey(by, agenda.personId, date),
      update: 'SET #entry = :entry',
      names: { '#entry': entry },
      values: { ':entry': encodeAgendaEntry(countedEntry(agenda)) },
      conditions: [condition('entered', 'attribute_exists(#entry)')],
      meaning: () => refuse('try-again'),
    },
    ...uncounted.map(
      (charge): Write => ({
        ...countWrite(by, charge, bookingId),
        meaning: (item) => quotaExceeded(charge, Number(item?.['used'] ?? 0)),
      }),
    ),
    ...(record ? [record] : []),
  ]);
}

/**
 * The writes that make a held booking of a room stand, to go in one transaction with the decision of its order: its entries are there,
 * held by that order, and lose their end. This is how an approval asks again, at the very moment, that the time is free for it.
 */
export function settleRoomWrites(
  by: Authorized,
  {
    roomId,
    date,
    bookingId,
    with: others,
  }: { roomId: RoomId; date: string; bookingId: BookingId; with: readonly string[] },
  orderId: OrderId,
): (Write & { update: string })[] {
  return [roomId, ...others].map((resourceId) => ({
    key: roomDayKey(by, resourceId, date),
    update: 'REMOVE #entry.#until',
    names: {
      '#entry': entryAttribute(bookingId),
      '#until': roomEntryAttributes.heldUntilEpochSeconds,
      '#order': roomEntryAttributes.orderId,
    },
    values: { ':order': orderId },
    conditions: [condition('held by this order', '#entry.#order = :order')],
    meaning: () => refuse('hold-expired'),
  }));
}

/** Says anew what a room is booked for; of a booking that is gone it changes nothing. */
export async function setPurpose(
  by: Authorized,
  { roomId, date, bookingId }: { roomId: RoomId; date: string; bookingId: BookingId },
  purpose: string,
): Promise<void> {
  await update({
    key: roomDayKey(by, roomId, date),
    update: 'SET #entry.#purpose = :purpose',
    names: { '#entry': entryAttribute(bookingId), '#purpose': roomEntryAttributes.purpose },
    values: { ':purpose': purpose },
    conditions: [condition('entered', 'attribute_exists(#entry)')],
    meaning: () => 'done',
  });
}
