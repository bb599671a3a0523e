import { type AuthorizedActor, isKeptFrom } from '../../shared/access/authorize.ts';
import { publicSession, type SessionItem } from '../../shared/booking/items/session.ts';
import { boardSeatOf, nameOf } from '../../shared/booking/row/board-seat.ts';
import type { CenterId } from '../../shared/contracts/common.ts';
import type { Board } from '../../shared/contracts/desk.ts';
import { shortCodeOf } from '../../shared/contracts/ids.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { readRoomBookings } from '../rooms/index.ts';
import { authorizeAtDesk, readPeopleShown, readRoomNames, readSessionsInOrder } from './store.ts';

/** Who has a place in a session, without whom a court keeps the actor from. */
export const seatsFor = (by: AuthorizedActor, { seats }: SessionItem) =>
  Object.entries(seats).filter(([personId]) => !isKeptFrom(by, personId));

/**
 * Bookings of rooms by persons, without whom a court keeps the actor from: what a session takes of a room is on the board as the session.
 */
export async function readRoomBookingsOn(by: AuthorizedActor, centerId: CenterId, date: string) {
  const entries = await readRoomBookings(by, centerId, date);
  return entries.flatMap(({ roomId, bookingId, entry }) =>
    entry.personId && !isKeptFrom(by, entry.personId) ? [{ roomId, bookingId, personId: entry.personId, entry }] : [],
  );
}

const byName = new Intl.Collator('zh');

/** A center's day as its staff see it: who has a place where, who is there, who has which room. Refuses `forbidden`, `not-found`. */
export async function readBoard(context: RequestContext, centerId: CenterId, date: string): Promise<Board> {
  const desk = await authorizeAtDesk(context, centerId);
  const [sessions, bookings] = await Promise.all([
    readSessionsInOrder(desk.by, centerId, date),
    readRoomBookingsOn(desk.by, centerId, date),
  ]);
  const personIds = [
    ...sessions.flatMap((session) => seatsFor(desk.by, session).map(([personId]) => personId)),
    ...bookings.map(({ personId }) => personId),
  ];
  const [people, rooms] = await Promise.all([
    readPeopleShown(desk, personIds),
    readRoomNames(
      desk.by,
      bookings.map(({ roomId }) => roomId),
    ),
  ]);
  return {
    centerId,
    date,
    sessions: sessions.map((session) => ({
      ...publicSession(session),
      seats: seatsFor(desk.by, session)
        .map(([personId, seat]) => boardSeatOf(personId, seat, people.get(personId), date))
        .sort((a, b) => byName.compare(a.name, b.name)),
    })),
    roomBookings: bookings
      .map(({ roomId, bookingId, personId, entry }) => ({
        bookingId,
        roomId,
        roomName: rooms.get(roomId) ?? { zh: roomId, en: roomId },
        startsAt: entry.startsAt,
        endsAt: entry.endsAt,
        personId,
        name: nameOf(people.get(personId)),
        ...(entry.purpose ? { purpose: entry.purpose } : {}),
        shortCode: shortCodeOf(bookingId),
      }))
      .sort((a, b) => (a.startsAt + a.roomId < b.startsAt + b.roomId ? -1 : 1)),
  };
}
