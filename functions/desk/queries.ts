import type { AuthorizedActor } from '../../shared/access/authorize.ts';
import { boardSeatOf, nameOf } from '../../shared/booking/board-seat.ts';
import { publicSession } from '../../shared/booking/session-item.ts';
import type { Board } from '../../shared/contracts/bookings.ts';
import { shortCodeOf } from '../../shared/contracts/ids.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { readRoomBookings } from '../rooms/index.ts';
import { atDesk, peopleShown, roomNames, sessionsOn } from './store.ts';

/** A booking of a room, by a person: what a session takes of a room is on the board as the session. */
export async function roomBookingsOn(by: AuthorizedActor, centerId: string, date: string) {
  const entries = await readRoomBookings(by, centerId, date);
  return entries.flatMap(({ roomId, bookingId, entry }) =>
    entry.p ? [{ roomId, bookingId, personId: entry.p, entry }] : [],
  );
}

const byName = new Intl.Collator('zh');

/** A center's day as its staff see it: who has a place where, who is there, who has which room. Refuses `forbidden`, `not-found`. */
export async function board(context: RequestContext, centerId: string, date: string): Promise<Board> {
  const desk = await atDesk(context, centerId);
  const [sessions, bookings] = await Promise.all([
    sessionsOn(desk.by, centerId, date),
    roomBookingsOn(desk.by, centerId, date),
  ]);
  const personIds = [
    ...sessions.flatMap(({ seats }) => Object.keys(seats)),
    ...bookings.map(({ personId }) => personId),
  ];
  const [people, rooms] = await Promise.all([
    peopleShown(desk, personIds),
    roomNames(
      desk.by,
      bookings.map(({ roomId }) => roomId),
    ),
  ]);
  return {
    centerId,
    date,
    sessions: sessions.map((session) => ({
      ...publicSession(session),
      seats: Object.entries(session.seats)
        .map(([personId, seat]) => boardSeatOf(personId, seat, people.get(personId), date))
        .sort((a, b) => byName.compare(a.name, b.name)),
    })),
    roomBookings: bookings
      .map(({ roomId, bookingId, personId, entry }) => ({
        bookingId,
        roomId,
        roomName: rooms.get(roomId) ?? { zh: roomId, en: roomId },
        startsAt: entry.s,
        endsAt: entry.e,
        personId,
        name: nameOf(people.get(personId)),
        ...(entry.u ? { purpose: entry.u } : {}),
        shortCode: shortCodeOf(bookingId),
      }))
      .sort((a, b) => (a.startsAt + a.roomId < b.startsAt + b.roomId ? -1 : 1)),
  };
}
