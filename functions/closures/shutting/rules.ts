import type { ClosureScope } from '../../../shared/contracts/closures.ts';
import type { CenterId, RoomId, SessionId } from '../../../shared/contracts/common.ts';
import { datesBetween, quartersBetween } from '../../../shared/kernel/days.ts';

/** Every id of a center's things begins with it. */
const isOf = (centerId: CenterId, id: string): boolean => id.startsWith(`${centerId}.`);

/** The dates of a closure, in order; that of a session is in its name. */
export function datesOf(what: ClosureScope): string[] {
  if (what.kind !== 'session') return datesBetween(what.from, what.to);
  return [what.sessionId.replace(/^.*\.(\d{4})(\d{2})(\d{2})t\d{4}$/, '$1-$2-$3')];
}

/** Between which times of each day. */
export function hoursOf(what: ClosureScope): { startsAt: string; endsAt: string } {
  if (what.kind !== 'resource') return { startsAt: '00:00', endsAt: '24:00' };
  return { startsAt: what.startsAt ?? '00:00', endsAt: what.endsAt ?? '24:00' };
}

/** The quarter-hours that a closure shuts on the sheet of one resource on one date; none where it shuts nothing. */
export function quartersShut(what: ClosureScope, centerId: CenterId, resourceId: RoomId, date: string): number[] {
  if (what.kind === 'session' || date < what.from || date > what.to) return [];
  if (what.kind === 'resource' ? what.roomId !== resourceId : !isOf(centerId, resourceId)) return [];
  const { startsAt, endsAt } = hoursOf(what);
  return quartersBetween(startsAt, endsAt);
}

export type Timed = { readonly date: string; readonly startsAt: string; readonly endsAt: string };

export const overlap = (a: Omit<Timed, 'date'>, b: Omit<Timed, 'date'>): boolean =>
  a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/** Whether a session cannot take place: it is the one, its center is shut that day, or what it uses is shut at its time. */
export function shutsSession(
  what: ClosureScope,
  centerId: CenterId,
  session: Timed & {
    readonly sessionId: SessionId;
    readonly roomId?: RoomId | undefined;
    readonly with?: readonly string[] | undefined;
  },
  usesIt: boolean,
): boolean {
  if (what.kind === 'session') return session.sessionId === what.sessionId;
  if (!isOf(centerId, session.sessionId) || session.date < what.from || session.date > what.to) return false;
  if (what.kind === 'day') return true;
  const takesIt = usesIt || session.roomId === what.roomId || (session.with ?? []).includes(what.roomId);
  return takesIt && overlap(session, hoursOf(what));
}

/** What is closed, and where; as much of a closure as says who is affected. */
export type Shutting = { readonly centerId: CenterId; readonly what: ClosureScope; readonly closedAt: string };
