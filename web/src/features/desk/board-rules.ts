import type { PersonId, Service, SessionId } from '../../../../shared/contracts/common.ts';
import type { BoardSeat } from '../../../../shared/contracts/desk.ts';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import { type CivilTime, minutesOf } from '../../../../shared/kernel/days.ts';
import type { BoardSession } from './board.ts';

export const whereaboutsList = ['expected', 'missing', 'here', 'left'] as const;
export type Whereabouts = (typeof whereaboutsList)[number];

type Times = Pick<Session, 'date' | 'startsAt' | 'endsAt'>;

/** Where a session stands in time: to come, running, over. */
export function phaseOf({ date, startsAt, endsAt }: Times, now: CivilTime): 'coming' | 'running' | 'over' {
  if (date !== now.date) return date < now.date ? 'over' : 'coming';
  if (now.minutes < minutesOf(startsAt)) return 'coming';
  return now.minutes < minutesOf(endsAt) ? 'running' : 'over';
}

/** Whoever has not come once the session has started is missing; before, expected. */
export function whereaboutsOf(times: Times, { state }: Pick<BoardSeat, 'state'>, now: CivilTime): Whereabouts {
  if (state === 'checked-in') return 'here';
  if (state === 'checked-out') return 'left';
  return phaseOf(times, now) === 'coming' ? 'expected' : 'missing';
}

export type Counts = Readonly<Record<Whereabouts, number>>;

/** Whoever is a little late is not missing yet; the server says the same. */
const LATE_MINUTES = 15;

/** Whether somebody can be marked as not having come: on the day, from a quarter of an hour after the start on. */
export const canBeMissed = ({ date, startsAt }: Times, { state }: Pick<BoardSeat, 'state'>, now: CivilTime): boolean =>
  state === 'booked' && date === now.date && now.minutes >= minutesOf(startsAt) + LATE_MINUTES;

/** How many places of these sessions are at which point; each place counts once. */
export function countsOf(sessions: readonly BoardSession[], now: CivilTime): Counts {
  const counts = { expected: 0, missing: 0, here: 0, left: 0 };
  for (const session of sessions) for (const seat of session.seats) counts[whereaboutsOf(session, seat, now)] += 1;
  return counts;
}

export type Filter = { text: string; service: Service | undefined; whereabouts: Whereabouts | undefined };
export const noFilter: Filter = { text: '', service: undefined, whereabouts: undefined };

/** True when single people are looked for; a filter by service alone keeps whole sessions. */
export const looksForPeople = ({ text, whereabouts }: Filter): boolean =>
  text.trim() !== '' || whereabouts !== undefined;

/** Names a seat on a board. */
export const seatName = (sessionId: SessionId, personId: PersonId): string => `${sessionId} ${personId}`;

/**
 * The sessions and people that a filter leaves; sessions without a match drop out when people are looked for. `kept` seats (by
 * {@link seatName}) stay: whoever has just been checked in under "missing" must not vanish from under the finger.
 */
export function filtered(
  sessions: readonly BoardSession[],
  filter: Filter,
  now: CivilTime,
  kept: ReadonlySet<string>,
): readonly BoardSession[] {
  const ofService = filter.service ? sessions.filter(({ service }) => service === filter.service) : sessions;
  if (!looksForPeople(filter)) return ofService;
  const wanted = filter.text.trim().toLowerCase();
  return ofService
    .map((session) => ({
      ...session,
      seats: session.seats.filter(
        (seat) =>
          (filter.whereabouts === undefined ||
            kept.has(seatName(session.sessionId, seat.personId)) ||
            whereaboutsOf(session, seat, now) === filter.whereabouts) &&
          (seat.name.toLowerCase().includes(wanted) || seat.shortCode.toLowerCase().startsWith(wanted)),
      ),
    }))
    .filter(({ seats }) => seats.length > 0);
}

/** Where the line "now" stands among sessions in order of time: before the first that has not started. `undefined` on other days. */
export function placeOfNow(sessions: readonly Times[], date: string, now: CivilTime): number | undefined {
  if (date !== now.date) return undefined;
  const next = sessions.findIndex((session) => phaseOf(session, now) === 'coming');
  return next === -1 ? sessions.length : next;
}
