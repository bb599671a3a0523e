import type { Authorized } from '../../access/authorize.ts';
import type { BookingId, CenterId, Localized, PersonId, RoomId } from '../../contracts/common.ts';
import { epochSeconds } from '../../kernel/clock.ts';
import { CIVIL_ZONE, civilNow, quartersBetween } from '../../kernel/days.ts';
import { fingerprint } from '../../kernel/ids.ts';
import { inParallel } from '../../kernel/in-parallel.ts';
import { keys, type ReadableKey } from '../../table/keys.ts';
import { type Known, queryAll, readKnown } from '../../table/read.ts';
import { put } from '../../table/write.ts';
import { rowFactFrom, rowFactKey } from '../facts/bookings.ts';
import { agendaDayFactFrom, agendaDayFactKey } from '../facts/days.ts';
import { orderFactFrom, orderFactKey } from '../facts/orders.ts';
import { type AuditDay, type AuditedItem, auditDay, encodeAuditDay } from '../items/audit-day.ts';
import type { BookingRow } from '../items/booking-row.ts';
import type { PlacedRoomDay, RoomEntry } from '../items/day-sheet.ts';
import type { Seat, SessionItem } from '../items/session.ts';
import { hasLeft } from '../order/order.ts';
import { isActive } from '../row/states.ts';
import { dayAgrees, roomEntryAgrees, seatAgrees } from './agreement.ts';
import { goneByOrder, type Reconciled, reconcileRoomEntry, reconcileSeat } from './reconcile.ts';

/** A claim that stands. */
type Standing = {
  readonly personId: PersonId;
  readonly bookingId: BookingId;
  /** Old enough for its handler and the stream to be done with it. */
  readonly isSettled: boolean;
  /** The order that decides about it, while it is held. */
  readonly heldBy: string | undefined;
  readonly agrees: (row: BookingRow | undefined) => boolean;
};

/** What makes a booking agree with its claim as it stands; `row` of one whose claim is gone. */
type Reconcile = (personId: PersonId, bookingId: BookingId, row?: BookingRow) => Promise<Reconciled>;

/** A session, or the sheet of a resource, with the claims that stand in it. */
type Holder = {
  readonly id: string;
  readonly date: string;
  readonly standing: readonly Standing[];
  /** Tells its claims, as far as anything is derived from them. */
  readonly mark: string;
  /** Whether its counts say what its claims say. */
  readonly isCounted: boolean;
  readonly reconcile: Reconcile;
};

/** What the audit compares. `isSettled` tells of the instant at which a claim was made whether its handler is done for certain. */
export type Claims = {
  readonly sessions: readonly SessionItem[];
  readonly sheets: readonly PlacedRoomDay[];
  readonly isSettled: (madeAt: string | undefined) => boolean;
  readonly roomName: (roomId: RoomId) => Promise<Localized>;
};

const heldBy = ({ heldUntilEpochSeconds, orderId }: Pick<Seat, 'heldUntilEpochSeconds' | 'orderId'>) =>
  heldUntilEpochSeconds === undefined ? undefined : orderId;

function holderOfSession(by: Authorized, session: SessionItem, { isSettled }: Claims): Holder {
  const { sessionId, date, seats, taken, takenPriority } = session;
  const places = Object.entries(seats);
  return {
    id: sessionId,
    date,
    standing: places.map(([personId, seat]) => ({
      personId,
      bookingId: seat.bookingId,
      isSettled: isSettled(seat.bookedAt),
      heldBy: heldBy(seat),
      agrees: (row) => seatAgrees(seat, row),
    })),
    mark: fingerprint(seats),
    isCounted: taken === places.length && takenPriority === places.filter(([, { isPriority }]) => isPriority).length,
    reconcile: async (personId, bookingId, row) => {
      const gone = row && (await goneByOrder(by, bookingId, row.orderId));
      return reconcileSeat(by, sessionId, personId, bookingId, { claim: session, gone });
    },
  };
}

function holderOfSheet(by: Authorized, sheet: PlacedRoomDay, { isSettled, roomName }: Claims): Holder {
  const { roomId, date, entries, busy } = sheet;
  const own = Object.entries(entries);
  const taken = own.flatMap(([, { startsAt, endsAt }]) => quartersBetween(startsAt, endsAt));
  return {
    id: roomId,
    date,
    // A session's use of the room is nobody's booking; what came with a room goes with the room's own entry.
    standing: own.flatMap(([bookingId, entry]) => {
      const { personId, mainRoomId, bookedAt } = entry;
      if (!personId || mainRoomId) return [];
      const agrees = (row: BookingRow | undefined) => roomEntryAgrees(entry, row);
      return [{ personId, bookingId, isSettled: isSettled(bookedAt), heldBy: heldBy(entry), agrees }];
    }),
    mark: fingerprint(entries),
    isCounted: taken.length === busy.size && taken.every((quarter) => busy.has(quarter)),
    reconcile: async (personId, bookingId, row) => {
      const claim = entries[bookingId] ?? (row && entryOf(row, personId));
      return reconcileRoomEntry(by, roomId, () => roomName(roomId), date, bookingId, { claim });
    },
  };
}

/** The entry that a row was written from, as far as giving it back needs it. */
const entryOf = ({ startsAt, endsAt, buffers, with: others, orderId }: BookingRow, personId: PersonId): RoomEntry => ({
  startsAt,
  endsAt,
  personId,
  ...(buffers ? { buffers } : {}),
  ...(others ? { with: others } : {}),
  ...(orderId ? { orderId } : {}),
});

/** Suspicious bookings that are looked at again at the same time. */
const AT_ONCE = 8;
/** In the small hours everything is compared, whatever has changed. */
const WHOLE_BEFORE_MINUTES = 5 * 60;
/** What was seen of a date is of no use once the date is out of the audit's sight. */
const KEPT_SECONDS = 30 * 86_400;

/**
 * Compares the claims of a center with what is derived from them, and mends what is missing (law 3). Only what has changed since the last
 * audit is compared, or was not in order then; each night everything. Gives what differed: bookings, and sessions and resources that
 * count wrong, which nobody mends by guessing. A row whose claim has gone without a word is told as long as it stands.
 *
 * Its cost: a few queries, and a call for each hundred rows and days of what has changed.
 */
export async function auditClaims(by: Authorized, centerId: CenterId, claims: Claims): Promise<string[]> {
  const holders = [
    ...claims.sessions.map((session) => holderOfSession(by, session, claims)),
    ...claims.sheets.map((sheet) => holderOfSheet(by, sheet, claims)),
  ];
  const { date: today, minutes } = civilNow(by.now, CIVIL_ZONE);
  const days = new Map((await readAuditDays(by, centerId)).map((day) => [day.date, day]));
  const isWhole = (date: string) => minutes < WHOLE_BEFORE_MINUTES && days.get(date)?.wholeOn !== today;
  const seenOf = ({ id, date }: Holder): AuditedItem => days.get(date)?.seen[id] ?? NOTHING;
  const open = holders.filter((one) => one.mark !== seenOf(one).mark || isWhole(one.date));
  const known = await readKnown(open.flatMap((one) => needsOf(by, one, seenOf(one))));
  const failures: unknown[] = [];
  const compared = await inParallel(open, AT_ONCE, (one) => compare(by, one, seenOf(one), known, failures));
  const now = new Map(open.map((one, index) => [one, compared[index]?.seen]));
  for (const [date, ofDate] of Map.groupBy(holders, (one) => one.date)) {
    const wholeOn = isWhole(date) ? today : (days.get(date)?.wholeOn ?? today);
    const seen = ofDate.map((one) => [one.id, now.get(one) ?? seenOf(one)] as const);
    const worthKeeping = seen.filter(([, { bookings, lost }]) => lost || Object.keys(bookings).length > 0);
    const day: AuditDay = { is: 'audit-day', date, wholeOn, seen: Object.fromEntries(worthKeeping) };
    if (fingerprint(day) !== fingerprint(days.get(date) ?? {})) await keepAuditDay(by, centerId, day);
  }
  if (failures.length > 0) throw failures[0];
  const miscounted = holders.filter(({ isCounted }) => !isCounted).map(({ id }) => id);
  return [...compared.flatMap(({ differing }) => differing), ...miscounted];
}

const NOTHING: AuditedItem = { bookings: {} };

const readAuditDays = (by: Authorized, centerId: CenterId): Promise<AuditDay[]> =>
  queryAll({ pk: keys.booking.auditDays(by.tenantId, centerId) }, auditDay);

async function keepAuditDay(by: Authorized, centerId: CenterId, day: AuditDay): Promise<void> {
  const key = keys.booking.auditDay(by.tenantId, centerId, day.date);
  await put({ key, item: { ...encodeAuditDay(day), ttlEpochSeconds: epochSeconds(by.now) + KEPT_SECONDS } });
}

/** Bookings that the last audit saw and that hold nothing here any more. */
function goneFrom({ standing }: Holder, { bookings }: AuditedItem): { personId: PersonId; bookingId: BookingId }[] {
  const there = new Set(standing.map(({ bookingId }) => bookingId));
  return Object.entries(bookings).flatMap(([bookingId, personId]) =>
    there.has(bookingId) ? [] : { personId, bookingId },
  );
}

function needsOf(by: Authorized, holder: Holder, seen: AuditedItem): ReadableKey[] {
  const { tenantId } = by;
  const settled = holder.standing.filter(({ isSettled }) => isSettled);
  return [
    ...[...settled, ...goneFrom(holder, seen)].map(({ personId, bookingId }) =>
      rowFactKey(tenantId, personId, bookingId),
    ),
    ...settled.map(({ personId }) => agendaDayFactKey(tenantId, personId, holder.date)),
    ...settled.flatMap((one) => (one.heldBy ? [orderFactKey(tenantId, one.heldBy)] : [])),
  ];
}

/** Whether everything derived from a claim says what the claim says. */
function isInOrder(by: Authorized, { date }: Holder, one: Standing, known: Known): boolean {
  const { personId, bookingId } = one;
  const row = rowFactFrom(known(rowFactKey(by.tenantId, personId, bookingId)));
  const day = agendaDayFactFrom(known(agendaDayFactKey(by.tenantId, personId, date)));
  if (!row || !one.agrees(row) || !dayAgrees(row, day)) return false;
  if (!one.heldBy) return true;
  const order = orderFactFrom(known(orderFactKey(by.tenantId, one.heldBy)));
  return order?.status === 'held' && !hasLeft(order, bookingId);
}

/** Compares one session or sheet; gives what differed, and what the next audit is to know of it. */
async function compare(
  by: Authorized,
  holder: Holder,
  seen: AuditedItem,
  known: Known,
  failures: unknown[],
): Promise<{ differing: string[]; seen: AuditedItem }> {
  const differing: string[] = [];
  const mend = async (bookingId: BookingId, work: () => Promise<Reconciled>): Promise<boolean> => {
    try {
      if ((await work()) === 'in order') return false;
      differing.push(bookingId);
      return true;
    } catch (error) {
      failures.push(error);
      return false;
    }
  };
  let isClean = holder.isCounted;
  for (const one of holder.standing) {
    const { personId, bookingId } = one;
    if (!one.isSettled || one.heldBy) isClean = false;
    if (!one.isSettled || isInOrder(by, holder, one, known)) continue;
    isClean = false;
    await mend(bookingId, () => holder.reconcile(personId, bookingId));
  }
  const lost: [BookingId, PersonId][] = [];
  for (const { personId, bookingId } of goneFrom(holder, seen)) {
    const row = rowFactFrom(known(rowFactKey(by.tenantId, personId, bookingId)));
    if (!row || !isActive(row.state)) continue;
    // Its record may be on its way: only what is still so at the next audit has been lost.
    if (seen.lost?.includes(bookingId)) {
      if (await mend(bookingId, () => holder.reconcile(personId, bookingId, row))) continue;
      differing.push(bookingId);
    }
    lost.push([bookingId, personId]);
  }
  const standing = holder.standing.map(({ bookingId, personId }) => [bookingId, personId] as const);
  return {
    differing,
    seen: {
      ...(isClean && lost.length === 0 ? { mark: holder.mark } : {}),
      bookings: Object.fromEntries([...standing, ...lost]),
      ...(lost.length > 0 ? { lost: lost.map(([bookingId]) => bookingId) } : {}),
    },
  };
}
