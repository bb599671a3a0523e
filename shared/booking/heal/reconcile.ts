import type { Authorized } from '../../access/authorize.ts';
import type { BookingId, Localized, OrderId, PersonId, RoomId, SessionId } from '../../contracts/common.ts';
import { isRefusal } from '../../kernel/refusal.ts';
import { getMany } from '../../table/read.ts';
import { claimDayOf } from '../book/place.ts';
import { claimAgenda } from '../claim/agenda.ts';
import { releaseAgenda, releaseOrderItem, releaseRoom, releaseUncounted } from '../claim/release.ts';
import { paidSeat, settleSeat } from '../claim/seats.ts';
import { rowFactFrom, rowFactKey } from '../facts/bookings.ts';
import { agendaDayFactFrom, agendaDayFactKey, readRoomDay } from '../facts/days.ts';
import { readOrder } from '../facts/orders.ts';
import { readSession } from '../facts/sessions.ts';
import type { BookingRow } from '../items/booking-row.ts';
import { readCityRules, roomQuartersOf } from '../items/city-rules.ts';
import type { ClaimEnd } from '../items/claim-end.ts';
import type { AgendaEntry, RoomEntry } from '../items/day-sheet.ts';
import type { Order, OrderItem } from '../items/order.ts';
import type { Seat, SessionItem } from '../items/session.ts';
import { hasLeft } from '../order/order.ts';
import { boundedCharges } from '../price/counters.ts';
import { type Deciding, rowOfRoomEntry, rowOfSeat } from '../row/booking-row.ts';
import { moveRow, repriceRow, writeRow } from '../row/rows.ts';

/**
 * Making the derived match the claim (law 3). Each function looks at the claim as it stands now, not at the event that woke it, so
 * that duplicates, reordering and delay of stream records do not matter. `mended` says whether anything had been missing.
 */
export type Reconciled = 'in order' | 'mended';

/** What the record that woke us knew of a claim that may be gone by now. */
export type Before<T> = { readonly claim?: T | undefined; readonly gone?: ClaimEnd | undefined };

const goneFrom = (bookingId: BookingId, gone: ClaimEnd | undefined): ClaimEnd | undefined =>
  gone?.bookingId === bookingId ? gone : undefined;

/**
 * How a claim ended that an order had decided against. A claim that is gone without a word known here ended by a write whose own record
 * is still to come, with the word and the amounts in it: to end its row now would lose them.
 */
export async function readEndByOrder(
  by: Authorized,
  bookingId: BookingId,
  orderId: OrderId | undefined,
): Promise<ClaimEnd | undefined> {
  const order = orderId ? await readOrder(by, orderId) : undefined;
  if (order?.status !== 'released') return undefined;
  return { bookingId, because: order.because ?? 'released', ...(order.decidedBy ? { endedBy: order.decidedBy } : {}) };
}

/** The row and the person's day of one seat, as the session stands now. A seat that is gone leaves an ended row and a free day. */
export async function reconcileSeat(
  by: Authorized,
  sessionId: SessionId,
  personId: PersonId,
  bookingId: BookingId,
  before: Before<SessionItem> = {},
): Promise<Reconciled> {
  const session = await readSession(by, sessionId);
  const seat = session?.seats[personId];
  if (!session || seat?.bookingId !== bookingId) {
    const known = session ?? before.claim;
    const past = before.claim?.seats[personId];
    const gone =
      goneFrom(bookingId, before.gone) ??
      goneFrom(bookingId, session?.gone) ??
      (await readEndByOrder(by, bookingId, past?.bookingId === bookingId ? past.orderId : undefined));
    if (!gone || !known) return 'in order';
    const { date, startsAt, endsAt } = known;
    await releaseAgenda(by, {
      personId,
      date,
      bookingId,
      startsAt,
      endsAt,
      ofRoom: false,
      keepPercent: gone.keptPercent,
      charges: past?.bookingId === bookingId ? past.charges : undefined,
    });
    return endRow(by, personId, bookingId, gone);
  }
  const place: OrderItem = { sessionId, personId, bookingId, endsAt: session.endsAt };
  const deciding = seat.orderId ? await readOrder(by, seat.orderId) : undefined;
  if (seat.orderId && deciding?.status === 'released') return releaseClaim(by, place, deciding);
  if (seat.orderId && deciding && hasLeft(deciding, seat.bookingId))
    return releaseClaim(by, place, { because: 'closure' });
  if (seat.orderId && deciding?.status === 'held') return reconcileHeldSeat(by, session, personId, seat, deciding);
  if (seat.orderId && deciding?.status !== 'booked') return 'in order';
  const paid = paidSeat(deciding?.paid?.[bookingId]);
  return reconcileActiveSeat(by, session, personId, { ...seat, ...paid });
}

/** The row of a claim that is gone: over for want of a word in time, or canceled. */
async function endRow(
  by: Authorized,
  personId: PersonId,
  bookingId: BookingId,
  gone: ClaimEnd | undefined,
): Promise<Reconciled> {
  const state = gone?.because === 'hold-expired' ? 'lapsed' : 'canceled';
  await moveRow(by, { beneficiaryId: personId, bookingId }, state, { gone });
  return 'mended';
}

/** A place that stands against a decision: its order was released, or its booking ended, and nobody came to free it. */
async function releaseClaim(
  by: Authorized,
  place: OrderItem,
  order?: Pick<Order, 'because' | 'decidedBy'>,
): Promise<Reconciled> {
  const because = order?.because ?? 'released';
  const why = { because, ...(order?.decidedBy ? { endedBy: order.decidedBy } : {}) };
  await releaseOrderItem(by, place, why);
  return endRow(by, place.personId, place.bookingId, { bookingId: place.bookingId, ...why });
}

const isEnded = (row: BookingRow | undefined): boolean => row?.state === 'canceled' || row?.state === 'lapsed';

/** A held place is shown as such. Its order may have been decided while we wrote: then everything is looked at again. */
async function reconcileHeldSeat(
  by: Authorized,
  session: SessionItem,
  personId: PersonId,
  seat: Seat,
  order: Order,
): Promise<Reconciled> {
  const { fresh } = await writeRow(by, rowOfSeat(session, personId, seat, order));
  if (!fresh) return 'in order';
  if ((await readOrder(by, order.orderId))?.status !== 'held')
    await reconcileSeat(by, session.sessionId, personId, seat.bookingId);
  return 'mended';
}

/** The row of a seat whose day has been taken. Booked and canceled while we did that, the day is nobody's, and goes back. */
export async function writeSeatRow(
  by: Authorized,
  session: SessionItem,
  personId: PersonId,
  seat: Seat,
): Promise<void> {
  const { row } = await writeRow(by, rowOfSeat(session, personId, seat));
  const { sessionId, endsAt } = session;
  if (isEnded(row))
    await releaseOrderItem(by, { sessionId, personId, bookingId: seat.bookingId, endsAt }, { because: 'released' });
}

async function reconcileActiveSeat(
  by: Authorized,
  session: SessionItem,
  personId: PersonId,
  seat: Seat,
): Promise<Reconciled> {
  const { sessionId, date, endsAt } = session;
  const [rawRow, day] = await getMany([
    rowFactKey(by.tenantId, personId, seat.bookingId),
    agendaDayFactKey(by.tenantId, personId, date),
  ]);
  const stored = rowFactFrom(rawRow);
  const place: OrderItem = { sessionId, personId, bookingId: seat.bookingId, endsAt };
  // A late double of the request took the place again, after its booking was canceled: canceled is the end.
  if (isEnded(stored)) {
    await releaseOrderItem(by, place, { because: 'released' });
    return 'mended';
  }
  let mended = false;
  // The row is written last: without one, what the seat counts against by name may not be counted yet.
  if (!agendaDayFactFrom(day)?.entries[seat.bookingId] || (!stored && seat.charges)) {
    try {
      await claimDayOf(by, { session, personId, seat });
      mended = true;
    } catch (error) {
      if (!isRefusal(error, 'person-busy') && !isRefusal(error, 'quota-exceeded')) throw error;
      // The function died before it saw that the person is elsewhere at that time, or has used up what is theirs: the place goes back,
      // as it would have done.
      await releaseOrderItem(by, place, { because: error.code });
      return 'mended';
    }
  }
  // A hold that was confirmed is a place like any other from now on.
  if (seat.heldUntilEpochSeconds !== undefined)
    await settleSeat(by, sessionId, personId, seat.bookingId, seat.paidWith);
  const row = rowOfSeat(session, personId, seat);
  if (!stored) {
    await writeSeatRow(by, session, personId, seat);
    mended = true;
  } else if (stored.state !== row.state && row.state !== 'held' && row.state !== 'lapsed') {
    await moveRow(by, row, row.state, { paid: row.paidWith });
    mended = true;
  }
  const { repricings = 0, residentPriceFen: priceFen, chargedFen = priceFen } = row;
  if (stored && repricings > (stored.repricings ?? 0)) {
    await repriceRow(by, row, { priceFen, chargedFen, repricings });
    mended = true;
  }
  return mended ? 'mended' : 'in order';
}

/** All places of an order that has been decided, or is held: they are bookings, or shown as held, or free again. */
export async function reconcileOrder(
  by: Authorized,
  order: Order,
  roomName: (roomId: RoomId) => Promise<Localized>,
): Promise<void> {
  for (const place of order.places) {
    const { personId, bookingId } = place;
    // Several places of one session may have gone since, and the session itself remembers only the last: the order knows why.
    const gone =
      order.status === 'released'
        ? { bookingId, because: order.because ?? 'released', endedBy: order.decidedBy }
        : undefined;
    if ('sessionId' in place) await reconcileSeat(by, place.sessionId, personId, bookingId, { gone });
    else {
      const { roomId, date, startsAt, endsAt, buffers } = place;
      const claim: RoomEntry = { startsAt, endsAt, personId, buffers, with: place.with };
      await reconcileRoomEntry(by, roomId, () => roomName(roomId), date, bookingId, { claim, gone });
    }
  }
}

/**
 * The row and the person's day of one room booking, as the room's sheet stands now, and what comes with it. `roomName` is asked only
 * when the row is missing.
 */
export async function reconcileRoomEntry(
  by: Authorized,
  roomId: RoomId,
  roomName: () => Promise<Localized>,
  date: string,
  bookingId: BookingId,
  before: Before<RoomEntry>,
): Promise<Reconciled> {
  const sheet = await readRoomDay(by, roomId, date);
  const entry = sheet?.entries[bookingId];
  const known = entry ?? before.claim;
  if (!known) return 'in order';
  const { startsAt, endsAt, personId } = known;
  if (known.mainRoomId) return reconcilePointer(by, roomId, known.mainRoomId, date, bookingId, known);
  if (!personId) return 'in order'; // a session's use of the room: nobody's booking
  const place = {
    roomId,
    date,
    startsAt,
    endsAt,
    buffers: known.buffers ?? NONE,
    with: known.with ?? [],
    personId,
    bookingId,
  };
  if (!entry) {
    const gone =
      goneFrom(bookingId, before.gone) ??
      goneFrom(bookingId, sheet?.gone) ??
      (await readEndByOrder(by, bookingId, known.orderId));
    if (!gone) return 'in order';
    // What has moved within its day goes on counting under this name.
    await releaseOrderItem(by, place, gone, gone.because === 'moved' ? undefined : known.charges);
    return endRow(by, personId, bookingId, gone);
  }
  const order = entry.orderId ? await readOrder(by, entry.orderId) : undefined;
  if (order?.status === 'released') return releaseClaim(by, place, order);
  const deciding: Deciding = order?.status === 'held' ? order : undefined;
  return reconcileActiveRoom(by, { roomId, roomName }, place, entry, deciding);
}

const NONE: [number, number] = [0, 0];

/** What came with a room goes when the room's entry is gone. */
async function reconcilePointer(
  by: Authorized,
  resourceId: RoomId,
  roomId: RoomId,
  date: string,
  bookingId: BookingId,
  { startsAt, endsAt }: RoomEntry,
): Promise<Reconciled> {
  const main = await readRoomDay(by, roomId, date);
  if (main?.entries[bookingId]) return 'in order';
  await releaseRoom(by, { roomId: resourceId, date, bookingId, startsAt, endsAt });
  return 'mended';
}

async function reconcileActiveRoom(
  by: Authorized,
  { roomId, roomName }: { roomId: RoomId; roomName: () => Promise<Localized> },
  place: Extract<OrderItem, { roomId: RoomId }>,
  entry: RoomEntry,
  order: Deciding,
): Promise<Reconciled> {
  const { personId, bookingId, date, startsAt, endsAt } = place;
  const [rawRow, day] = await getMany([
    rowFactKey(by.tenantId, personId, bookingId),
    agendaDayFactKey(by.tenantId, personId, date),
  ]);
  const stored = rowFactFrom(rawRow);
  if (isEnded(stored)) {
    await releaseOrderItem(by, place, { because: 'released' });
    return 'mended';
  }
  let mended = false;
  // An offer leaves the day of who is asked alone, until they say yes.
  const takesDay = order?.heldFor !== 'offer';
  if (takesDay && (!agendaDayFactFrom(day)?.entries[bookingId] || (!stored && entry.charges))) {
    const own: AgendaEntry = { startsAt, endsAt, of: roomId };
    const named = boundedCharges(personId, entry.charges);
    // The same limit as the handler's, or a claim the handler is refusing at this moment would be completed here.
    const roomQuartersLimit = roomQuartersOf(await readCityRules(by));
    try {
      await claimAgenda(by, { personId, date, bookingId, entry: own, roomQuartersLimit, named });
      mended = true;
    } catch (error) {
      if (isRefusal(error, 'quota-exceeded')) {
        if ((await releaseUncounted(by, place, { because: error.code })).outcome === 'fresh') return 'mended';
        // Priced meanwhile, or given back: whichever, it is looked at again.
        return reconcileRoomEntry(by, roomId, roomName, date, bookingId, { claim: entry });
      }
      if (!isRefusal(error, 'person-busy') && !isRefusal(error, 'daily-limit')) throw error;
      await releaseRoom(by, place, { because: error.code });
      return 'mended';
    }
  }
  const row =
    stored && stored.state !== 'held'
      ? undefined
      : rowOfRoomEntry({ roomId, name: await roomName() }, date, bookingId, entry, order);
  if (row && !stored) {
    // As {@link writeSeatRow}.
    if (isEnded((await writeRow(by, row)).row)) await releaseOrderItem(by, place, { because: 'released' });
    mended = true;
    // The hold may have been decided while we wrote: then everything is looked at again.
    if (order && entry.orderId && (await readOrder(by, entry.orderId))?.status !== 'held')
      await reconcileRoomEntry(by, roomId, roomName, date, bookingId, { claim: entry });
  } else if (row && stored?.state === 'held' && row.state === 'booked') {
    await moveRow(by, row, 'booked');
    mended = true;
  }
  return mended ? 'mended' : 'in order';
}
