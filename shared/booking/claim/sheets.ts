import type { Authorized } from '../../access/authorize.ts';
import { quartersBetween } from '../../kernel/days.ts';
import { type Refusal, refuse } from '../../kernel/refusal.ts';
import { type Condition, condition, type RawItem } from '../../table/conditions.ts';
import type { Key } from '../../table/keys.ts';
import { parsedItem } from '../../table/read.ts';
import { type Outcome, put, transact, update, type Write } from '../../table/write.ts';
import type { CounterCharge } from '../items/counter-charge.ts';
import {
  type AgendaEntry,
  type BufferQuarters,
  encodeAgendaEntry,
  encodeRoomEntry,
  entryAttribute,
  NO_BUFFERS,
  type RoomEntry,
  roomDayItem,
  roomEntryAttributes,
  stretchQuarters,
} from '../items/day-sheet.ts';
import { type BoundedCharge, chargeWrite } from '../price/counters.ts';
import { agendaDayKey, roomDayKey } from './keys.ts';
import { lapsedIn, lapseHolds } from './release.ts';

type Claim = {
  readonly key: Key;
  readonly is: 'room-day' | 'agenda-day';
  readonly id: string;
  readonly entry: RoomEntry | AgendaEntry;
  /** The entry as it is stored. */
  readonly stored: RawItem;
  readonly buffers: BufferQuarters;
  readonly counted?: { readonly attribute: 'roomQuarters'; readonly limit: number };
  readonly meaning: (item: RawItem | undefined) => Refusal | 'done';
};

/**
 * The one conditional update that is a claim on a day sheet (law 2): its own quarter-hours free of bookings, of their buffers and of
 * closures; its buffers free of bookings. So buffers may overlap each other, and never a booking.
 */
function claimWrite({ key, is, id, entry, stored, buffers, counted, meaning }: Claim): Write & { update: string } {
  const { own, pre, post } = stretchQuarters(entry.startsAt, entry.endsAt, buffers);
  const values: Record<string, unknown> = { ':entry': stored, ':own': new Set(own), ':is': is };
  const conditions: Condition[] = [condition('not yet entered', 'attribute_not_exists(#entry)')];
  const mustLack = (set: string, quarters: readonly number[]) => {
    if (quarters.length === 0) return;
    for (const quarter of quarters) values[`:q${quarter}`] = quarter;
    const any = quarters.map((quarter) => `contains(${set}, :q${quarter})`).join(' OR ');
    conditions.push(condition(`free in ${set}`, `NOT (${any})`));
  };
  mustLack('busy', [...pre, ...own, ...post]);
  if (is === 'room-day') {
    mustLack('closed', own);
    // A buffer touches its booking, which the stretch does not: so where the two meet at all they meet at the stretch's own end.
    mustLack('pre', own.slice(-1));
    mustLack('post', own.slice(0, 1));
  }
  const adds = ['busy :own'];
  for (const [name, quarters] of Object.entries({ pre, post })) {
    if (quarters.length === 0) continue;
    values[`:${name}`] = new Set(quarters);
    adds.push(`${name} :${name}`);
  }
  if (counted) {
    values[':count'] = own.length;
    values[':most'] = counted.limit - own.length;
    adds.push(`${counted.attribute} :count`);
    const within = `attribute_not_exists(${counted.attribute}) OR ${counted.attribute} <= :most`;
    conditions.push(condition('within the daily limit', within));
  }
  return {
    key,
    update: `SET #entry = :entry, #is = :is ADD ${adds.join(', ')}`,
    names: { '#entry': entryAttribute(id), '#is': 'is' },
    values,
    conditions,
    meaning,
  };
}

const touches = (item: RawItem | undefined, set: 'busy' | 'closed', quarters: readonly number[]): boolean => {
  const taken = item?.[set];
  return taken instanceof Set && quarters.some((quarter) => taken.has(quarter));
};

/** What a room booking asks for: the entry, its buffers, and the further resources that it needs at the same time. */
export type RoomClaim = {
  readonly roomId: string;
  readonly date: string;
  readonly bookingId: string;
  readonly entry: RoomEntry;
  readonly buffers: BufferQuarters;
};

/** Holds in the way whose time is over: they are given back, and the claim made again. */
class LapsedInTheWay extends Error {
  readonly orderIds: readonly string[];
  constructor(orderIds: readonly string[]) {
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

function resourceWrite(by: Authorized, claim: RoomClaim, resourceId: string): Write & { update: string } {
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

async function pastLapsed<T>(by: Authorized, claim: () => Promise<T>): Promise<T> {
  for (let round = 1; ; round += 1) {
    try {
      return await claim();
    } catch (error) {
      if (!(error instanceof LapsedInTheWay)) throw error;
      if (round === ROUNDS) throw refuse('try-again');
      await lapseHolds(by, error.orderIds);
    }
  }
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
  }: { roomId: string; date: string; bookingId: string; with: readonly string[] },
  orderId: string,
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
  { roomId, date, bookingId }: { roomId: string; date: string; bookingId: string },
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

export type AgendaClaim = {
  readonly personId: string;
  readonly date: string;
  readonly bookingId: string;
  readonly entry: AgendaEntry;
  /** For room bookings: at most so many quarter-hours of room time for one person and day. */
  readonly roomQuartersLimit?: number;
  /** What it counts against, each with its bound. */
  readonly charges?: readonly BoundedCharge[];
};

const plainCharge = ({ of, id, amount, pricedQuarters }: BoundedCharge): CounterCharge => ({
  of,
  id,
  amount,
  ...(pricedQuarters ? { pricedQuarters } : {}),
});

/** The write on the person's day, and those on the counters that move with it. */
export function agendaWrites(
  by: Authorized,
  claim: AgendaClaim,
): [Write & { update: string }, ...(Write & { update: string })[]] {
  const own = quartersBetween(claim.entry.startsAt, claim.entry.endsAt);
  const limit = claim.roomQuartersLimit;
  const charges = claim.charges ?? [];
  const entry = charges.length > 0 ? { ...claim.entry, charges: charges.map(plainCharge) } : claim.entry;
  const day = claimWrite({
    key: agendaDayKey(by, claim.personId, claim.date),
    is: 'agenda-day',
    id: claim.bookingId,
    entry,
    stored: encodeAgendaEntry(entry),
    buffers: NO_BUFFERS,
    ...(limit ? { counted: { attribute: 'roomQuarters', limit } } : {}),
    meaning: (item) => {
      if (item && entryAttribute(claim.bookingId) in item) return 'done';
      const facts = { personId: claim.personId, date: claim.date };
      if (touches(item, 'busy', own)) return refuse('person-busy', facts);
      return refuse('daily-limit', { ...facts, limitMinutes: (limit ?? 0) * 15 });
    },
  });
  return [day, ...charges.map((charge) => chargeWrite(by, charge))];
}

/**
 * Takes a stretch of a person's own day: nobody is in two places at once; what it counts against moves with it. `done` when this
 * booking already holds it. Refuses `person-busy`, `daily-limit`, `quota-exceeded` or `pass-empty`.
 */
export function claimAgenda(by: Authorized, claim: AgendaClaim): Promise<Outcome> {
  const [day, ...counters] = agendaWrites(by, claim);
  return counters.length === 0 ? update(day) : transact([day, ...counters]);
}

/**
 * Takes the people's days together with the record of the request, in one transaction of calm items: either this request holds them
 * under its `Idempotency-Key`, or nobody's day has changed. Refuses as {@link claimAgenda} and `requestWrite` do. The claims are
 * of different people or dates: a transaction takes an item once.
 */
export async function claimAgendasFor(
  by: Authorized,
  claims: readonly AgendaClaim[],
  request: Write & { item: RawItem },
): Promise<void> {
  const { outcome } = await transact([...claims.flatMap((claim) => agendaWrites(by, claim)), request]);
  if (outcome === 'fresh') return;
  // Part of it had been done by a first try or by the stream, so the transaction did nothing: each on its own, all repeatable.
  await Promise.all([...claims.map((claim) => claimAgenda(by, claim)), put(request)]);
}
