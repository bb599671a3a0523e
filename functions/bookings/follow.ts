import type { Authorized } from '../../shared/access/authorize.ts';
import { excuseSeat } from '../../shared/booking/claim/attendance.ts';
import { rowFactFrom, rowFactKey } from '../../shared/booking/facts/bookings.ts';
import { placeAgrees, roomEntryAgrees, seatAgrees } from '../../shared/booking/heal/agreement.ts';
import { changedSeats, followWaitlist, recordCheckIns } from '../../shared/booking/heal/follow-session.ts';
import { reconcileOrder, reconcileRoomEntry, reconcileSeat } from '../../shared/booking/heal/reconcile.ts';
import { type BookingRow, bookingRow } from '../../shared/booking/items/booking-row.ts';
import { type RoomDayItem, type RoomEntry, roomDayItem } from '../../shared/booking/items/day-sheet.ts';
import { type OrderItem, order } from '../../shared/booking/items/order.ts';
import { sessionItem } from '../../shared/booking/items/session.ts';
import { waitingIn } from '../../shared/booking/items/waitlist.ts';
import { followNoShow } from '../../shared/booking/no-show/no-shows.ts';
import { listApproval } from '../../shared/booking/order/approvals.ts';
import { recordAmountsOf } from '../../shared/booking/row/amounts.ts';
import { promote } from '../../shared/booking/waitlist/promote.ts';
import type { BookingId, PersonId } from '../../shared/contracts/common.ts';
import type { Message } from '../../shared/messages/message.ts';
import type { Change, Follower, Following } from '../../shared/plan/follower.ts';
import type { Known } from '../../shared/table/read.ts';
import { noticeNeeds, sayBooked, sayCanceled, sayLapsed, sayOffered, sayOrderBooked } from './notices.ts';
import { readOfferTerms, readRoomName } from './store.ts';

type Booked = { readonly personId: PersonId; readonly bookingId: BookingId };

const rowKey = (by: Authorized, { personId, bookingId }: Booked) => rowFactKey(by.tenantId, personId, bookingId);
const rowIn = (by: Authorized, known: Known, booked: Booked): BookingRow | undefined =>
  rowFactFrom(known(rowKey(by, booked)));

function onSession(by: Authorized, { before, after }: Change, seen: Known): Following {
  const now = sessionItem.parse(after);
  const was = before ? sessionItem.parse(before) : undefined;
  const changed = changedSeats(was, now);
  const open = changed.filter((one) => !seatAgrees(one.seat, rowIn(by, seen, one)));
  return {
    needs: open.map((one) => rowKey(by, one)),
    follow: async (known) => {
      await recordCheckIns(by, now, changed);
      for (const one of open) {
        const { personId, bookingId, seat } = one;
        if (seatAgrees(seat, rowIn(by, known, one))) continue;
        await reconcileSeat(by, now.sessionId, personId, bookingId, { claim: was ?? now, gone: now.gone });
      }
      await followWaitlist(by, was, now);
      if (waitingIn(now) > 0 && now.taken < now.capacity)
        await promote(by, now.sessionId, (stored, party) => readOfferTerms(by, stored, party));
      return [];
    },
  };
}

/** An entry that was made or given back between two images of a sheet; `entry` is `undefined` where it was given back. */
type ChangedEntry = { readonly bookingId: BookingId; readonly claim: RoomEntry; readonly entry: RoomEntry | undefined };

function changedEntries(was: RoomDayItem | undefined, now: RoomDayItem): ChangedEntry[] {
  const made = Object.entries(now.entries).filter(([id]) => !was?.entries[id]);
  const gone = Object.entries(was?.entries ?? {}).filter(([id]) => !now.entries[id]);
  return [
    ...made.map(([bookingId, claim]) => ({ bookingId, claim, entry: claim })),
    ...gone.map(([bookingId, claim]) => ({ bookingId, claim, entry: undefined })),
  ];
}

function onRoomDay(by: Authorized, { sk, before, after }: Change, seen: Known): Following {
  const [roomId = '', date = ''] = sk.split('#');
  const now = roomDayItem.parse(after);
  const was = before ? roomDayItem.parse(before) : undefined;
  // What came with a room has no row of its own.
  const bookedOf = ({ bookingId, claim: { personId, mainRoomId } }: ChangedEntry): Booked | undefined =>
    personId && !mainRoomId ? { personId, bookingId } : undefined;
  const isOpen = (known: Known) => (one: ChangedEntry) => {
    const booked = bookedOf(one);
    return !booked || !roomEntryAgrees(one.entry, rowIn(by, known, booked));
  };
  // A session's use of the room is nobody's booking.
  const ofSomebody = changedEntries(was, now).filter(({ claim }) => claim.personId || claim.mainRoomId);
  const open = ofSomebody.filter(isOpen(seen));
  return {
    needs: open.flatMap((one) => bookedOf(one) ?? []).map((booked) => rowKey(by, booked)),
    follow: async (known) => {
      for (const { bookingId, claim } of open.filter(isOpen(known))) {
        const before = { claim, gone: now.gone };
        await reconcileRoomEntry(by, roomId, () => readRoomName(by, roomId), date, bookingId, before);
      }
      return [];
    },
  };
}

function onOrder(by: Authorized, { before, after }: Change, seen: Known): Following | undefined {
  const now = order.parse(after);
  const { status } = now;
  if (status === 'claiming' || before?.['status'] === status) return undefined;
  // Of a hold that is confirmed the row may be ahead of the seat.
  const isConfirmed = status === 'booked' && before?.['status'] === 'held';
  const isOpen = (known: Known) => (place: OrderItem) => isConfirmed || !placeAgrees(status, rowIn(by, known, place));
  const open = now.places.filter(isOpen(seen));
  return {
    needs: isConfirmed ? [] : open.map((place) => rowKey(by, place)),
    follow: async (known) => {
      const places = open.filter(isOpen(known));
      await reconcileOrder(by, { ...now, places }, (roomId) => readRoomName(by, roomId));
      await listApproval(by, now);
      return status === 'booked' ? sayOrderBooked(by, now) : [];
    },
  };
}

function onBooking(by: Authorized, { before, after }: Change): Following | undefined {
  const row = bookingRow.parse(after);
  const from = before?.['state'];
  if (row.state === from) return undefined;
  const say = sayingOf(row);
  return {
    needs: say ? noticeNeeds(by, row) : [],
    follow: async (known) => {
      await recordAmountsOf(by, row, from);
      if (row.state === 'no-show' || from === 'no-show') await followNoShow(by, row);
      if (row.state === 'excused' && row.sessionId)
        await excuseSeat(by, row.sessionId, row.beneficiaryId, row.bookingId);
      return say ? say(by, known, row) : [];
    },
  };
}

type Saying = (by: Authorized, known: Known, row: BookingRow) => Promise<readonly Message[]>;

/** What is told of a row that has come to its state; `undefined` when nothing is. */
function sayingOf(row: BookingRow): Saying | undefined {
  if (row.state === 'held' && row.heldFor === 'offer') return sayOffered;
  // What a draw gave is told with the result of the draw.
  if (row.state === 'booked' && !row.roundId) return sayBooked;
  if (row.state === 'lapsed') return sayLapsed;
  // A closure tells all of it in a message of its own; what was moved goes on elsewhere; of a series, whoever cancels sees it on its page.
  const isTold = row.because !== 'closure' && row.because !== 'moved' && !(row.seriesId && row.because === 'resident');
  return row.state === 'canceled' && isTold ? sayCanceled : undefined;
}

/**
 * What bookings follow: the claims, so that what a handler that died did not write is written here, and the rows, so that people are
 * told. A session is made without seats, so only its changes say anything.
 */
export const bookingFollowers: readonly Follower[] = [
  { kind: 'session', events: ['MODIFY'], begin: onSession },
  { kind: 'room-day', events: ['INSERT', 'MODIFY'], begin: onRoomDay },
  { kind: 'order', events: ['INSERT', 'MODIFY'], begin: onOrder },
  { kind: 'booking', events: ['INSERT', 'MODIFY'], begin: onBooking },
];
