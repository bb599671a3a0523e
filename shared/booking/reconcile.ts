import type { Authorized } from '../access/authorize.ts';
import type { Localized } from '../contracts/common.ts';
import { isRefusal } from '../kernel/refusal.ts';
import { keys } from '../table/keys.ts';
import { get, getMany, parsedItem } from '../table/read.ts';
import { bookingRow, rowOfRoomEntry, rowOfSeat } from './booking-row.ts';
import {
  type AgendaEntry,
  agendaDayItem,
  ROOM_QUARTERS_PER_PERSON_AND_DAY,
  type RoomEntry,
  roomDayItem,
} from './day-sheet.ts';
import { type Order, orderById } from './orders.ts';
import { claimDayOf, releaseDayOf } from './placing.ts';
import { moveRow, writeRow } from './rows.ts';
import { releaseSeat } from './seat-map.ts';
import { type Seat, type SessionItem, sessionItem } from './session-item.ts';
import { claimAgenda, releaseAgenda, releaseRoom } from './sheet-claims.ts';

/**
 * Making the derived match the claim (law 3). Each function looks at the claim as it stands now, not at the event that woke it, so
 * that duplicates, reordering and delay of stream records do not matter. `mended` says whether anything had been missing.
 */
export type Reconciled = 'in order' | 'mended';

/** The row and the person's day of one seat, as the session stands now. A seat that is gone leaves a canceled row and a free day. */
export async function reconcileSeat(
  by: Authorized,
  sessionId: string,
  personId: string,
  bookingId: string,
  before?: SessionItem,
): Promise<Reconciled> {
  const { pk, sk } = keys.session(by.tenantId, sessionId);
  const session = await get({ pk, sk }, sessionItem);
  const seat = session?.seats[personId];
  if (!session || seat?.b !== bookingId) return reconcileGone(by, session ?? before, personId, bookingId);
  if (seat.o) {
    const decided = (await orderById(by, seat.o))?.status;
    if (decided === 'released') return giveBack(by, session, personId, bookingId);
    if (decided !== 'booked') return 'in order';
  }
  return reconcileStanding(by, session, personId, seat);
}

/** A place that stands against a decision: its order was released, or its booking canceled, and nobody came to free it. */
async function giveBack(
  by: Authorized,
  session: SessionItem,
  personId: string,
  bookingId: string,
): Promise<Reconciled> {
  await releaseSeat(by, session.sessionId, personId, bookingId);
  await releaseDayOf(by, session, personId, bookingId);
  return 'mended';
}

async function reconcileStanding(
  by: Authorized,
  session: SessionItem,
  personId: string,
  seat: Seat,
): Promise<Reconciled> {
  const [rawRow, rawDay] = await getMany([
    keys.booking(by.tenantId, personId, seat.b),
    keys.agendaDay(by.tenantId, personId, session.date),
  ]);
  const standing = rawRow && parsedItem(bookingRow, rawRow);
  // A late double of the request took the place again, after its booking was canceled: canceled is the end.
  if (standing?.state === 'canceled') return giveBack(by, session, personId, seat.b);
  let mended = false;
  if (!rawDay || !parsedItem(agendaDayItem, rawDay).entries[seat.b]) {
    try {
      await claimDayOf(by, { session, personId, seat });
      mended = true;
    } catch (error) {
      if (!isRefusal(error, 'person-busy')) throw error;
      // The function died before it saw that the person is elsewhere at that time: the place goes back, as it would have done.
      await releaseSeat(by, session.sessionId, personId, seat.b);
      return 'mended';
    }
  }
  const row = rowOfSeat(session, personId, seat);
  if (!standing) {
    await writeRow(by, row);
    mended = true;
  } else if (standing.state !== row.state && row.state !== 'booked') {
    await moveRow(by, row, row.state);
    mended = true;
  }
  return mended ? 'mended' : 'in order';
}

async function reconcileGone(
  by: Authorized,
  session: SessionItem | undefined,
  personId: string,
  bookingId: string,
): Promise<Reconciled> {
  if (session) await releaseDayOf(by, session, personId, bookingId);
  await moveRow(by, { beneficiaryId: personId, bookingId }, 'canceled');
  return 'mended';
}

/** All places of an order that has been decided: they become bookings, or are free again. */
export async function reconcileOrder(by: Authorized, order: Order): Promise<void> {
  for (const { sessionId, personId, bookingId } of order.places)
    await reconcileSeat(by, sessionId, personId, bookingId);
}

/** The row and the person's day of one room booking, as the room's sheet stands now. `roomName` is asked only when the row is missing. */
export async function reconcileRoomEntry(
  by: Authorized,
  roomId: string,
  roomName: () => Promise<Localized>,
  date: string,
  bookingId: string,
  before: RoomEntry,
): Promise<Reconciled> {
  const personId = before.p;
  if (!personId) return 'in order'; // a session's use of the room: nobody's booking
  const sheet = await get(keys.roomDay(by.tenantId, roomId, date), roomDayItem);
  const entry = sheet?.entries[bookingId];
  const { s: startsAt, e: endsAt } = entry ?? before;
  if (!entry) {
    await releaseAgenda(by, { personId, date, bookingId, startsAt, endsAt, ofRoom: true });
    await moveRow(by, { beneficiaryId: personId, bookingId }, 'canceled');
    return 'mended';
  }
  const [rawRow, rawDay] = await getMany([
    keys.booking(by.tenantId, personId, bookingId),
    keys.agendaDay(by.tenantId, personId, date),
  ]);
  if (rawRow && parsedItem(bookingRow, rawRow).state === 'canceled') {
    await releaseRoom(by, { roomId, date, bookingId, startsAt, endsAt });
    await releaseAgenda(by, { personId, date, bookingId, startsAt, endsAt, ofRoom: true });
    return 'mended';
  }
  let mended = false;
  if (!rawDay || !parsedItem(agendaDayItem, rawDay).entries[bookingId]) {
    const own: AgendaEntry = { s: startsAt, e: endsAt, of: roomId };
    // The same limit as the handler's, or a claim the handler is refusing at this moment would be completed here.
    const roomQuartersLimit = ROOM_QUARTERS_PER_PERSON_AND_DAY;
    try {
      await claimAgenda(by, { personId, date, bookingId, entry: own, roomQuartersLimit });
      mended = true;
    } catch (error) {
      if (!isRefusal(error, 'person-busy') && !isRefusal(error, 'daily-limit')) throw error;
      await releaseRoom(by, { roomId, date, bookingId, startsAt, endsAt });
      return 'mended';
    }
  }
  if (!rawRow) {
    const row = rowOfRoomEntry({ roomId, name: await roomName() }, date, bookingId, entry);
    if (row) await writeRow(by, row);
    mended = true;
  }
  return mended ? 'mended' : 'in order';
}
