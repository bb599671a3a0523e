import type * as z from 'zod';
import { mustNotBeLimited } from '../../shared/access/authorize.ts';
import { type Attendance, markAttendance, whyNotAttend } from '../../shared/booking/claim/attendance.ts';
import { readOrder } from '../../shared/booking/facts/orders.ts';
import { sessionFactFrom, sessionFactKey } from '../../shared/booking/facts/sessions.ts';
import { publicSession, type SessionItem } from '../../shared/booking/items/session.ts';
import { followNoShow } from '../../shared/booking/no-show/no-shows.ts';
import { boardSeatOf } from '../../shared/booking/row/board-seat.ts';
import { moveRow } from '../../shared/booking/row/rows.ts';
import type { CenterId, PersonId } from '../../shared/contracts/common.ts';
import type { attendanceAnswer, attendanceByCode, attendanceChange } from '../../shared/contracts/desk.ts';
import type { WaiverId } from '../../shared/contracts/policy.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { centerOf, partsOfSessionId } from '../../shared/table/keys.ts';
import { offeringFactFrom, offeringFactKey } from '../centers/index.ts';
import { recordNoShow } from './no-shows/commands.ts';

import { readRoomBookingsOn, seatsFor } from './queries.ts';
import { codeNames, readCode } from './rules.ts';
import {
  type AtDesk,
  authorizeAtDesk,
  mustHaveSigned,
  readPeopleShown,
  readSessionsInOrder,
  readWaiversAsked,
} from './store.ts';

type Recorded = z.input<typeof attendanceAnswer>;

/**
 * Checks someone in or out whose name staff picked, or says that they did not come. Refuses `forbidden`, `no-authority`, `not-found`, `not-today`, `already-checked-in`,
 * `not-checked-in`, `already-checked-out`, `waiver-missing`, `no-show-too-early`.
 */
export async function recordAttendance(
  context: RequestContext,
  centerId: CenterId,
  { sessionId, personId, to }: z.output<typeof attendanceChange>,
): Promise<Recorded> {
  const { offeringId } = partsOfSessionId(sessionId);
  const desk = await authorizeAtDesk(context, centerId, [
    sessionFactKey(context.tenantId, sessionId),
    offeringFactKey(context.tenantId, offeringId),
  ]);
  // A session of another center is behind another desk.
  if (centerOf(sessionId) !== centerId) throw refuse('forbidden');
  mustNotBeLimited(desk.by, [personId]);
  const [item, offering] = desk.items;
  const session = sessionFactFrom(item);
  if (!session) throw refuse('not-found');
  if (to === 'no-show') {
    if (session.date !== desk.today) throw refuse('not-today', { date: session.date });
    return recordNoShow(desk, session, personId);
  }
  const asked = offeringFactFrom(offering)?.policy?.waivers;
  return record(desk, session, { personId, to, waiverIds: asked });
}

/**
 * Checks someone in or out by the code on their slip, looked up among what the center has today. Refuses `forbidden`, `not-found`,
 * `code-unknown`, `code-ambiguous`, `room-needs-no-check-in`, and what {@link recordAttendance} does.
 */
export async function recordAttendanceByCode(
  context: RequestContext,
  centerId: CenterId,
  { code, to }: z.output<typeof attendanceByCode>,
): Promise<Recorded> {
  const desk = await authorizeAtDesk(context, centerId);
  const [sessions, bookings] = await Promise.all([
    readSessionsInOrder(desk.by, centerId, desk.today),
    readRoomBookingsOn(desk.by, centerId, desk.today),
  ]);
  const wanted = readCode(code);
  const seats = sessions.flatMap((session) =>
    seatsFor(desk.by, session)
      .filter(([, seat]) => codeNames(wanted, seat.bookingId))
      .map(([personId]) => ({ session, personId })),
  );
  const rooms = bookings.filter(({ bookingId }) => codeNames(wanted, bookingId));
  if (seats.length + rooms.length > 1) throw refuse('code-ambiguous');
  const [room] = rooms;
  if (room) {
    const { roomId, entry } = room;
    throw refuse('room-needs-no-check-in', { roomId, startsAt: entry.startsAt, endsAt: entry.endsAt });
  }
  const [seat] = seats;
  if (!seat) throw refuse('code-unknown');
  const { session, personId } = seat;
  const waiverIds = to === 'checked-in' ? await readWaiversAsked(desk.by, session.offeringId) : undefined;
  return record(desk, session, { personId, to, waiverIds });
}

type Wanted = { personId: PersonId; to: Attendance; waiverIds: readonly WaiverId[] | undefined };

async function record(desk: AtDesk, session: SessionItem, { personId, to, waiverIds }: Wanted): Promise<Recorded> {
  const { by } = desk;
  const { sessionId, date } = session;
  if (partsOfSessionId(sessionId).date !== desk.today) throw refuse('not-today', { date });
  const seat = session.seats[personId];
  const whyNot = whyNotAttend(seat, to);
  if (!seat || whyNot) throw whyNot ?? refuse('not-found');
  // The place of an order that is not decided is only held: nobody has a booking there yet.
  if (seat.orderId && (await readOrder(by, seat.orderId))?.status !== 'booked') throw refuse('not-found');
  if (to === 'checked-in' && waiverIds?.length) await mustHaveSigned(by, personId, waiverIds);
  const people = await readPeopleShown(desk, [personId]);
  const after = await markAttendance(by, sessionId, personId, seat.bookingId, to);
  const row = { beneficiaryId: personId, bookingId: seat.bookingId, sessionId };
  await moveRow(by, row, to);
  // They came after all: it no longer counts as missed.
  if (seat.isNoShow !== undefined) await followNoShow(by, row);
  const stored = after.seats[personId] ?? seat;
  return { session: publicSession(after), seat: boardSeatOf(personId, stored, people.get(personId), date) };
}
