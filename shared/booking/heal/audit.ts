import type { Authorized } from '../../access/authorize.ts';
import type { BookingId, CenterId, Localized, PersonId, RoomId } from '../../contracts/common.ts';
import { epochSeconds } from '../../kernel/clock.ts';
import { CIVIL_ZONE, civilNow, quartersBetween } from '../../kernel/days.ts';
import { fingerprint } from '../../kernel/ids.ts';
import { inParallel } from '../../kernel/in-parallel.ts';
import { putMany } from '../../table/bulk.ts';
import { keys, type ReadableKey } from '../../table/keys.ts';
import { type Known, queryAll, readKnown } from '../../table/read.ts';
import { rowFactFrom, rowFactKey } from '../facts/bookings.ts';
import { agendaDayFactFrom, agendaDayFactKey } from '../facts/days.ts';
import { orderFactFrom, orderFactKey } from '../facts/orders.ts';
import { type Audited, audited, encodeAudited } from '../items/audited.ts';
import type { BookingRow } from '../items/booking-row.ts';
import type { PlacedRoomDay, RoomEntry } from '../items/day-sheet.ts';
import type { Seat, SessionItem } from '../items/session.ts';
import { hasLeft } from '../order/order.ts';
import { isActive } from '../row/states.ts';
import { dayAgrees, roomEntryAgrees, seatAgrees } from './agreement.ts';
import { type Reconciled, readEndByOrder, reconcileRoomEntry, reconcileSeat } from './reconcile.ts';

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
      const gone = row && (await readEndByOrder(by, bookingId, row.orderId));
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
  const stored = new Map((await readAudited(by, centerId)).map((seen) => [nameOf(seen), seen]));
  const seenOf = (one: Holder): Audited | undefined => stored.get(nameOf(one));
  const isOpen = (one: Holder): boolean => {
    const seen = seenOf(one);
    return one.mark !== seen?.mark || (minutes < WHOLE_BEFORE_MINUTES && seen.comparedOn !== today);
  };
  const open = holders.filter(isOpen);
  const known = await readKnown(open.flatMap((one) => needsOf(by, one, seenOf(one))));
  const failures: unknown[] = [];
  const compared = await inParallel(open, AT_ONCE, (one) => compare(by, one, seenOf(one), known, failures));
  await keepAudited(
    by,
    centerId,
    compared
      .map(({ seen }) => ({ ...seen, comparedOn: today }))
      .filter((seen) => isNews(seen, stored.get(nameOf(seen)))),
  );
  if (failures.length > 0) throw failures[0];
  const miscounted = holders.filter(({ isCounted }) => !isCounted).map(({ id }) => id);
  return [...compared.flatMap(({ differing }) => differing), ...miscounted];
}

const nameOf = ({ date, id }: Pick<Holder, 'date' | 'id'>): string => `${date} ${id}`;

/** Where nobody holds anything, and nobody did, there is nothing to remember. */
const isNews = (seen: Audited, stored: Audited | undefined): boolean =>
  stored ? fingerprint(seen) !== fingerprint(stored) : Object.keys(seen.bookings).length > 0;

const readAudited = (by: Authorized, centerId: CenterId): Promise<Audited[]> =>
  queryAll({ pk: keys.booking.allAudited(by.tenantId, centerId) }, audited);

function keepAudited(by: Authorized, centerId: CenterId, all: readonly Audited[]): Promise<void> {
  const ttlEpochSeconds = epochSeconds(by.now) + KEPT_SECONDS;
  return putMany(
    all.map((seen) => ({
      key: keys.booking.audited(by.tenantId, centerId, seen.date, seen.id),
      item: { ...encodeAudited(seen), ttlEpochSeconds },
    })),
  );
}

/** Bookings that the last audit saw and that hold nothing here any more. */
function goneFrom({ standing }: Holder, seen: Audited | undefined): { personId: PersonId; bookingId: BookingId }[] {
  const there = new Set(standing.map(({ bookingId }) => bookingId));
  return Object.entries(seen?.bookings ?? {}).flatMap(([bookingId, personId]) =>
    there.has(bookingId) ? [] : { personId, bookingId },
  );
}

function needsOf(by: Authorized, holder: Holder, seen: Audited | undefined): ReadableKey[] {
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
  before: Audited | undefined,
  known: Known,
  failures: unknown[],
): Promise<{ differing: string[]; seen: Omit<Audited, 'comparedOn'> }> {
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
  for (const { personId, bookingId } of goneFrom(holder, before)) {
    const row = rowFactFrom(known(rowFactKey(by.tenantId, personId, bookingId)));
    if (!row || !isActive(row.state)) continue;
    // Its record may be on its way: only what is still so at the next audit has been lost.
    if (before?.lost?.includes(bookingId)) {
      if (await mend(bookingId, () => holder.reconcile(personId, bookingId, row))) continue;
      differing.push(bookingId);
    }
    lost.push([bookingId, personId]);
  }
  const standing = holder.standing.map(({ bookingId, personId }) => [bookingId, personId] as const);
  return {
    differing,
    seen: {
      is: 'audited',
      id: holder.id,
      date: holder.date,
      ...(isClean && lost.length === 0 ? { mark: holder.mark } : {}),
      bookings: Object.fromEntries([...standing, ...lost]),
      ...(lost.length > 0 ? { lost: lost.map(([bookingId]) => bookingId) } : {}),
    },
  };
}
