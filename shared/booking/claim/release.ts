import type { Authorized } from '../../access/authorize.ts';
import type { BookingId, PersonId, RoomId, SessionId } from '../../contracts/common.ts';
import { quartersBetween } from '../../kernel/days.ts';
import { isRefusal, refuse } from '../../kernel/refusal.ts';
import { condition, type RawItem } from '../../table/conditions.ts';
import { type Key, partsOfSessionId } from '../../table/keys.ts';
import { parsedItem } from '../../table/read.ts';
import { type Outcome, transact, update, type Write } from '../../table/write.ts';
import { type ClaimEnd, encodeClaimEnd } from '../items/claim-end.ts';
import type { ClaimCharge, CounterCharge } from '../items/counter.ts';
import {
  type AgendaEntry,
  agendaDayItem,
  agendaEntryAttributes,
  type BufferQuarters,
  encodeEndedEntry,
  endedAttribute,
  entryAttribute,
  NO_BUFFERS,
  roomEntryAttributes,
  stretchQuarters,
} from '../items/day-sheet.ts';
import type { Order, OrderItem } from '../items/order.ts';
import { seatPath, sessionItem } from '../items/session.ts';
import { boundedCharges, releaseChargeWrite, uncountWrite } from '../price/counters.ts';
import { agendaDayKey, roomDayKey, sessionKey } from './keys.ts';

/** Why a claim is given back, without the booking that is named anyway. */
export type Why = Omit<ClaimEnd, 'bookingId'>;
const NO_REASON: Why = { because: 'released' };

/** Gives a place back. `done` when this booking no longer holds one. Refuses `already-checked-in` for a child or elder who is there. */
export function releaseSeat(
  by: Authorized,
  sessionId: SessionId,
  personId: PersonId,
  bookingId: BookingId,
  why: Why = NO_REASON,
): Promise<Outcome> {
  const release = (priority: boolean): Promise<Outcome> =>
    update({
      key: sessionKey(by, sessionId),
      update: `SET gone = :gone REMOVE seats.#p ADD taken :minusOne, freed :one${priority ? ', takenPriority :minusOne' : ''}`,
      names: { '#p': personId },
      values: { ':minusOne': -1, ':one': 1, ':booking': bookingId, ':gone': encodeClaimEnd({ bookingId, ...why }) },
      conditions: [
        condition('this booking holds the place', `${seatPath('#p', 'bookingId')} = :booking`),
        condition('not checked in', `attribute_not_exists(${seatPath('#p', 'checkedInAt')})`),
        condition('of that kind', `attribute_${priority ? '' : 'not_'}exists(${seatPath('#p', 'isPriority')})`),
      ],
      meaning: (item) => {
        const seat = item ? parsedItem(sessionItem, item).seats[personId] : undefined;
        if (seat?.bookingId !== bookingId) return 'done';
        if (seat.checkedInAt) return refuse('already-checked-in', { sessionId, personId });
        return refuse('changed-meanwhile');
      },
    });
  return release(false).catch((error: unknown) => {
    // A place of those kept for a group counts there too; that it is one is told by the refusal, so others pay nothing for it.
    if (!isRefusal(error, 'changed-meanwhile')) throw error;
    return release(true);
  });
}

/** A booking of a room as it is given back: what was taken, to the quarter-hour. */
export type RoomRelease = {
  readonly roomId: RoomId;
  readonly date: string;
  readonly startsAt: string;
  readonly endsAt: string;
  /** The booking, or the session that used the room. */
  readonly bookingId: BookingId | SessionId;
  readonly buffers?: BufferQuarters | undefined;
  readonly with?: readonly string[] | undefined;
};

/** The entry of one booking taken out of one sheet; what is not there was taken out before. */
function entryOutWrite(
  key: Key,
  { bookingId, startsAt, endsAt, buffers = NO_BUFFERS }: RoomRelease,
  why: Why,
  endedAt?: string,
): Write & { update: string } {
  const { own, pre, post } = stretchQuarters(startsAt, endsAt, buffers);
  const values: Record<string, unknown> = { ':own': new Set(own), ':gone': encodeClaimEnd({ bookingId, ...why }) };
  let remove = 'busy :own';
  for (const [name, quarters] of Object.entries({ pre, post })) {
    if (quarters.length === 0) continue;
    values[`:${name}`] = new Set(quarters);
    remove += `, ${name} :${name}`;
  }
  return {
    key,
    update: `SET gone = :gone${endedAt ? ', #ended = :ended' : ''} REMOVE #entry DELETE ${remove}`,
    names: { '#entry': entryAttribute(bookingId), ...(endedAt ? { '#ended': endedAttribute(bookingId) } : {}) },
    values: { ...values, ...(endedAt ? { ':ended': encodeEndedEntry({ startsAt, endsAt, endedAt }) } : {}) },
    conditions: [condition('entered', 'attribute_exists(#entry)')],
    meaning: () => 'done',
  };
}

/** Gives a stretch of a room back, and what came with it. The room first: its entry is the claim, the stream follows it. */
export async function releaseRoom(by: Authorized, release: RoomRelease, why: Why = NO_REASON): Promise<Outcome> {
  const { roomId, date, with: others = [] } = release;
  // The sheet remembers what was given back, for the calendars that show the room.
  const key = roomDayKey(by, roomId, date);
  const outcome = await update(entryOutWrite(key, release, why, by.now.toISOString()));
  for (const other of others) {
    const sheet = roomDayKey(by, other, date);
    await update(entryOutWrite(sheet, { ...release, buffers: NO_BUFFERS }, why));
  }
  return outcome;
}

export type AgendaRelease = {
  readonly personId: PersonId;
  readonly date: string;
  readonly bookingId: BookingId;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly ofRoom: boolean;
  /** Percent kept of what a pass or a fund paid; nothing unless told. */
  readonly keepPercent?: number | undefined;
  /** What the claim said that it counts against by name: given back also where the day says nothing of it any more. */
  readonly charges?: readonly ClaimCharge[] | undefined;
};

/**
 * Gives a stretch of a person's own day back, with everything it counted against: allowances, units of a pass. What was counted by name
 * comes back before the entry goes, so that after a crash in between the entry still says so.
 */
export async function releaseAgenda(by: Authorized, release: AgendaRelease): Promise<Outcome> {
  const { personId, date, bookingId, startsAt, endsAt, ofRoom, keepPercent } = release;
  const own = quartersBetween(startsAt, endsAt);
  const write = {
    key: agendaDayKey(by, personId, date),
    update: `REMOVE #entry DELETE busy :own${ofRoom ? ' ADD roomQuarters :back' : ''}`,
    names: { '#entry': entryAttribute(bookingId) },
    values: { ':own': new Set(own), ...(ofRoom ? { ':back': -own.length } : {}) },
  };
  let entry: AgendaEntry | undefined;
  const outcome = await update({
    ...write,
    names: { ...write.names, '#charges': agendaEntryAttributes.charges },
    conditions: [
      condition(
        'entered, and counts against nothing',
        'attribute_exists(#entry) AND attribute_not_exists(#entry.#charges)',
      ),
    ],
    meaning: (item: RawItem | undefined) => {
      entry = item && parsedItem(agendaDayItem, item).entries[bookingId];
      // Not there: it was released before. A release done twice changes nothing.
      return 'done';
    },
  });
  if (outcome.outcome === 'fresh') return outcome;
  const counted: readonly CounterCharge[] =
    entry?.charges ?? boundedCharges(personId, release.charges).map((charge) => ({ ...charge, countedAs: bookingId }));
  await Promise.all(
    counted.flatMap((charge) => (charge.countedAs ? [update(uncountWrite(by, charge, charge.countedAs))] : [])),
  );
  if (!entry) return outcome;
  const day: Write & { update: string } = {
    ...write,
    conditions: [condition('entered', 'attribute_exists(#entry)')],
    meaning: () => 'done',
  };
  const others = counted.filter(({ countedAs }) => countedAs === undefined);
  if (others.length === 0) return update(day);
  return transact([day, ...others.flatMap((charge) => releaseChargeWrite(by, charge, keepPercent) ?? [])]);
}

/**
 * Gives back one place of an order, and the person's time; what was never claimed, or is gone already, does not matter. `charges`: what
 * the claim counted against by name.
 */
export async function releaseOrderItem(
  by: Authorized,
  place: OrderItem,
  why: Why,
  charges?: readonly ClaimCharge[],
): Promise<void> {
  const { personId, bookingId, endsAt } = place;
  if ('sessionId' in place) {
    const { date, startsAt } = partsOfSessionId(place.sessionId);
    await releaseSeat(by, place.sessionId, personId, bookingId, why);
    await releaseAgenda(by, {
      personId,
      date,
      bookingId,
      startsAt,
      endsAt,
      ofRoom: false,
      keepPercent: why.keptPercent,
      charges,
    });
    return;
  }
  await releaseRoom(by, place, why);
  await releaseRoomDay(by, place, why, charges);
}

const releaseRoomDay = (
  by: Authorized,
  { personId, date, bookingId, startsAt, endsAt }: RoomPlace,
  { keptPercent: keepPercent }: Why,
  charges?: readonly ClaimCharge[],
): Promise<Outcome> =>
  releaseAgenda(by, { personId, date, bookingId, startsAt, endsAt, ofRoom: true, keepPercent, charges });

type RoomPlace = Extract<OrderItem, { roomId: RoomId }>;

/**
 * Gives back a room whose counting by name was refused, and the person's time. `done`, and nothing given back, when the claim has been
 * given back or priced since: then somebody else has decided about it.
 */
export async function releaseUncounted(by: Authorized, place: RoomPlace, why: Why): Promise<Outcome> {
  const write = entryOutWrite(roomDayKey(by, place.roomId, place.date), place, why, by.now.toISOString());
  const outcome = await update({
    ...write,
    names: { ...write.names, '#charges': roomEntryAttributes.charges },
    conditions: [condition('still to be counted', 'attribute_exists(#entry.#charges)')],
  });
  if (outcome.outcome === 'fresh') await releaseRoomDay(by, place, why);
  return outcome;
}

/** Gives back all places of an order that has been released. */
export async function releaseOrderItems(by: Authorized, order: Pick<Order, 'places'>, because: string): Promise<void> {
  await Promise.all(order.places.map((place) => releaseOrderItem(by, place, { because })));
}
