import { readClosuresInForce } from '../../functions/closures/index.ts';
import type { Authorized } from '../../shared/access/authorize.ts';
import {
  changeSession,
  openDayCheck,
  openSheetCheck,
  roomDayWrite,
  sessionWrite,
} from '../../shared/booking/claim/publish.ts';
import { releaseRoom } from '../../shared/booking/claim/release.ts';
import { claimRoom } from '../../shared/booking/claim/room.ts';
import { NO_BUFFERS, roomDayItem } from '../../shared/booking/items/day-sheet.ts';
import { type SessionItem, sessionItem } from '../../shared/booking/items/session.ts';
import { isoWeekOf } from '../../shared/kernel/days.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { keys } from '../../shared/table/keys.ts';
import { parsedItem } from '../../shared/table/read.ts';
import { transact, type Write } from '../../shared/table/write.ts';
import {
  type Closures,
  complainOfClosure,
  type RoomDay,
  resourcesOf,
  roomDayName,
  type SessionStep,
  type StoredSessions,
  type Terms,
} from '../plan/sessions.ts';
import type { Complain } from '../sheets/complain.ts';
import { type Group, readPartition, writeGroups } from './store.ts';

/** Sessions and room sheets of every center and week that the sheet touches. */
export async function readStoredSessions(by: Authorized, terms: Terms): Promise<StoredSessions> {
  const weeks = new Set(
    terms.flatMap(({ center, dates }) => dates.map((day) => `${center.centerId} ${isoWeekOf(day)}`)),
  );
  const sessions = new Map<string, ReturnType<typeof sessionItem.parse>>();
  const roomDays = new Map<string, RoomDay>();
  for (const name of weeks) {
    const [centerId = '', week = ''] = name.split(' ');
    for (const item of await readPartition(keys.booking.sessionWeek(by.tenantId, centerId, week))) {
      const session = parsedItem(sessionItem, item);
      sessions.set(session.sessionId, session);
    }
    for (const item of await readPartition(keys.booking.roomWeek(by.tenantId, centerId, week))) {
      const { busy, entries } = parsedItem(roomDayItem, item);
      roomDays.set(String(item['sk']), { busy, entries: new Map(Object.entries(entries)), stands: true });
    }
  }
  const closures = new Map<string, Closures>();
  for (const centerId of new Set([...weeks].map((name) => name.split(' ')[0] ?? '')))
    closures.set(centerId, await readClosuresInForce(by, centerId));
  return { sessions, roomDays, closures };
}

/**
 * One step on its own: the room is claimed as any booking claims it, then the session is put if it is not there, or updated. What a
 * closure has shut since the sheet was checked is reported, and what had been claimed for it is given back.
 */
async function writeStep(by: Authorized, step: SessionStep, complain: Complain): Promise<void> {
  const { session, line, change, needs } = step;
  const { sessionId, roomId, date, startsAt, endsAt } = session;
  // On the sheet of a room the use by a session stands under the session's own id.
  const bookingId: string = sessionId;
  let claiming = roomId;
  const claimed: string[] = [];
  try {
    for (const resourceId of needs) {
      claiming = resourceId;
      const entry = { startsAt, endsAt };
      await claimRoom(by, { roomId: resourceId, date, bookingId, entry, buffers: NO_BUFFERS });
      claimed.push(resourceId);
    }
    if (change === 'new') await transact(publishWrites(by, session));
    if (change === 'changed') await changeSession(by, session);
  } catch (error) {
    const isNotPublished = change === 'new' && isRefusal(error) && error.code !== 'try-again';
    if (isNotPublished)
      for (const resourceId of claimed)
        await releaseRoom(by, { roomId: resourceId, date, bookingId, startsAt, endsAt });
    if (isRefusal(error, 'closed')) {
      const closures = await readClosuresInForce(by, session.centerId);
      if (!complainOfClosure(closures, { line, session }, complain))
        complain(line, 'from', 'closed', `${date} ${startsAt}`);
    } else if (isRefusal(error, 'slot-taken'))
      complain(line, claiming === roomId ? 'room' : 'with', 'room-taken', `${claiming} ${date} ${startsAt}–${endsAt}`);
    else if (isRefusal(error, 'session-full')) complain(line, 'capacity', 'capacity-below-taken', sessionId);
    else throw error;
  }
}

/** The session, unless it is there, on the condition that nothing that it takes is shut. */
const publishWrites = (by: Authorized, session: SessionItem): Write[] => [
  { ...sessionWrite(by, session), meaning: () => 'done' },
  openDayCheck(by, session),
  ...resourcesOf(session).map((resourceId) => openSheetCheck(by, session, resourceId)),
];

/** A room's whole day that nobody has booked or shut yet, with all its sessions. */
function groupOf(by: Authorized, steps: readonly SessionStep[], roomDays: StoredSessions['roomDays']): Group {
  const sessions = steps.flatMap(({ session }) => [sessionWrite(by, session), openDayCheck(by, session)]);
  const { roomId, date } = steps[0]?.session ?? {};
  if (!roomId || !date) return sessions;
  const entries = Object.fromEntries(roomDays.get(roomDayName(roomId, date))?.entries ?? []);
  return [roomDayWrite(by, roomId, date, entries), ...sessions];
}

/**
 * Writes what is to be done. New sessions without a room, and rooms' days that nobody has touched, go in large transactions: nobody
 * rushes for a session that is not there yet. What takes a teacher as well goes step by step. Whatever else there is goes step by step, each conditional on its own; what was
 * taken between the check and the claim is reported like any other bad row.
 */
export async function writeSessions(
  by: Authorized,
  steps: readonly SessionStep[],
  { roomDays }: StoredSessions,
  progress: (done: number, total: number) => void,
  complain: Complain,
): Promise<void> {
  const due = steps.filter(({ change, needs }) => change !== 'same' || needs.length > 0);
  const byPlace = Map.groupBy(due, ({ session }) =>
    session.roomId ? roomDayName(session.roomId, session.date) : session.sessionId,
  );
  const untouched = (place: string, together: readonly SessionStep[]) =>
    !roomDays.get(place)?.stands && together.every(({ change, session }) => change === 'new' && !session.with);
  const whole = [...byPlace].filter(([place, together]) => untouched(place, together)).map(([, together]) => together);
  const single = [...byPlace].filter(([place, together]) => !untouched(place, together)).flatMap(([, steps]) => steps);
  const stepsOf = new Map(whole.map((together) => [groupOf(by, together, roomDays), together]));
  const written = (groups: number) => whole.slice(0, groups).reduce((sum, { length }) => sum + length, 0);
  await writeGroups(
    [...stepsOf.keys()],
    (groups) => progress(written(groups), due.length),
    async (group) => {
      for (const step of stepsOf.get(group) ?? []) await writeStep(by, step, complain);
    },
  );
  for (const [index, step] of single.entries()) {
    await writeStep(by, step, complain);
    progress(written(whole.length) + index + 1, due.length);
  }
}
