import type { Authorized } from '../../../shared/access/authorize.ts';
import { readRoomDaysOn } from '../../../shared/booking/facts/days.ts';
import { readSessionsOn } from '../../../shared/booking/facts/sessions.ts';
import type { PlacedRoomDay, RoomEntry } from '../../../shared/booking/items/day-sheet.ts';
import type { Seat, SessionItem } from '../../../shared/booking/items/session.ts';
import type { BookingId, Localized, PersonId, RoomId } from '../../../shared/contracts/common.ts';
import { instantOf } from '../../../shared/kernel/days.ts';
import type { CaseItem } from '../cases/items.ts';
import type { WaitCaseItem } from '../waitlist/items.ts';
import { readWaits } from '../waitlist/queries.ts';
import { hoursOf, overlap, quartersShut, type Shutting, shutsSession } from './rules.ts';

/** What stands on one date of a closure that it is about: the sheets that it shuts, the sessions that cannot take place. */
export type ClaimsOfDay = { readonly sheets: readonly PlacedRoomDay[]; readonly sessions: readonly SessionItem[] };

/** What is over when it is closed is not affected any more. */
const isAhead = (closedAt: string, { date, endsAt }: { readonly date: string; readonly endsAt: string }): boolean =>
  instantOf(date, endsAt) > new Date(closedAt);

export async function readClaimsOfDay(
  by: Authorized,
  { centerId, what, closedAt }: Shutting,
  date: string,
): Promise<ClaimsOfDay> {
  const [sheets, sessions] = await Promise.all([
    what.kind === 'session' ? [] : readRoomDaysOn(by, centerId, date),
    readSessionsOn(by, centerId, date),
  ]);
  const shut = sheets.filter(({ roomId }) => quartersShut(what, centerId, roomId, date).length > 0);
  const users = new Set(shut.flatMap(({ entries }) => Object.keys(entries)));
  return {
    sheets,
    sessions: sessions.filter(
      (session) => shutsSession(what, centerId, session, users.has(session.sessionId)) && isAhead(closedAt, session),
    ),
  };
}

/** Who is affected on one date: bookings, and parties that wait for a session of it. */
export type Affected = { readonly cases: readonly CaseItem[]; readonly waits: readonly WaitCaseItem[] };

/**
 * The bookings of one date that cannot take place: places in its sessions, uses of what is shut, and of whatever comes together with what
 * is shut; and who waits in the lines of its sessions. Whoever is there already is not affected. `roomName` is asked for rooms with
 * bookings.
 */
export async function readAffectedOn(
  by: Authorized,
  shutting: Shutting,
  date: string,
  roomName: (roomId: RoomId) => Promise<Localized>,
): Promise<Affected> {
  const { sheets, sessions } = await readClaimsOfDay(by, shutting, date);
  const { centerId, what, closedAt } = shutting;
  const cases = sessions.flatMap((session) =>
    Object.entries(session.seats)
      .filter(([, seat]) => !seat.checkedInAt && !seat.isNoShow)
      .map(([personId, seat]) => caseOfSeat(session, personId, seat)),
  );
  const mains = new Map(sheets.map((sheet) => [sheet.roomId, sheet]));
  const found = new Map<string, CaseItem>();
  for (const { roomId, entries } of sheets) {
    if (quartersShut(what, centerId, roomId, date).length === 0) continue;
    for (const [bookingId, entry] of Object.entries(entries)) {
      const main = entry.mainRoomId ?? roomId;
      const claim = entry.mainRoomId ? mains.get(main)?.entries[bookingId] : entry;
      const { startsAt, endsAt } = entry;
      if (!claim || !overlap({ startsAt, endsAt }, hoursOf(what)) || !isAhead(closedAt, { date, endsAt })) continue;
      const one = caseOfEntry(main, await roomName(main), date, bookingId, claim);
      if (one) found.set(bookingId, one);
    }
  }
  const line = (await Promise.all(sessions.map((session) => readWaits(by, session)))).flat();
  return { cases: [...cases, ...found.values()], waits: line };
}

function caseOfSeat(session: SessionItem, personId: PersonId, seat: Seat): CaseItem {
  const { sessionId, offeringId, title, date, startsAt, endsAt, residentPriceFen } = session;
  return {
    ...begun,
    bookingId: seat.bookingId,
    personId,
    actorId: seat.actorId,
    ...(seat.staffReason ? { byStaff: seat.staffReason } : {}),
    kind: 'session',
    title,
    date,
    startsAt,
    endsAt,
    priceFen: seat.priceFen ?? residentPriceFen,
    madeAt: seat.bookedAt,
    ...(seat.orderId ? { orderId: seat.orderId } : {}),
    sessionId,
    offeringId,
  };
}

function caseOfEntry(
  roomId: RoomId,
  title: Localized,
  date: string,
  bookingId: BookingId,
  { startsAt, endsAt, personId, actorId, bookedAt, purpose, buffers, with: others = [], ...entry }: RoomEntry,
): CaseItem | undefined {
  // A class that uses the room is met as a session.
  if (!personId || !actorId || !bookedAt) return undefined;
  const { orderId, offeringId, priceFen = 0 } = entry;
  return {
    ...begun,
    bookingId,
    personId,
    actorId,
    kind: 'room',
    title,
    date,
    startsAt,
    endsAt,
    priceFen,
    madeAt: bookedAt,
    ...(orderId ? { orderId } : {}),
    roomId,
    with: others,
    ...(buffers ? { buffers } : {}),
    ...(offeringId ? { offeringId } : {}),
    ...(purpose ? { purpose } : {}),
  };
}

const NO_BUFFERS: [number, number] = [0, 0];
const begun = { state: 'pending' as const, with: [], buffers: NO_BUFFERS, refused: [], refundFen: 0 };
